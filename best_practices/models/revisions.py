"""Texts of a practice that came to the city before the present one."""

from django.db import models

from best_practices.content import PracticeContent
from best_practices.models.practices import Practice
from portal.core.entity import Entity
from portal.core.privacy import Privacy, along, plain


class PastRevision(Entity):
    """A text that was judged and has been mended since: whoever judged it reads the differences."""

    append_only = True
    privacy = Privacy(
        basis="Согласие авторов на распространение (T-29)", keep=along("practice", "Как практика")
    )

    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, related_name="past_revisions", verbose_name="практика"
    )
    revision = plain(models.PositiveSmallIntegerField("редакция"))
    content = plain(models.JSONField("содержание"))

    class Meta:
        verbose_name = "прежняя редакция практики"
        constraints = [models.UniqueConstraint(fields=["practice", "revision"], name="past_revision_once")]

    @property
    def text(self) -> PracticeContent:
        return PracticeContent.model_validate(self.content)
