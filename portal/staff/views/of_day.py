"""The list of people of a past day, as it is known today. It is only read."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.accounts.request import PortalRequest
from portal.staff.filters import PersonOnDayFilters
from portal.staff.models.names import name_on
from portal.staff.selectors.of_day import known_since, people_on, undated_on
from portal.ui.on_day import DayList
from portal.ui.parts import Empty

SORTS = {
    "name": ("Имя", ["name_key", "id"]),
    "stage": ("Стаж", ["service", "name_key", "id"]),
    "hired": ("Принят", ["hired", "name_key", "id"]),
}


@require_safe
def people_of_day(request: PortalRequest, day: dt.date) -> HttpResponse:
    empty = Empty(
        f"На {day:%d.%m.%Y} нет данных",
        "Ни у кого в списке не внесён период работы, который приходится на этот день.",
        reverse("staff:people"),
        "К сегодняшнему списку",
    )
    rows = people_on(day, request.actor)
    listing = DayList(request, rows, filters=PersonOnDayFilters, sorts=SORTS, empty=empty)
    for person in listing.rows:
        _say(person, day)
    return listing.answer(
        "staff/people_of_day.html",
        day=day,
        since=_since(day),
        undated=undated_on(day).count(),
        crumbs=[("Сотрудники", reverse("staff:people"))],
    )


def _say(person: Any, day: dt.date) -> None:
    """Name, work and service of the day."""
    work = person.work_on(day)
    first = next(iter(work.posts), None) if work else None
    person.name_then = name_on(person, day).full_name
    person.post_then = first.title if first else ""
    person.service_then = work.service(day) if work else None
    person.is_young_then = bool(work and work.is_young(day))


def _since(day: dt.date) -> dt.date | None:
    """From which day on the list was kept, when that is later than the day."""
    since = known_since()
    return since if since and since > day else None
