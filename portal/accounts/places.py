"""The places that a person has, or is to have: whether a school is the only one of them."""

from django.db.models import F, Q

from portal.accounts.models import Membership, User
from portal.accounts.offices import Office
from portal.core import clock
from tenants.models import School, SchoolState


def standing_places(user: User) -> list[Membership]:
    """Places of today and those that are yet to begin. Nobody enters an archived school, so it is none."""
    today = clock.today()
    has_days = Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
    coming = Q(valid_from__gt=today) & has_days
    found = Membership.objects.filter(Membership.valid_on(today) | coming, user=user)
    return list(found.exclude(school__state=SchoolState.ARCHIVED).select_related("school"))


def serves_in(user: User, school: School) -> bool:
    """Whether the person has a place in the school today: only then it may speak for them."""
    today = clock.today()
    return any(p.school_id == school.pk and p.valid_from <= today for p in standing_places(user))


def others_to_ask(user: User, school: School) -> list[School | None]:
    """Who else must agree before the school speaks for the person, each once; None is the city. For the
    principal of another school the city answers, which has given the office.
    """
    found: dict[int | None, School | None] = {}
    for place in standing_places(user):
        if place.school_id != school.pk:
            asked = None if place.office == Office.PRINCIPAL else place.school
            found[asked.pk if asked else None] = asked
    return list(found.values())
