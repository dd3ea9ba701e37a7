"""Who holds which office of the school today and signs in: whose move it is, by name. One question for a
whole page.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
from portal.staff.models import Employee, EmployeePosition

NAMED = 2
"""So many people are named; more of them are counted."""
CITY = "Управление образования"


@dataclass(frozen=True)
class Holders:
    """The people of each office who work in the school and are in the portal."""

    people: Mapping[str, tuple[Employee, ...]]

    @classmethod
    @once_a_page
    def here(cls) -> "Holders":
        """Offices given here, those of accepted invitations, and the principal by position. One query,
        whatever the size of the school, and one a page.
        """
        found: dict[str, list[Employee]] = {}
        for person in people_of_offices():
            if person.user is None:
                continue
            for office in {*person.given, *person.accepted, *([Office.PRINCIPAL] if person.heads else [])}:
                found.setdefault(office, []).append(person)
        return cls({office: tuple(people) for office, people in found.items()})

    def has(self, office: Office) -> bool:
        """True if somebody would see it at home."""
        return bool(self.people.get(office))

    def accounts(self, office: Office) -> list[UUID]:
        """Whom to tell what concerns the office."""
        return [person.user for person in self.people.get(office, ()) if person.user]

    def of(self, office: Office) -> Holder:
        """Those who hold the office; where nobody does, whoever can give it, and why it is with them."""
        held = self.people.get(office, ())
        if held:
            return holder_of(held, note=Office(office).label)
        empty = f"должность «{Office(office).label}» никто не занимает"
        if office != Office.PRINCIPAL and self.has(Office.PRINCIPAL):
            return holder_of(self.people[Office.PRINCIPAL], note=empty)
        return Holder.outside(CITY, note="директора в портале нет")


def holders_of(office: str) -> list[UUID]:
    """Whom to tell what concerns the office: the accounts of those who hold it in this school today."""
    return Holders.here().accounts(Office(office))


def holder_of(people: Iterable[Employee], note: str = "") -> Holder:
    """These people by name. Whoever has not joined cannot see it at home: it is with the letter that invites
    them.
    """
    every = list(people)
    joined = [person for person in every if person.user is not None]
    if not joined:
        return Holder.outside(_named(every), note="в портал ещё не входили")
    return Holder.of(_named(joined), [person.user for person in joined if person.user], note)


def _named(people: list[Employee]) -> str:
    """Who is named here is shown; the holders of other offices were only weighed."""
    for person in people[:NAMED]:
        reading.came(person)
    names = ", ".join(person.short_name for person in people[:NAMED])
    return names if len(people) <= NAMED else f"{names} и ещё {len(people) - NAMED}"


@once_a_page
def people_of_offices() -> list[Any]:
    """People who work here and hold an office today: those `given` here, those of an invitation they
    `accepted`, and whoever `heads` the school. They are only weighed. One query, and once a page.
    """
    with reading.weighing():
        return _people(day=clock.today())


def _with_offices(day: dt.date) -> QuerySet[Employee]:
    given = _valid("offices", day)
    asked = _valid("invitations", day) & Q(invitations__accepted_at__isnull=False)
    heads = EmployeePosition.objects.filter(employee=OuterRef("pk"), position=PRINCIPAL_POSITION)
    people = Employee.objects.working(day).annotate(
        given=ArrayAgg("offices__office", filter=given, distinct=True, default=[]),
        accepted=ArrayAgg("invitations__office", filter=asked, distinct=True, default=[]),
        heads=Exists(heads),
    )
    return people.filter(given | asked | Q(heads=True)).order_by("name_key", "id")


_people: Prepared[Any] = Prepared(_with_offices, day=dt.date(1, 1, 1))


def _valid(relation: str, day: dt.date) -> Q:
    return Q(**{f"{relation}__valid_from__lte": day}) & (
        Q(**{f"{relation}__valid_to": None}) | Q(**{f"{relation}__valid_to__gte": day})
    )
