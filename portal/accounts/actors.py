"""From a person to an Actor: offices and permissions that are valid now in one contour. Asked as the city."""

import datetime as dt
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from portal.accounts.models import Membership, User
from portal.accounts.permissions import permissions_of
from portal.core import clock
from portal.core.actor import Actor
from portal.core.prepared import Prepared
from tenants.models import CityFacts, School, SchoolState


def memberships_of(user: User) -> list[Membership]:
    """All valid memberships of the person with their schools, in one query. Nobody enters an archived
    school.
    """
    return _memberships(day=clock.today(), user=user.pk)


def account_with_memberships(pk: UUID) -> User | None:
    """The account with all that `memberships_of` would say of it, in one query for whoever has a place."""
    memberships = _memberships(day=clock.today(), user=pk)
    user = memberships[0].user if memberships else User.objects.filter(pk=pk).first()
    if user is not None:
        user.memberships_read = memberships
    return user


def _valid_on(day: dt.date, user: UUID) -> QuerySet[Membership]:
    valid = Membership.objects.filter(Membership.valid_on(day), user=user)
    entered = valid.exclude(school__state=SchoolState.ARCHIVED)
    # under which mark the facts of the city stand: every request needs to know, and asks this anyway
    mark = models.Subquery(CityFacts.objects.order_by("pk").values("mark")[:1])
    return entered.select_related("school", "user").annotate(facts_mark=mark).order_by("school__number", "pk")


_memberships = Prepared(_valid_on, day=dt.date(1, 1, 1), user=UUID(int=1))


def chosen_membership(person: User, memberships: list[Membership]) -> Membership | None:
    """The place and office the person chose last, if it is still valid."""
    return next((m for m in memberships if str(m.uuid) == person.home_office), None)


def actor_in(
    user: User | None, memberships: list[Membership], school: School | None, via: str = "session"
) -> Actor:
    """The person in this contour; without a membership here the actor has no permissions (circumstances may
    still exist).
    """
    if user is None:
        return Actor(user=None, school=school.uuid if school else None, via=via)
    here = [m for m in memberships if m.school_id == (school.pk if school else None)]
    offices = frozenset(m.office for m in here)
    return Actor(user.uuid, school.uuid if school else None, offices, permissions_of(offices), via=via)


def actor_of_job(user: UUID | None, school: UUID | None) -> Actor:
    """The actor of a background job: rights as they are when it runs, not as they were when it was asked
    for.
    """
    if user is None:
        return Actor.system(school=school, via="job")
    person = User.objects.get(pk=user)
    place = School.objects.get(uuid=school) if school else None
    return actor_in(person, memberships_of(person), place, via="job")
