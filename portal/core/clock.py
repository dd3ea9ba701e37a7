"""The only place that knows the time. Everything else asks here, so that tests and the demo can set it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

from portal.core import workdays

_fixed: ContextVar[dt.datetime | None] = ContextVar("fixed_now", default=None)


def now() -> dt.datetime:
    """The present moment, aware, UTC."""
    return _fixed.get() or timezone.now()


def today() -> dt.date:
    """Today's date in the city's time zone."""
    return timezone.localtime(now()).date()


def local(moment: dt.datetime) -> dt.datetime:
    """The moment on the city's clock."""
    return timezone.localtime(moment)


PATIENCE = dt.timedelta(minutes=30)


def is_silent(moment: dt.datetime) -> bool:
    """Whether background work that gave its last sign at the moment is taken for dead, so that people may ask
    for it once more.

    It may be alive in a long queue: so only work that finds what is done may be asked for by this.
    """
    return moment < now() - PATIENCE


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Live at another moment: tests and the demo's school year use it."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)


def is_preliminary(day: dt.date) -> bool:
    """Whether the production calendar of the day's year is not known yet: a term counted to it may move."""
    return workdays.moved_in(day.year) is None


def remark_on(day: dt.date) -> str:
    """What stands beside a term in working days that may still move; mostly nothing."""
    return f", предварительно: календаря на {day.year} год ещё нет" if is_preliminary(day) else ""


def working_days_after(start: dt.date, count: int) -> dt.date:
    """The date `count` working days after `start`, by the production calendar (ТК РФ ст. 112)."""
    return workdays.after(start, count)


def working_days_before(end: dt.date, count: int) -> dt.date:
    """The date `count` working days before `end`, by the production calendar."""
    return workdays.before(end, count)
