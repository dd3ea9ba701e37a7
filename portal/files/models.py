"""The shape of a stored file. Never a path in another table's field: only a key to this one."""

from typing import Any
from uuid import UUID

from django.core.files.storage import storages
from django.db import models

from portal.core import clock
from portal.core.entity import Entity
from portal.core.place import current_school
from portal.core.privacy import Privacy


class ScanState(models.TextChoices):
    UNCHECKED = "unchecked", "не проверялось"
    CLEAN = "clean", "проверено"
    INFECTED = "infected", "найдена угроза"


def _contour_storage() -> Any:
    return storages["school" if current_school.get() else "city"]


def _path(instance: Any, filename: str) -> str:
    owner: UUID | str = current_school.get() or "city"
    return f"{owner}/{clock.today().year}/{instance.uuid}"


class AbstractStoredFile(Entity):
    """A file of one contour: content by uuid, name as the person gave it, type as found by its content."""

    privacy = Privacy(
        plain=("content", "sha256", "media_type", "size", "scan"),
        ordinary=("name",),
        basis="Основание документа, к которому приложен файл",
        keep="Как документ",
    )

    content = models.FileField("содержимое", upload_to=_path, storage=_contour_storage, max_length=200)
    name = models.CharField("имя", max_length=200)
    sha256 = models.CharField("отпечаток", max_length=64)
    media_type = models.CharField("тип", max_length=100)
    size = models.PositiveIntegerField("байт")
    scan = models.CharField("проверка", max_length=12, choices=ScanState.choices, default=ScanState.UNCHECKED)

    class Meta:
        abstract = True
