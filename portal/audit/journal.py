"""Writing the journals. The journal of transitions is written by listening to `transitioned`."""

from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any
from uuid import UUID

from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.core.reading import Given

if TYPE_CHECKING:
    # the tables of these are not there yet when the settings name the log
    from portal.core.workflow import Move, Workflow

request_id: ContextVar[str] = ContextVar("request_id", default="")


def record(
    by: Actor,
    verb: str,
    obj: Any,
    *,
    changes: dict[str, Any] | None = None,
    comment: str = "",
    source: str = "",
) -> None:
    """One line of the journal of writing. `changes` holds names of fields with old and new plain values."""
    line = _line(by, verb, obj)
    line.source, line.changes, line.comment = source, changes or {}, comment
    line.save(force_insert=True)


def record_each(by: Actor, verb: str, objects: Sequence[Any]) -> None:
    """The same verb of many objects, a line for each, in one question to the database."""
    record_model("JournalLine").objects.bulk_create([_line(by, verb, obj) for obj in objects])


def _line(by: Actor, verb: str, obj: Any) -> Any:
    return record_model("JournalLine")(
        actor=by.user,
        via=by.via,
        verb=verb,
        model=obj._meta.label,
        object_uuid=obj.uuid,
        target=getattr(obj, "state", ""),
        request_id=request_id.get(),
        created_by=by.user,
    )


def record_transition(*, transition: Any, obj: Any, move: "Move[Any]", **_: Any) -> None:
    """Receiver of `portal.core.workflow.transitioned`."""
    record(move.by, transition.verb, obj, comment=move.comment, source=move.source)


def why(obj: Any, flow: "Workflow[Any]") -> str:
    """What was written by whoever brought the object to its present state by a step that asks why: those whom
    it concerns read it on its page. Empty when the state is reached without such a step.
    """
    if not any(row.needs_comment and row.target == obj.state for row in flow.transitions):
        return ""
    steps = record_model("JournalLine").objects.filter(object_uuid=obj.uuid).exclude(source="")
    last = steps.order_by("-created_at", "-pk").first()
    return str(last.comment) if last is not None and last.target == obj.state else ""


def note_reading(page: str, by: Actor, given: Given, own: Iterable[UUID] = ()) -> set[UUID]:
    """One line of the journal of reading: whose data the page gave to the reader. The reader's own are not a
    reading.
    """
    subjects = given.subjects() - set(own)
    if subjects:
        record_model("ReadLine").objects.create(
            actor=by.user,
            page=page[:200],
            subjects=sorted(subjects),
            request_id=request_id.get(),
            created_by=by.user,
        )
    return subjects


def disclose(
    by: Actor,
    *,
    kind: str,
    title: str,
    object_uuid: UUID,
    letter: UUID,
    recipient: str,
    basis: str,
    carries: str,
) -> None:
    """One line of the school's disclosure journal; only a school has one."""
    record_model("DisclosureLine").objects.create(
        actor=by.user,
        kind=kind,
        title=title[:250],
        object_uuid=object_uuid,
        letter=letter,
        recipient=recipient,
        basis=basis,
        carries=carries[:500],
        created_by=by.user,
    )
