"""A work as the worker runs it: with its repeat key."""

from functools import partial
from typing import Any

from portal.core.actor import Actor
from tenants.jobs import perform
from tenants.models import School
from tests.tenancy.killing import Run


# ── Jobs ────────────────────────────────────────────────────────────────────────────────────────────
def job(name: str, school: School | None, by: Actor, **arguments: Any) -> Run:
    """As the worker runs it: with its repeat key."""
    return partial(
        perform,
        name,
        f"of {name}",
        str(school.uuid) if school else None,
        str(by.user) if by.user else None,
        arguments,
    )
