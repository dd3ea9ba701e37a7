"""Mentors who may be proposed."""

from typing import Any

from portal.mentor_bank.models import MentorCard
from portal.mentor_bank.models.cards import READY
from portal.staff.models import Employee


def ready_mentors() -> Any:
    """Mentors who may be proposed."""
    ready = MentorCard.objects.filter(state__in=READY).values("employee")
    return Employee.objects.filter(pk__in=ready).prefetch_related("positions").order_by("name_key", "id")
