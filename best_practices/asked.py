"""What the city's teachers ask the bank: for the methodist, without persons and schools."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, Q, QuerySet, Sum
from django.db.models.functions import TruncWeek

from portal.city_records.models import AskedQuestion
from portal.core import clock
from portal.core.sorting import sort_key

SPAN = dt.timedelta(days=90)
FAR = 5
"""Who opens an answer that stands further, was shown worse ones before it."""
SHOWN = 50


@dataclass(frozen=True)
class Report:
    """What was asked in the last ninety days. `words`: those that no practice has, with how often; `weeks`:
    Monday, how many questions of its week were asked and of how many nothing was found, the earliest first.
    """

    asked: int
    fruitless: int
    opened: int
    empty: list[dict[str, Any]]
    deep: list[dict[str, Any]]
    words: list[tuple[str, int]]
    weeks: list[tuple[dt.date, int, int]]


def report() -> Report:
    """Six questions to the database, however many rows."""
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
        weeks=_weeks(rows),
    )


def _sums(rows: QuerySet[AskedQuestion]) -> dict[str, int]:
    return rows.aggregate(asked=Sum("asked", default=0), opened=Sum("opened", default=0))


def _weeks(rows: QuerySet[AskedQuestion]) -> list[tuple[dt.date, int, int]]:
    """Whole weeks of the span and the present one; one without questions stands there, too."""
    fruitless = Sum("asked", filter=Q(found=0), default=0)
    found = rows.order_by().annotate(week=TruncWeek("asked_on")).values("week")
    counted = found.annotate(times=Sum("asked"), fruitless=fruitless)
    known = {row["week"]: (row["times"], row["fruitless"]) for row in counted}
    this = clock.today() - dt.timedelta(days=clock.today().weekday())
    mondays = [this - dt.timedelta(weeks=back) for back in range(SPAN.days // 7 - 1, -1, -1)]
    return [(day, *known.get(day, (0, 0))) for day in mondays]


def _unknown(rows: QuerySet[AskedQuestion]) -> list[tuple[str, int]]:
    found: Counter[str] = Counter()
    for words, times in rows.exclude(unknown=[]).order_by().values_list("unknown", "asked"):
        found.update(dict.fromkeys(words, times))
    return sorted(found.items(), key=lambda row: (-row[1], sort_key(row[0])))[:SHOWN]
