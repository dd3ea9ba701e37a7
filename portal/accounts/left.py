"""Which schools a person has left lately: the own papers of each may be read for a year from the last day,
and nothing else of it (docs/adr/0044). Asked as the city.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, Subquery

from portal.accounts.models import Membership, User
from portal.accounts.offices import Office
from portal.core import clock
from portal.core.privacy import YEAR
from tenants.addresses import school_url
from tenants.models import School, SchoolState

OPEN_TO_LEFT = "/own-papers/"
"""All that whoever has left may open of the school, below its address."""


@dataclass(frozen=True)
class LeftPlace:
    """A school in which the person has no place today, the last day there, the numbers of the own card."""

    school: School
    last_day: dt.date
    cards: frozenset[UUID]

    @property
    def until(self) -> dt.date:
        """The last day on which the own papers are open; with it ends the year after which an account
        without another place is closed (`closing.py`).
        """
        return self.last_day + dt.timedelta(days=YEAR)

    @property
    def title(self) -> str:
        """«Мои документы, Школа № 5»."""
        return f"Мои документы, {self.school.short_name}"

    @property
    def words(self) -> str:
        """«до 30.11.2027»."""
        return f"до {self.until:%d.%m.%Y}"

    @property
    def url(self) -> str:
        return school_url(self.school.code, "staff:own_papers")


def left_places(user: User, school: School | None = None) -> list[LeftPlace]:
    """Schools whose papers are still open to the person, by number; of one school, if it is named. One query.
    The day is asked: no night has to close anything.
    """
    found: dict[int, list[Membership]] = {}
    for place in _ever(user, school):
        if place.school_id is not None:
            found.setdefault(place.school_id, []).append(place)
    left = (_left(places) for places in found.values())
    return [one for one in left if one is not None and one.until >= clock.today()]


def _ever(user: User, school: School | None) -> QuerySet[Membership]:
    """Every place that has begun, with what the school itself has said of its end."""
    said = Membership.ends_before(dt.date.max).order_by("last_day").values("last_day")[:1]
    rows = Membership.objects.filter(user=user, valid_from__lte=clock.today())
    rows = rows.filter(school=school) if school else rows.exclude(school=None)
    entered = rows.exclude(school__state=SchoolState.ARCHIVED).select_related("school")
    return entered.annotate(said=Subquery(said)).order_by("school__number", "school_id", "pk")


def _left(places: Iterable[Membership]) -> LeftPlace | None:
    """None for whoever serves there, or never has."""
    served = [(place, day) for place in places if (day := _last_day(place)) >= place.valid_from]
    last_day = max((day for _, day in served), default=dt.date.max)
    school = served[0][0].school if served else None
    if school is None or last_day >= clock.today():
        return None
    return LeftPlace(school, last_day, frozenset(place.person for place, _ in served if place.person))


def _last_day(place: Membership) -> dt.date:
    """As `Membership.valid_on` asks it: the principal's office is the city's to end."""
    said: dt.date | None = None if place.office == Office.PRINCIPAL else place.said  # type: ignore[attr-defined]
    return min(day for day in (place.valid_to, said, dt.date.max) if day is not None)
