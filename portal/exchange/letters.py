"""Kinds of letters between a school and the city: one table, shown to the school as «что и когда уходит из
школы».

A kind is declared in the city's room that it concerns, whichever way it goes: a school's room may import it.
Nothing else writes across contours.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from pydantic import BaseModel, ConfigDict

from portal.audit.journal import disclose
from portal.core.actor import Actor
from portal.core.current_contour import current_school, record_model
from portal.core.errors import Invalid
from portal.core.wiring import Table


class Payload(BaseModel):
    """Base of what letters carry: typed, frozen, with a version that only grows."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    schema_version: int = 1


class Direction(StrEnum):
    TO_CITY = "to_city"
    TO_SCHOOL = "to_school"


class Misdirected(Invalid):
    """A letter of the other way: only wrong or hostile code writes one."""

    def __init__(self, code: str) -> None:
        super().__init__(
            "misdirected",
            f"Письмо «{code}» не ходит в эту сторону. Оно не применено: покажите его разработчику портала.",
        )


@dataclass(frozen=True)
class LetterKind:
    """A row of the table: what the letter carries, who may send it, on which basis.

    `act` says that each sending is a visible act of a person (a line of the disclosure journal); otherwise
    the letter flows by an agreement made when the school joined, or carries only opaque numbers.
    """

    code: str
    direction: Direction
    title: str
    payload: type[Payload]
    basis: str
    sender: str
    carries: str
    act: bool = False
    recipient: str = "Управление образования"

    def check_way(self, *, to_school: bool) -> None:
        """Raises Misdirected for a letter that has no business on this way; asked when it is written and when
        it is applied.
        """
        if (self.direction is Direction.TO_SCHOOL) != to_school:
            raise Misdirected(self.code)


@dataclass(frozen=True)
class Letter:
    """What a receiver gets. `by` is the uuid of the person who sent it, None for the portal itself."""

    uuid: UUID
    kind: LetterKind
    topic: UUID
    school: UUID | None
    payload: Any
    by: UUID | None
    written_at: dt.datetime


Apply = Callable[[Letter], None]


@dataclass(frozen=True)
class Receiver:
    """The one function that applies letters of a kind."""

    kind: LetterKind
    apply: Apply

    def __call__(self, letter: Letter) -> None:
        self.apply(letter)


KINDS: Table[LetterKind] = Table(lambda kind: kind.code)
"""A code belongs to one kind for ever."""
RECEIVERS: Table[Receiver] = Table(lambda receiver: receiver.kind.code)


def receives(kind: LetterKind) -> Callable[[Apply], Receiver]:
    """Decorator of the one function that applies letters of the kind; it writes rows and never does I/O. The
    room gives it to `RECEIVERS`.
    """
    return lambda function: Receiver(kind, function)


def send(
    kind: LetterKind, payload: Payload, *, topic: UUID, by: Actor, school: UUID | None = None, title: str = ""
) -> UUID:
    """Write the letter into the outbox of this contour, in the transaction of the work it tells of.

    Returns the letter's uuid. Raises Misdirected if the kind does not go this way, ValueError if the payload
    is another's.
    """
    here = current_school.get()
    _check_direction(kind, payload, here, school)
    row = record_model("Outbox").objects.create(
        kind=kind.code,
        topic=topic,
        school=school,
        payload=payload.model_dump(mode="json"),
        created_by=by.user,
    )
    if kind.act and here:
        disclose(
            by,
            kind=kind.code,
            title=title or kind.title,
            object_uuid=topic,
            letter=row.uuid,
            recipient=kind.recipient,
            basis=kind.basis,
            carries=kind.carries,
        )
    wake_post(here)
    return UUID(str(row.uuid))


def rewrite(kind: LetterKind, topic: UUID, **values: Any) -> None:
    """What a letter carried has served: its words go from the boxes of this contour. The letter stays, so
    that it is still known to have come.
    """
    for box in ("Inbox", "Outbox"):
        for row in record_model(box).objects.select_for_update().filter(kind=kind.code, topic=topic):
            row.payload = {**row.payload, **values}
            row.save_change("payload")


def wake_post(school: UUID | None) -> None:
    """Tell the relay at commit that this contour has a letter. A sweep each minute finds what was not heard:
    it goes to the schools that have said so in the table of waiting mail.
    """
    if school:
        contour: str = connection.schema_name  # type: ignore[attr-defined]
        apps.get_model("tenants", "WaitingMail").objects.create(contour=contour, box="outbox")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('post', %s)", [str(school or "city")])


def _check_direction(kind: LetterKind, payload: Payload, here: UUID | None, school: UUID | None) -> None:
    if not isinstance(payload, kind.payload):
        raise ValueError(f"{kind.code} carries {kind.payload.__name__}")
    if bool(here) == bool(school):
        raise ValueError(
            f"{kind.code} goes {kind.direction}: a school writes to the city, the city names a school"
        )
    kind.check_way(to_school=school is not None)
