"""The people of a pair, and words about one of them."""

import datetime as dt
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from portal.documents.names import Case, decline_parts
from portal.mentoring.models import Pair, PairMentee
from portal.staff.models import Absence, Person
from portal.ui import words


def users_of(pair: Pair) -> list[UUID | None]:
    """Mentor and mentees as users; None is a person who has never entered the portal."""
    return [pair.mentor.user, *(person.user for person in pair.people)]


def who_is_away(pair: Pair) -> list[Person]:
    """Those of the pair who are away for long today: from the first day on its step is the curator's."""
    return [person for person in (pair.mentor, *pair.people) if person.is_away]


def somebody_is_away(day: dt.date) -> Q:
    """The same for a query of pairs."""
    away = Absence.objects.on(day).values("person")
    return Q(mentor__in=away) | Q(Exists(PairMentee.objects.filter(pair=OuterRef("pk"), mentee__in=away)))


def may_meet(pair: Pair) -> bool:
    """The mentor is not away today, and not everybody with whom to meet is."""
    return not pair.mentor.is_away and not all(person.is_away for person in pair.people)


def may_meet_on(day: dt.date) -> Q:
    """The same for a query of pairs."""
    away = Absence.objects.on(day)
    here = PairMentee.objects.filter(pair=OuterRef("pk")).exclude(mentee__in=away.values("person"))
    return Q(~Exists(away.filter(person=OuterRef("mentor")))) & Q(Exists(here))


def names_of(people: list[Person]) -> str:
    return ", ".join(person.short_name for person in people)


def line_about(person: Person) -> str:
    """«высшая категория, стаж 21 год»: full years, for they grow from day to day."""
    stage = person.ped_stage_years
    said = [
        str(person.get_category_display())
        if person.category in ("none", "szd")
        else f"{person.get_category_display()} категория"
    ]
    if stage is not None:
        years = int(stage)
        said.append("первый год" if years < 1 else f"стаж {years} {words.plural(years, 'год,года,лет')}")
    return ", ".join(said)


def note_about(person: Person) -> str:
    """«учитель математики, высшая категория, стаж 21 лет»: under the name on a pair's page."""
    return ", ".join(part for part in (person.position_title, line_about(person)) if part)


def baton_at(person: Person) -> str:
    """«Эстафета у Веры Андреевны»; «Эстафета: …» for a name that cannot be declined."""
    named = decline_parts(
        person.last_name, person.first_name, person.middle_name, Case.GENITIVE, gender=person.gender or None
    )
    if not person.middle_name or named.first == person.first_name:
        return f"Эстафета: {person.address or person.short_name}"
    return f"Эстафета у {named.first} {named.middle}"
