"""Reads about where people serve, asked as the city. A person may serve in several schools: nothing here
picks one of them.
"""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from portal.accounts.models import Membership
from portal.core import clock
from tenants.models import School


def schools_of(people: Iterable[UUID]) -> dict[UUID, list[School]]:
    """Every school where each of the people serves today, by number; one query."""
    rows = (
        Membership.objects.filter(Membership.valid_on(clock.today()), user__in=set(people))
        .exclude(school=None)
        .select_related("school")
    )
    found: dict[UUID, list[School]] = {}
    for row in rows.order_by("school__number", "school_id", "pk"):
        places = found.setdefault(row.user_id, [])
        if row.school is not None and row.school not in places:
            places.append(row.school)
    return found


def teaches_in_the_city(person: UUID | None) -> bool:
    """Whether the person serves in any school today."""
    return (
        Membership.objects.filter(Membership.valid_on(clock.today()), user=person)
        .exclude(school=None)
        .exists()
        if person
        else False
    )


def opens_on(person: UUID) -> dt.date | None:
    """The first day of the place that is to open next; what has been ended before it will not."""
    coming = Membership.objects.filter(user=person, valid_from__gt=clock.today()).order_by("valid_from")
    days = coming.values_list("valid_from", flat=True).distinct()
    return next((day for day in days if coming.filter(Membership.valid_on(day)).exists()), None)
