"""The people of a pair, and words about one of them."""

from uuid import UUID

from portal.documents.names import Case, decline_parts
from portal.mentoring.models import Pair
from portal.staff.models import Employee
from portal.ui import words


def users_of(pair: Pair) -> list[UUID | None]:
    """Mentor and mentees as users; None is a person who has never entered the portal."""
    return [pair.mentor.user, *(person.user for person in pair.people)]


def line_about(person: Employee) -> str:
    """«высшая категория, стаж 21 год»."""
    stage = person.ped_stage_years
    said = [
        str(person.get_category_display())
        if person.category in ("none", "szd")
        else f"{person.get_category_display()} категория"
    ]
    if stage is not None:
        years = int(stage) if stage == int(stage) else float(stage)
        said.append(
            "первый год"
            if stage < 1
            else f"стаж {words.decimal(years)} {words.plural(years, 'год,года,лет')}"
        )
    return ", ".join(said)


def note_about(person: Employee) -> str:
    """«учитель математики, высшая категория, стаж 21 лет»: under the name on a pair's page."""
    return ", ".join(part for part in (person.position_title, line_about(person)) if part)


def baton_at(person: Employee) -> str:
    """«Эстафета у Веры Андреевны»; «Эстафета: …» for a name that cannot be declined."""
    named = decline_parts(
        person.last_name, person.first_name, person.middle_name, Case.GENITIVE, gender=person.gender or None
    )
    if not person.middle_name or named.first == person.first_name:
        return f"Эстафета: {person.address or person.short_name}"
    return f"Эстафета у {named.first} {named.middle}"
