"""The journal of one pair (T-12)."""

from typing import Any

from portal.mentoring.models import Pair
from portal.pair_work.models import Meeting


def meetings_of(pair: Pair) -> Any:
    """The journal of one pair, in its order."""
    return (
        Meeting.objects.filter(pair=pair)
        .select_related("pair__mentor")
        .prefetch_related("pair__pair_mentees__mentee")
        .order_by("planned_at", "pk")
    )


def journal_title(pair: Pair) -> str:
    return f"Журнал встреч, {pair.mentor.short_name}"
