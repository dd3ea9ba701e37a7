"""What a period is, in one place (docs/adr/0031): `started_on` is its first day, `ended_on` its last one, and
both are within. Without an end it lasts; without a beginning it began before anybody wrote it down.
"""

import datetime as dt
from calendar import monthrange

from django.contrib.postgres.fields import DateRangeField, RangeBoundary
from django.db.models import Func, Q

DAYS = Func(
    "started_on",
    "ended_on",
    RangeBoundary(inclusive_lower=True, inclusive_upper=True),
    function="daterange",
    output_field=DateRangeField(),
)
"""The days of a period, for a constraint of the database: where an end is empty there is no bound."""


def days_of(day: dt.date, *, through: str = "") -> Q:
    """Periods that hold the day; `through` is the relation by which they are reached («absences__»)."""
    begun = Q(**{f"{through}started_on": None}) | Q(**{f"{through}started_on__lte": day})
    lasts = Q(**{f"{through}ended_on": None}) | Q(**{f"{through}ended_on__gte": day})
    return begun & lasts


def holds(day: dt.date, started_on: dt.date | None, ended_on: dt.date | None) -> bool:
    """The same of one period in hand."""
    return (started_on is None or started_on <= day) and (ended_on is None or day <= ended_on)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of another month; a shorter month ends with its own last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def full_months(since: dt.date, until: dt.date) -> int:
    """How many full months have passed; before `since` they are less than none."""
    passed = (until.year - since.year) * 12 + until.month - since.month
    return passed if months_after(since, passed) <= until else passed - 1
