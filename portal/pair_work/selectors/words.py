"""Words about a meeting."""

from typing import Any

from django.utils.text import Truncator

from portal.core import clock
from portal.documents.names import detect_gender
from portal.staff.models import Person
from portal.ui import words


def recorded_by(person: Person) -> str:
    """«Борис Ильич записал вашу встречу», of either gender; without a verb where the gender is not known."""
    gender = person.gender or detect_gender(person.last_name, person.first_name, person.middle_name)
    verb = {"m": "записал", "f": "записала"}.get(str(gender or ""), "")
    name = person.address or person.short_name
    return f"{name} {verb} вашу встречу" if verb else f"{name}: запись вашей встречи"


def topic_of(meeting: Any) -> str:
    """So much of it that the pair, the day and the question fit into the line of a notice, too."""
    return Truncator(meeting.topic).chars(100)


def when(meeting: Any) -> str:
    """«20 ноября, 14:20»."""
    return f"{words.day_month(meeting.planned_at)}, {clock.local(meeting.planned_at):%H:%M}"
