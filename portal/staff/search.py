"""People of the school, as the box in the head of a page finds them."""

from django.urls import reverse
from django.utils.http import urlencode

from portal.core.actor import Actor
from portal.core.finding import Finder, Line, Lines
from portal.staff.access import is_guest
from portal.staff.models import Person
from portal.staff.selectors import people_visible_to


def _may(by: Actor) -> bool:
    return by.can("person:read_names") and not is_guest(by)


def _find(by: Actor, text: str) -> Lines:
    found = people_visible_to(by).named(text).order_by("name_key", "id")  # type: ignore[attr-defined]
    return Lines.of(found, _line, f"{reverse('staff:people')}?{urlencode({'q': text})}")


def _line(person: Person) -> Line:
    return Line(person.full_name, reverse("staff:person", args=[person.uuid]), person.position_title)


PEOPLE = Finder("человек", "Люди школы", "person", 20, _may, _find)
