"""Working days by the production calendar: a five-day week, holidays, and days off that were moved (ст. 112
ТК РФ).

A school with a six-day week may count shorter; counting by five days never makes a term of the law too short.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from portal.core.wiring import Slot

HOLIDAYS = {(1, d) for d in range(1, 9)} | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}


@dataclass(frozen=True)
class Moved:
    """What a yearly decree of the Government says otherwise than the law: weekdays off, and working days that
    would be off.
    """

    off: frozenset[dt.date] = frozenset()
    on: frozenset[dt.date] = frozenset()


FIRST_KNOWN: Mapping[int, Moved] = {
    2026: Moved(off=frozenset({dt.date(2026, 1, 9), dt.date(2026, 12, 31)})),
}
"""The year of the first release; the following ones are data of the city."""
DECREES: Slot[Callable[[], Mapping[int, Moved]]] = Slot()
"""Rooms that keep the calendars of years give them here; their word goes before ours."""


def moved_in(year: int) -> Moved | None:
    """What is moved in the year; None while its decree is not known."""
    for years in DECREES:
        if (found := years().get(year)) is not None:
            return found
    return FIRST_KNOWN.get(year)


def is_working(day: dt.date) -> bool:
    """Whether people work on this day."""
    moved = moved_in(day.year) or Moved()
    return day in moved.on or (day not in moved.off and is_working_by_law(day))


def is_working_by_law(day: dt.date) -> bool:
    """The same before the decree of the year."""
    return day.weekday() < 5 and not _is_holiday(day) and not _stands_for_a_holiday(day)


def after(start: dt.date, count: int) -> dt.date:
    """The date `count` working days after `start`."""
    day = start
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_working(day)
    return day


def before(end: dt.date, count: int) -> dt.date:
    """The date `count` working days before `end`."""
    day = end
    while count > 0:
        day -= dt.timedelta(days=1)
        count -= is_working(day)
    return day


def _is_holiday(day: dt.date) -> bool:
    return (day.month, day.day) in HOLIDAYS


def _stands_for_a_holiday(day: dt.date) -> bool:
    """A holiday on a weekend moves the day off to the next working day; January's are moved by decree
    only.
    """
    before = day - dt.timedelta(days=1)
    owed = 0
    while before.weekday() >= 5 or _is_holiday(before):
        owed += before.weekday() >= 5 and _is_holiday(before) and before.month != 1
        before -= dt.timedelta(days=1)
    return owed > 0
