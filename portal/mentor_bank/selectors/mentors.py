"""Mentors who may be proposed."""

from typing import Any

from portal.mentor_bank.models import MentorCard
from portal.staff.models import Person


def ready_mentors() -> Any:
    """Mentors who may be proposed."""
    ready = MentorCard.objects.ready().values("person")
    return Person.objects.filter(pk__in=ready).prefetch_related("employments").order_by("name_key", "id")
