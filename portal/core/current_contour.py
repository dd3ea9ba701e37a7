"""Where the code runs now: in a school or in the city. Set only by `tenants.context`; read by libraries
without tables.
"""

from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.apps import apps

current_school: ContextVar[UUID | None] = ContextVar("current_school", default=None)


def record_model(name: str) -> type[Any]:
    """The concrete table of this contour for a shape that both contours have (JournalLine, Outbox, StoredFile
    …).
    """
    return apps.get_model("school_records" if current_school.get() else "city_records", name)


def name_here(user: UUID) -> str:
    """The short name of a user as this contour knows people: a school by its own list, the city by accounts.
    Empty for a stranger.
    """
    table, key = (
        (apps.get_model("staff", "Person"), "user")
        if current_school.get()
        else (apps.get_model("accounts", "User"), "pk")
    )
    person = table._base_manager.filter(**{key: user}).first()
    return str(person.short_name) if person is not None else ""
