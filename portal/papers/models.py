"""The shape of a paper as it was signed. The row is only ever added: the database refuses to change it."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.core import clock
from portal.core.entity import Entity
from portal.core.privacy import Privacy, along, by_case, ordinary, plain


class AbstractFrozenPaper(Entity):
    """A paper as it was signed or registered: its Word file, what it says, the facts it was made of.

    `subject` is the uuid of what it belongs to, `people` are those whose rows it was made of. Of several
    editions the last one holds, and names the one it replaces; a void edition says that the registration was
    taken back: since then the paper is a draft again. Read through the door of its kind.
    """

    append_only: ClassVar[bool] = True
    privacy = Privacy(
        subjects=("people",),
        basis="Основание документа",
        keep=by_case("Как сам документ", "по описи архива школы или Управления"),
    )

    code = plain(models.CharField("вид", max_length=8))
    subject = plain(models.UUIDField("о ком или о чём"))
    people = plain(ArrayField(models.UUIDField(), verbose_name="кого называет", default=list))
    edition = plain(models.PositiveSmallIntegerField("редакция", default=1))
    title = ordinary(models.CharField("как называется", max_length=300))
    text = ordinary(models.JSONField("что в нём написано", default=list))
    facts = ordinary(models.JSONField("из чего составлен", default=dict))
    word: Any = models.ForeignKey(  # type: ignore[misc]  # the table is of the contour
        "StoredFile", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="файл Word"
    )
    replaces: Any = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="вместо какого"
    )
    is_void = plain(models.BooleanField("регистрация отменена", default=False))

    class Meta:
        abstract = True
        ordering = ["edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "subject", "edition"], name="%(app_label)s_paper_edition_once"
            )
        ]


class AwaitedPdf:
    """What a PDF that is made in the background says of itself; its rows have `begun_at`, `file`, `trouble`
    and the stamps of an entity.
    """

    file_id: Any
    trouble: Any
    begun_at: Any
    updated_at: Any

    @property
    def is_waiting(self) -> bool:
        return self.file_id is None and not self.trouble

    @property
    def is_stuck(self) -> bool:
        """Its work has died without a word: it may be asked for again."""
        return self.is_waiting and clock.is_silent(self.begun_at or self.updated_at)


class AbstractPaperPdf(AwaitedPdf, Entity):
    """The PDF of a frozen paper, made of its Word file in the background: asked for, begun, then the file or
    what hindered it.
    """

    privacy = Privacy(basis="Основание документа", keep=along("paper", "Как документ"))

    paper: Any = models.OneToOneField(  # type: ignore[misc]  # the table is of the contour
        "FrozenPaper", on_delete=models.PROTECT, related_name="pdf", verbose_name="документ"
    )
    begun_at = plain(models.DateTimeField("начато", null=True))
    file: Any = models.ForeignKey(  # type: ignore[misc]  # the table is of the contour
        "StoredFile", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="файл"
    )
    trouble = plain(models.CharField("что помешало", max_length=300, blank=True))

    class Meta:
        abstract = True
