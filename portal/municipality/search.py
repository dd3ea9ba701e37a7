"""Schools of the city, as the box in the head of a page finds them."""

from django.urls import reverse
from django.utils.http import urlencode

from portal.core.actor import Actor
from portal.core.finding import Finder, Line, Lines
from portal.municipality.selectors import schools_named, schools_visible_to
from tenants.models import School


def _may(by: Actor) -> bool:
    return by.can("school:read")


def _find(by: Actor, text: str) -> Lines:
    found = schools_named(schools_visible_to(by), text)
    return Lines.of(found, _line, f"{reverse('municipality:schools')}?{urlencode({'q': text})}")


def _line(school: School) -> Line:
    url = reverse("municipality:school", args=[school.uuid])
    return Line(school.full_name, url, school.get_state_display())


SCHOOLS = Finder("школа", "Школы", "buildings", 20, _may, _find)
