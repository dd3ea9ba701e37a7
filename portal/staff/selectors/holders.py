"""Who holds which office of the school today and signs in: whose move it is, by name. One question for a
whole page.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.accounts.offices import Office
from portal.core import clock, reading
from portal.core.next_steps import Holder
from portal.core.once import once_a_page
from portal.core.prepared import Prepared
from portal.municipality.reference import PRINCIPAL_POSITION
from portal.staff.models import Absence, Person, Position
from portal.staff.periods import days_of

NAMED = 2
"""So many people are named; more of them are counted."""
CITY = "Управление образования"
AWAY = "надолго нет на работе"


@dataclass(frozen=True)
class Holders:
    """The people of each office who are in the portal: those at work, and those who are away for long."""

    people: Mapping[str, tuple[Person, ...]]
    away: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)

    @classmethod
    @once_a_page
    def here(cls) -> "Holders":
        """One query, whatever the size of the school, and one a page."""
        joined = [person for person in _employed_in_offices() if person.user is not None]
        at_work = [person for person in joined if not person.is_absent]
        away = [person for person in joined if person.is_absent]
        return cls(_by_office(at_work), _by_office(away))

    def has(self, office: Office) -> bool:
        """True if somebody would see it at home."""
        return bool(self.people.get(office))

    def accounts(self, office: Office) -> list[UUID]:
        """Whom to tell what concerns the office."""
        return [person.user for person in self.people.get(office, ()) if person.user]

    def of(self, office: Office) -> Holder:
        """Those at work who hold the office; else whoever can give it, and why it is with them."""
        held = self.people.get(office, ())
        if held:
            return holder_of(held, note=Office(office).label)
        if self.has(Office.PRINCIPAL):
            return holder_of(self.people[Office.PRINCIPAL], note=self.why_nobody(office))
        return Holder.outside(CITY, note=self.why_nobody(Office.PRINCIPAL))

    def why_nobody(self, office: Office) -> str:
        """An office whose holder is away for long is not a vacant one."""
        label, away = Office(office).label, self.away.get(office, ())
        if away:
            return f"{label} {_named(away)}: {AWAY}"
        if office == Office.PRINCIPAL:
            return "директора в портале нет"
        return f"должность «{label}» никто не занимает"


def _by_office(people: Iterable[Any]) -> dict[str, tuple[Person, ...]]:
    """Offices given here, those of accepted invitations, and the principal by position."""
    found: dict[str, list[Person]] = {}
    for person in people:
        for office in {*person.given, *person.accepted, *([Office.PRINCIPAL] if person.heads else [])}:
            found.setdefault(office, []).append(person)
    return {office: tuple(held) for office, held in found.items()}


def holders_of(office: str) -> list[UUID]:
    """Whom to tell what concerns the office: the accounts of those who hold it in this school today."""
    return Holders.here().accounts(Office(office))


def holder_of(people: Iterable[Person], note: str = "") -> Holder:
    """These people by name. Whoever has not joined cannot see it at home: it is with the letter that invites
    them. Whoever is away for long is not waited for.
    """
    every = list(people)
    here = [person for person in every if not person.is_away]
    if every and not here:
        return _for_the_away(every)
    joined = [person for person in here if person.user is not None]
    if not joined:
        return Holder.outside(_named(here), note="в портал ещё не входили")
    return Holder.of(_named(joined), [person.user for person in joined if person.user], note)


def _for_the_away(people: list[Person]) -> Holder:
    """From the first day of an absence on, what waits for the person is the curator's."""
    return replace(Holders.here().of(Office.CURATOR), note=f"{_named(people)}: {AWAY}")


def _named(people: Sequence[Person]) -> str:
    """Who is named here is shown; the holders of other offices were only weighed."""
    for person in people[:NAMED]:
        reading.came(person)
    names = ", ".join(person.short_name for person in people[:NAMED])
    return names if len(people) <= NAMED else f"{names} и ещё {len(people) - NAMED}"


def people_of_offices() -> list[Any]:
    """Those at work who hold an office today. They are only weighed. One query, and once a page."""
    return [person for person in _employed_in_offices() if not person.is_absent]


@once_a_page
def _employed_in_offices() -> list[Any]:
    """People who hold an office today, at work or away: those `given` here, those of an invitation they
    `accepted`, and whoever `heads` the school.
    """
    with reading.weighing():
        return _people(day=clock.today())


def _with_offices(day: dt.date) -> QuerySet[Person]:
    given = _valid("offices", day)
    asked = _valid("invitations", day) & Q(invitations__accepted_at__isnull=False)
    heads = Position.objects.filter(
        days_of(day, through="employment__"),
        employment__person=OuterRef("pk"),
        position=PRINCIPAL_POSITION,
    )
    people = (Person.objects.employed(day) | Person.objects.staying(day)).annotate(
        given=ArrayAgg("offices__office", filter=given, distinct=True, default=[]),
        accepted=ArrayAgg("invitations__office", filter=asked, distinct=True, default=[]),
        heads=Exists(heads),
        is_absent=Exists(Absence.objects.on(day).filter(person=OuterRef("pk"))),
    )
    return people.filter(given | asked | Q(heads=True)).order_by("name_key", "id")


_people: Prepared[Any] = Prepared(_with_offices, day=dt.date(1, 1, 1))


def _valid(relation: str, day: dt.date) -> Q:
    return Q(**{f"{relation}__valid_from__lte": day}) & (
        Q(**{f"{relation}__valid_to": None}) | Q(**{f"{relation}__valid_to__gte": day})
    )
