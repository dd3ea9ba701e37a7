"""Working days by the production calendar: a five-day week, holidays, and days off that were moved (ст. 112
ТК РФ).

A school with a six-day week may count shorter; counting by five days never makes a term of the law too short.
"""

import datetime as dt

HOLIDAYS = {(1, d) for d in range(1, 9)} | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}
MOVED_OFF: set[dt.date] = {dt.date(2026, 1, 9), dt.date(2026, 12, 31)}
"""Weekdays that a yearly decree of the Government makes days off, instead of January's weekends. Add the new
year's when it is out.
"""
MOVED_ON: set[dt.date] = set()
"""Saturdays and Sundays that a decree makes working days."""


def is_working(day: dt.date) -> bool:
    """Whether people work on this day."""
    return day in MOVED_ON or (
        day.weekday() < 5 and not _is_holiday(day) and day not in MOVED_OFF and not _stands_for_a_holiday(day)
    )


def after(start: dt.date, count: int) -> dt.date:
    """The date `count` working days after `start`."""
    day = start
    while count > 0:
        day += dt.timedelta(days=1)
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
