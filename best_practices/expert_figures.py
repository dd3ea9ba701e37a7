"""What experts have done so far: a figure is one function, for the methodist and for the expert alike.

Only sheets that were handed in are looked at: who declines, pauses or is replaced loses nothing by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Avg, Count, F, Max, Min

from best_practices.models import Review
from best_practices.states import ReviewState


@dataclass(frozen=True)
class Record:
    """Sheets that one expert has handed in. `days`: calendar days from the asking to the sheet, on average;
    `mean`, `lowest`, `highest`: of the totals, of 50. None where there is no sheet yet.
    """

    done: int = 0
    days: int | None = None
    mean: float | None = None
    lowest: int | None = None
    highest: int | None = None

    @property
    def spread(self) -> str:
        """«31–44» of 50; empty where there is no sheet yet."""
        if self.lowest is None:
            return ""
        return str(self.lowest) if self.lowest == self.highest else f"{self.lowest}–{self.highest}"


def records_of(experts: Iterable[UUID]) -> dict[UUID, Record]:
    """By the uuids of users; who has handed in nothing is not in the answer. One query."""
    handed_in = Review.objects.filter(
        expert__in=list(experts), state=ReviewState.SUBMITTED, submitted_at__isnull=False
    )
    rows = (
        handed_in.order_by()
        .values("expert")
        .annotate(
            done=Count("pk"),
            took=Avg(F("submitted_at") - F("created_at")),
            mean=Avg("total"),
            lowest=Min("total"),
            highest=Max("total"),
        )
    )
    return {
        row["expert"]: Record(
            row["done"],
            max(0, round(row["took"].total_seconds() / 86_400)),
            None if row["mean"] is None else round(row["mean"], 1),
            row["lowest"],
            row["highest"],
        )
        for row in rows
    }


def record_of(expert: UUID) -> Record:
    """The same of one person."""
    return records_of([expert]).get(expert, Record())
