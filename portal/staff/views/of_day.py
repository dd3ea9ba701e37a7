"""The list of people of a past day, as it is known today. It is only read."""

import datetime as dt

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.accounts.request import PortalRequest
from portal.staff.filters import PersonOnDayFilters
from portal.staff.selectors.of_day import known_since, people_on, told_of, undated_on, unposted_on
from portal.ui.on_day import DayList, nothing_on

SORTS = {
    "name": ("Имя", ["name_key", "id"]),
    "stage": ("Стаж", ["service", "name_key", "id"]),
    "hired": ("Принят", ["hired", "name_key", "id"]),
}


@require_safe
def people_of_day(request: PortalRequest, day: dt.date) -> HttpResponse:
    empty = nothing_on(
        day,
        "Ни у кого в списке не внесён период работы, который приходится на этот день.",
        reverse("staff:people"),
    )
    rows = people_on(day, request.actor)
    listing = DayList(request, rows, filters=PersonOnDayFilters, sorts=SORTS, empty=empty)
    then = told_of(listing.rows, day)
    for person in listing.rows:
        person.then = then[person.pk]
    return listing.of_day(
        "staff/people_of_day.html",
        day,
        today=("Сотрудники", reverse("staff:people")),
        since=_since(day),
        undated=undated_on(day).count(),
        unposted=unposted_on(day).count(),
    )


def _since(day: dt.date) -> dt.date | None:
    """From which day on the list was kept, when that is later than the day."""
    since = known_since()
    return since if since and since > day else None
