"""Acting as the people of the demo: actors by office, files that look like scans, days of the school year."""

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
from portal.demo.cast import uuid_of
from portal.files.storing import store
from tenants import post
from tenants.context import in_city
from tenants.models import School

SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
"""An empty page: what a scan of a signed paper is in the demo."""


@dataclass
class Place:
    """A school of the demo with its people: users of the offices, and all who joined by the person's uuid."""

    school: School
    facts: dict[str, Any]
    principal: UUID
    curator: UUID | None = None
    psychologist: UUID | None = None
    lead: UUID | None = None
    users: dict[UUID, UUID] = field(default_factory=dict)
    rng: random.Random = field(default_factory=random.Random)
    orders: int = 0
    actors: dict[UUID, Actor] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return int(self.facts["number"])

    def next_order(self) -> str:
        """The next number of an order, as the register would give it."""
        self.orders += 1
        return f"{self.orders}-н"

    def by(self, user: UUID | None) -> Actor:
        """The person in this school; offices were given before the year began, so the answer is remembered."""
        if user is None:
            raise LookupError(f"nobody holds this office in {self.school}")
        if user not in self.actors:
            self.actors[user] = actor(user, self.school)
        return self.actors[user]


def actor(user: UUID, school: School | None) -> Actor:
    """The person as settled now; asked as the city, as every request does."""
    with in_city():
        person = User.objects.get(pk=user)
        return actor_in(person, memberships_of(person), school)


def official(key: str) -> Actor:
    """One of the cast who serves the city."""
    return actor(uuid_of("user", key), None)


def scan(name: str = "scan") -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", SCAN, "application/pdf")


def paper(name: str, by: Actor) -> Any:
    """A scan that is kept already."""
    return store(scan(name), by=by)


def carry_up(place: Place) -> None:
    """What the school has written reaches the city."""
    post.deliver(place.school.uuid)


def carry_down(place: Place) -> None:
    """What the city has written reaches the school."""
    post.carry_from_city()
    post.apply_in_school(place.school)


def moment(day: dt.date, hour: int = 10, minute: int = 0) -> dt.datetime:
    """A time of day in the city."""
    local = clock.local(clock.now()).tzinfo
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=local)


def end_of_story(today: dt.date) -> dt.datetime:
    """Half an hour after midnight: nothing of the demo lies in the future of whoever opens it."""
    return moment(today, 0, 30)


def user_uuid(school: int, number: int) -> UUID:
    return uuid_of("user", str(school), str(number))
