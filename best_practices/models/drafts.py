"""What an expert has written of a sheet that is not handed in."""

from django.db import models

from best_practices.models.practices import Review
from portal.core.entity import Entity
from portal.core.privacy import Privacy, along, ordinary, plain


class SheetDraft(Entity):
    """One's own alone: others learn only that there is one. It goes when the sheet is handed in, and when the
    expert is not waited for any more.
    """

    privacy = Privacy(
        subjects=("review",), basis="Собственное согласие эксперта", keep=along("review", "До сдачи листа")
    )

    review = models.OneToOneField(
        Review, on_delete=models.CASCADE, related_name="draft", verbose_name="чей лист"
    )
    typed = ordinary(models.JSONField("написанное", default=dict))
    """By fields of the form, as it was typed: it need not be right yet."""
    written_in = plain(models.UUIDField("в какой вкладке", null=True))

    class Meta:
        verbose_name = "черновик листа"
