"""Writing the journals. The journal of transitions is written by listening to `transitioned`."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from portal.core.actor import Actor
from portal.core.place import record_model

request_id: ContextVar[str] = ContextVar("request_id", default="")


@dataclass
class Reading:
    """What one page has shown: the subjects of personal data."""

    page: str
    by: Actor
    subjects: set[UUID] = field(default_factory=set)


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


def record(by: Actor, verb: str, obj: Any, *, changes: dict[str, Any] | None = None, comment: str = "", source: str = "") -> None:
    """One line of the journal of writing. `changes` holds names of fields with old and new plain values."""
    record_model("JournalLine").objects.create(
        actor=by.user, via=by.via, verb=verb, model=obj._meta.label, object_uuid=obj.uuid, source=source,
        target=getattr(obj, "state", ""), changes=changes or {}, comment=comment,
        request_id=request_id.get(), created_by=by.user,
    )  # fmt: skip


def record_transition(*, transition: Any, obj: Any, by: Actor, comment: str, source: str, **_: Any) -> None:
    """Receiver of `portal.core.workflow.transitioned`."""
    record(by, transition.verb, obj, comment=comment, source=source)


def noted_reading(model: type[Any], subjects: Iterable[UUID]) -> None:
    """Doors and lists of personal models call this; outside of a page (a job) it notes nothing."""
    reading = _reading.get()
    if reading is not None:
        reading.subjects.update(subjects)


@contextmanager
def page_of_reading(page: str, by: Actor) -> Iterator[None]:
    """Collects what the page showed and writes one line at its end, in the contour of the page."""
    reading = Reading(page, by)
    token = _reading.set(reading)
    try:
        yield
    finally:
        _reading.reset(token)
        if reading.subjects:
            record_model("ReadLine").objects.create(
                actor=by.user, page=page[:200], subjects=sorted(reading.subjects), request_id=request_id.get(), created_by=by.user
            )


def disclose(by: Actor, *, kind: str, title: str, object_uuid: UUID, letter: UUID, recipient: str, basis: str, carries: str) -> None:
    """One line of the school's disclosure journal; only a school has one."""
    record_model("DisclosureLine").objects.create(
        actor=by.user, kind=kind, title=title[:250], object_uuid=object_uuid, letter=letter,
        recipient=recipient, basis=basis, carries=carries[:500], created_by=by.user,
    )  # fmt: skip
