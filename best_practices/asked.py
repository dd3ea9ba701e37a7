"""What the city's teachers ask the bank: for the methodist, without persons and schools."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, QuerySet, Sum

from portal.city_records.models import AskedQuestion
from portal.core import clock
from portal.core.sorting import sort_key

SPAN = dt.timedelta(days=90)
FAR = 5
"""Who opens an answer that stands further, was shown worse ones before it."""
SHOWN = 50


@dataclass(frozen=True)
class Report:
    """What was asked in the last ninety days. `words`: those that no practice has, with how often."""

    asked: int
    fruitless: int
    opened: int
    empty: list[dict[str, Any]]
    deep: list[dict[str, Any]]
    words: list[tuple[str, int]]


def report() -> Report:
    """Five questions to the database, however many rows."""
    rows = AskedQuestion.objects.filter(asked_on__gt=clock.today() - SPAN)
    sums, fruitless = _sums(rows), _sums(rows.filter(found=0))
    by_text = (
        rows.order_by()
        .values("text")
        .annotate(times=Sum("asked"), most=Max("found"), open=Sum("opened"), sum=Sum("places"))
    )
    deep = by_text.filter(open__gt=0, sum__gt=F("open") * FAR)
    return Report(
        asked=sums["asked"],
        fruitless=fruitless["asked"],
        opened=sums["opened"],
        empty=[{**row} for row in by_text.filter(most=0).order_by("-times", "text")[:SHOWN]],
        deep=[
            {**row, "place": round(row["sum"] / row["open"])}
            for row in deep.order_by("-times", "text")[:SHOWN]
        ],
        words=_unknown(rows),
    )


def _sums(rows: QuerySet[AskedQuestion]) -> dict[str, int]:
    return rows.aggregate(asked=Sum("asked", default=0), opened=Sum("opened", default=0))


def _unknown(rows: QuerySet[AskedQuestion]) -> list[tuple[str, int]]:
    found: Counter[str] = Counter()
    for words, times in rows.exclude(unknown=[]).order_by().values_list("unknown", "asked"):
        found.update(dict.fromkeys(words, times))
    return sorted(found.items(), key=lambda row: (-row[1], sort_key(row[0])))[:SHOWN]
