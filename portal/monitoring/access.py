"""Doors and rules of the school's form."""

from uuid import UUID

from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.monitoring.models import SchoolForm


def form_for(by: Actor, pk: UUID) -> SchoolForm:
    """Raises NotVisible."""
    found = SchoolForm.objects.filter(uuid=pk).first() if by.can("school_form:read") else None
    if found is None:
        raise NotVisible
    return found


def can_fill_form(by: Actor, form: SchoolForm) -> bool:
    return by.can("school_form:fill")


def can_sign_form(by: Actor, form: SchoolForm) -> bool:
    return by.can("school_form:sign")
