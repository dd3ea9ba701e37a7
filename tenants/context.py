"""The only place that switches contour: schema, role and what the libraries know of where they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models.expressions import RawSQL
from django_tenants.postgresql_backend.base import FakeTenant

from portal.core.current_contour import current_school
from tenants.connected import db
from tenants.models import School, SchoolState


class SwitchInsideTransaction(RuntimeError):
    """A transaction writes one contour; changing contour inside it is a mistake of the programmer."""


class _City(FakeTenant):  # type: ignore[misc]
    """The city, or another role of the public schema (the post)."""

    def __init__(self, role: str) -> None:
        super().__init__(schema_name="public")
        self.role = role


@contextmanager
def in_school(school: School) -> Iterator[School]:
    """Everything inside runs in the school's schema under the school's role."""
    with _switched(school, school.uuid):
        yield school


@contextmanager
def in_city() -> Iterator[None]:
    """Everything inside runs in the public schema under the city's role."""
    with _switched(_City(settings.CITY_ROLE), None):
        yield


@contextmanager
def as_post() -> Iterator[None]:
    """Everything inside runs under the role of the post: outboxes and inboxes only, by qualified names."""
    with _switched(_City(settings.POST_ROLE), None):
        yield


@contextmanager
def _switched(tenant: Any, school: UUID | None) -> Iterator[None]:
    before = db.tenant
    if (before.schema_name, getattr(before, "role", settings.CITY_ROLE)) == (tenant.schema_name, tenant.role):
        yield
        return
    _refuse_inside_transaction()
    db.recycle_before(tenant.schema_name)
    token = current_school.set(school)
    db.set_tenant(tenant)
    try:
        yield
    finally:
        db.set_tenant(before)
        current_school.reset(token)


def _refuse_inside_transaction() -> None:
    """A test's own surrounding transaction does not count."""
    if any(not block._from_testcase for block in db.atomic_blocks):
        raise SwitchInsideTransaction("leave the transaction before entering another contour")


def school_here() -> School:
    """The school whose contour we are in, for its name and requisites in documents. Raises RuntimeError in
    the city.
    """
    if not isinstance(db.tenant, School):
        raise RuntimeError("only a school's own contour knows its school")
    return db.tenant


def open_schools() -> Any:
    """Schools whose schema exists and whose work goes on: neither archived nor halted (`tenants.halts`)."""
    closed = (SchoolState.DRAFT, SchoolState.DOCS_SIGNED, SchoolState.SUSPENDED, SchoolState.ARCHIVED)
    return School.objects.exclude(state__in=closed).filter(behind_because="").order_by("pk")


def sending_schools() -> Any:
    """Schools with a schema, whatever their state: what they wrote before they were halted goes on."""
    schemas = RawSQL("SELECT nspname::text FROM pg_namespace", [])
    return School.objects.filter(schema_name__in=schemas).order_by("pk")


def each_school() -> Iterator[School]:
    """Visit every open school in turn; for background work only, never inside a request."""
    with in_city():
        schools = list(open_schools())
    for school in schools:
        with in_school(school):
            yield school
