"""Acting as the people of the demo: actors by office, files that look like scans, moments of the school year."""

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.accounts.actors import actor_in, memberships_of
from portal.accounts.models import User
from portal.core import clock
from portal.core.actor import Actor
from portal.core.school_year import SchoolYear
from portal.demo.cast import uuid_of
from portal.files.storing import store
from tenants.context import in_city
from tenants.models import School

SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
"""An empty page: what a scan of a signed paper is in the demo."""


@dataclass
class Place:
    """A school of the demo with its people: users of the offices, and all who joined by the employee's uuid."""

    school: School
    facts: dict  # type: ignore[type-arg]
    principal: UUID
    curator: UUID | None = None
    users: dict[UUID, UUID] = field(default_factory=dict)
    rng: random.Random = field(default_factory=random.Random)
    orders: int = 0

    def number(self) -> str:
        """The next number of an order, as the register would give it."""
        self.orders += 1
        return f"{self.orders}-н"


def actor(user: UUID, school: School | None) -> Actor:
    """The person as settled now; asked as the city, as every request does."""
    with in_city():
        person = User.objects.get(pk=user)
        return actor_in(person, memberships_of(person), school)


def scan(name: str = "scan") -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", SCAN, "application/pdf")


def paper(name: str, by: Actor) -> Any:
    """A scan that is kept already."""
    return store(scan(name), by=by)


def starts_on(today: dt.date) -> dt.date:
    """When the pairs of this year began: twelve weeks ago, but not before 1 September, and at least two weeks ago."""
    year = SchoolYear.of(today - dt.timedelta(days=14))
    return max(today - dt.timedelta(days=84), year.starts_on)


def moment(day: dt.date, hour: int = 10, minute: int = 0) -> dt.datetime:
    """A time of day in the city."""
    local = clock.local(clock.now()).tzinfo
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=local)


def user_uuid(school: int, number: int) -> UUID:
    return uuid_of("user", str(school), str(number))
