"""Remarks about a practice, each tied to a field of its text, and what the authors have answered."""

from django.db import models

from best_practices.fields import TITLES
from best_practices.models.practices import Practice, Review
from portal.core.entity import Entity
from portal.core.privacy import Privacy, along, ordinary, plain


class Remark(Entity):
    """Of an expert with the sheet, or of the methodist (no `review`), about one field of one revision. The
    school learns its words and its field, never whose it is.
    """

    privacy = Privacy(basis="Положение 4.2(5): экспертиза практик", keep=along("practice", "Как практика"))

    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, related_name="field_remarks", verbose_name="практика"
    )
    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, null=True, related_name="field_remarks", verbose_name="чей лист"
    )
    revision = plain(models.PositiveSmallIntegerField("редакция"))
    field = plain(models.CharField("к чему", max_length=24))
    text = ordinary(models.CharField("замечание", max_length=1000))
    is_mended = plain(models.BooleanField("исправлено", default=False))
    answer = ordinary(models.CharField("ответ авторов", max_length=1000, blank=True))
    answered_on = plain(models.DateField("день ответа", null=True))

    class Meta:
        verbose_name = "замечание"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "revision", "review", "field"],
                name="remark_once",
                nulls_distinct=False,
            )
        ]

    @property
    def title(self) -> str:
        """The field, as readers call it."""
        return TITLES.get(self.field, self.field)
