"""The bands by which the city counts people by age (`AGE_BANDS`)."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from portal.staff.periods import months_after
from portal.ui.words import plural

MONTHS = 12
YEARS, OF_YEARS = "год,года,лет", "года,лет,лет"


@dataclass(frozen=True)
class AgeBand:
    """Full years, the first and the last within; None where the band is open."""

    first: int | None
    last: int | None

    @property
    def code(self) -> str:
        return f"{self.first or ''}-{self.last or ''}"

    @property
    def label(self) -> str:
        if self.first is None:
            return f"{self.last} {plural(self.last or 0, YEARS)} и моложе" if self.last else "любой возраст"
        if self.last is None:
            return f"{self.first} {plural(self.first, YEARS)} и старше"
        return f"от {self.first} до {self.last} {plural(self.last, OF_YEARS)}"

    def born(self, day: dt.date) -> tuple[dt.date, dt.date]:
        """The first and the last birthday of those who are of the band on the day."""
        after = months_after(day, -MONTHS * (self.last + 1)) if self.last is not None else dt.date.min
        last = months_after(day, -MONTHS * self.first) if self.first is not None else day
        return (after + dt.timedelta(days=1) if self.last is not None else after), last


def age_bands() -> list[AgeBand]:
    begin = list(settings.AGE_BANDS)
    firsts: list[int | None] = [None, *begin]
    lasts: list[int | None] = [*(one - 1 for one in begin), None]
    return [AgeBand(first, last) for first, last in zip(firsts, lasts, strict=True)]


def age_band(code: str) -> AgeBand | None:
    return next((band for band in age_bands() if band.code == code), None)
