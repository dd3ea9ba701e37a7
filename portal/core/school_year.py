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
