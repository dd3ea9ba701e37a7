"""A day of the past that a page is asked for: `?on=31.05.2026`."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Choices
from django.http import HttpResponse

from portal.core import clock
from portal.ui.fields import DateField
from portal.ui.lists import ListPage
from portal.ui.parts import Empty

FIRST = dt.date(2000, 1, 1)


class PastDayField(DateField):
    """A day that is over. What is no such day is left out, and the page is of today."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "На день")
        kwargs.setdefault("help_text", "")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        day = super().to_python(value)
        if day is not None and not FIRST <= day < clock.today():
            raise ValidationError("Назовите прошедший день: сегодняшний виден без него.", code="past_day")
        return day


def day_asked(text: str) -> dt.date | None:
    """The past day of an address; None for today."""
    try:
        found = PastDayField(required=False).clean(text)
    except ValidationError:
        return None
    return found if isinstance(found, dt.date) else None


def nothing_on(day: dt.date, text: str, today_url: str) -> Empty:
    """What an empty list of the day says."""
    return Empty(f"На {day:%d.%m.%Y} нет данных", text, today_url, "К сегодняшнему списку")


class DayList(ListPage):
    """The list of a past day: where nobody has narrowed it by anything else, an empty one is no fault of the
    filters.
    """

    @property
    def nothing(self) -> Empty:
        return self.empty if len(self.chips) == 1 else super().nothing

    def of_day(self, template: str, day: dt.date, *, today: tuple[str, str], **context: Any) -> HttpResponse:
        """The page of the list; `today` is what the list of today is called, and its address."""
        return self.answer(template, day=day, today_url=today[1], crumbs=[today], **context)


def word_then(states: type[Choices], row: Any) -> str:
    """The state of a row that has `state_then`; empty where nobody has kept it."""
    return str(states(row.state_then).label) if row.state_then else ""
