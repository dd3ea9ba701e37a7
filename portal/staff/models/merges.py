"""That two cards were one person: what moved, so that it can go back."""

import datetime as dt
from typing import Any

from django.db import models

from portal.core import clock
from portal.core.privacy import Privacy, for_days, ordinary, plain
from portal.staff.models.people import Person
from tenants.base import SchoolEntity

UNDO_DAYS = 30


class PersonMerge(SchoolEntity):
    """Two cards are one person. While the row stands, the merge can be undone; then the night forgets it, and
    what repeated the other card with it.

    `moved`: rows whose key went over, as [model, field, key]. `numbers`: columns that name people by number,
    as [model, field, key, what stood there]. `put_away`: rows that repeat the other card's, serialised.
    `filled`: facts that the kept card did not have.
    """

    privacy = Privacy(
        subjects=("person",),
        basis="Исправление сведений (152-ФЗ ст. 21)",
        keep=for_days("30 дней: пока объединение можно отменить", UNDO_DAYS),
    )

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="merges", verbose_name="чья карточка осталась"
    )
    gone = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="merge", verbose_name="карточка, которой больше нет"
    )
    moved: Any = plain(models.JSONField("что перешло", default=list))
    numbers: Any = plain(models.JSONField("номера, которые заменены", default=list))
    put_away: Any = ordinary(models.JSONField("повторы", default=list))
    filled: Any = plain(models.JSONField("что дополнено", default=list))

    class Meta:
        verbose_name = "объединение карточек"
        ordering = ["-id"]

    @property
    def undo_until(self) -> dt.date:
        """The last day on which it can be undone."""
        return clock.local(self.created_at).date() + dt.timedelta(days=UNDO_DAYS)

    @property
    def dialog(self) -> str:
        """The name of its dialog on a page."""
        return f"apart-{self.pk}"
