"""The school year: 2026 means 2026/27 (glossary of the house)."""

import datetime as dt
from dataclasses import dataclass

from portal.core import clock


@dataclass(frozen=True, order=True)
class SchoolYear:
    """One school year, from 1 September to 31 August."""

    first: int

    @property
    def starts_on(self) -> dt.date:
        return dt.date(self.first, 9, 1)

    @property
    def ends_on(self) -> dt.date:
        return dt.date(self.first + 1, 8, 31)

    def __str__(self) -> str:
        return f"{self.first}/{(self.first + 1) % 100:02d}"

    @classmethod
    def of(cls, day: dt.date) -> "SchoolYear":
        """The school year that the day belongs to."""
        return cls(day.year if day.month >= 9 else day.year - 1)

    @classmethod
    def current(cls) -> "SchoolYear":
        return cls.of(clock.today())


_QUARTER = dt.timedelta(days=92)
_MONTH = dt.timedelta(days=30)
HIGH_SUMMER, AUTUMN = 8, 9


@dataclass(frozen=True)
class Turn:
    """The turn of the school year that a day looks at: from June on the one that is ahead, till the end of
    September the one that has just been, afterwards the present year is compared with its own beginning.
    """

    day: dt.date

    @classmethod
    def now(cls) -> "Turn":
        return cls(clock.today())

    @property
    def year(self) -> SchoolYear:
        """The year that begins by it."""
        return SchoolYear.of(self.day + _QUARTER)

    @property
    def begins_on(self) -> dt.date:
        return self.year.starts_on

    @property
    def since(self) -> dt.date:
        """The 1 September with which today is compared: in September that of last year."""
        return SchoolYear.of(self.day - _MONTH).starts_on

    @property
    def fresh_from(self) -> dt.date:
        """What was said from this day on is said for the new year."""
        return dt.date(self.year.first, 6, 1)

    @property
    def judged_on(self) -> dt.date:
        """The first day of the new year while it is ahead, else the day itself."""
        return max(self.day, self.begins_on)

    @property
    def is_its_time(self) -> bool:
        """In August and September it is offered at home."""
        return self.day.month in (HIGH_SUMMER, AUTUMN)

    @property
    def ends_on(self) -> dt.date:
        """The last day on which it is offered."""
        return dt.date(self.year.first, 9, 30)
