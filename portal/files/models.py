"""The shape of a stored file. Never a path in another table's field: only a key to this one."""

from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models

from portal.core import clock
from portal.core.current_contour import current_school
from portal.core.entity import Entity
from portal.core.privacy import Privacy, by_case, for_days, ordinary, plain


class ScanState(models.TextChoices):
    UNCHECKED = "unchecked", "не проверялось"
    CLEAN = "clean", "проверено"
    INFECTED = "infected", "найдена угроза"


class ContourStorage(Storage):
    """Whatever is asked of it is asked of the storage of the contour in which the code runs at that moment.

    A callable `storage=` is called once, when the models are loaded, that is in the city: so what it gives
    has to ask again each time.
    """

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("__"):
            return object.__getattribute__(self, name)
        return getattr(storages["school" if current_school.get() else "city"], name)


def _contour_storage() -> Storage:
    return ContourStorage()


def owner_here() -> str:
    """The folder of the present contour: the files of one school can be listed, backed up and erased
    alone.
    """
    return str(current_school.get() or "city")


def _path(instance: Any, filename: str) -> str:
    return f"{owner_here()}/{clock.today().year}/{instance.uuid}"


class AbstractKeptUpload(Entity):
    """A file that came with a form which was refused: kept for the person and the form, so that it is not
    asked for once more.
    """

    privacy = Privacy(
        basis="Необходимо для работы портала",
        keep=for_days("1 сутки, или пока форму не примут", 1),
    )

    person = ordinary(models.UUIDField("кто приложил"))
    route = plain(models.CharField("адрес формы", max_length=300))
    field = plain(models.CharField("поле", max_length=60))

    class Meta:
        abstract = True


class AbstractStoredFile(Entity):
    """A file of one contour: content by uuid, name as the person gave it, type as found by its content."""

    privacy = Privacy(
        basis="Основание документа, к которому приложен файл",
        keep=by_case(
            "Как документ",
            "когда его больше ничто не называет, файл убирает ночная уборка (portal.files.sweeping)",
        ),
    )

    content = plain(models.FileField("содержимое", upload_to=_path, storage=_contour_storage, max_length=200))
    name = ordinary(models.CharField("имя", max_length=200))
    sha256 = plain(models.CharField("отпечаток", max_length=64))
    media_type = plain(models.CharField("тип", max_length=100))
    size = plain(models.PositiveIntegerField("байт"))
    scan = plain(
        models.CharField("проверка", max_length=12, choices=ScanState.choices, default=ScanState.UNCHECKED)
    )

    class Meta:
        abstract = True
