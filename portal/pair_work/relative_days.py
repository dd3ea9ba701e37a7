"""Days of a plan as weeks from its beginning: whoever repeats it begins on another day."""

import datetime as dt
import re
from collections.abc import Callable

from portal.ui.words import MONTHS, plural

WEEK = 7
DAY = re.compile(
    r"(?:\b(?P<before>до|с|со|после|к|ко|по|на)\s+)?"
    r"(?:\b(?P<day>\d{1,2})\.(?P<month>\d\d?(?=\.20\d\d)|0\d|1[012])(?:\.(?P<year>20\d\d))?(?![\d.]?\d)"
    rf"|\b(?P<day_>\d{{1,2}})[\s\u00a0]+(?P<month_>{'|'.join(MONTHS)})(?:[\s\u00a0]+(?P<year_>20\d\d)(?:\s*г(?:ода|\.)?)?)?)",
    re.IGNORECASE,
)
CASES = {"до": "недели", "с": "недели", "со": "недели", "после": "недели", "к": "неделе", "ко": "неделе"}
"""«до недели 3», «к неделе 3»; with other words before it, «неделю 3»."""


def in_weeks(first: dt.date, last: dt.date) -> Callable[[str], str]:
    """Writes days of a text («20.11.2026», «20 ноября») as weeks from `first`; a day without its year is the
    one nearest to the time from `first` to `last`. What is no day stays as it is.
    """

    def said(found: re.Match[str]) -> str:
        before, day = found["before"] or "", _day(found, first, last)
        if day is None or not (before or found["year"] or found["month_"]):  # «14.10» is an hour, too
            return found[0]
        if before:
            number = week_of(first, day)
            return (
                f"{'с' if before.lower() == 'со' else before} {CASES.get(before.lower(), 'неделю')} {number}"
            )
        return _after(first, day)

    return lambda text: DAY.sub(said, text)


def week_of(first: dt.date, day: dt.date) -> int:
    """In which week from `first` the day is, from 1; what was before is the first week, too."""
    return max(0, (day - first).days) // WEEK + 1


def _after(first: dt.date, day: dt.date) -> str:
    """«через 2 недели», «на первой неделе»."""
    weeks = max(0, (day - first).days) // WEEK
    return f"через {weeks} {plural(weeks, 'неделю,недели,недель')}" if weeks else "на первой неделе"


def _day(found: re.Match[str], first: dt.date, last: dt.date) -> dt.date | None:
    number, month = int(found["day"] or found["day_"]), _month(found)
    year = found["year"] or found["year_"]
    years = [int(year)] if year else sorted({first.year, last.year})
    days = [day for one in years if (day := _exists(one, month, number)) is not None]
    middle = first + (last - first) / 2
    return min(days, key=lambda day: abs(day - middle), default=None)


def _month(found: re.Match[str]) -> int:
    word = found["month_"]
    return MONTHS.index(word.lower()) + 1 if word else int(found["month"])


def _exists(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
