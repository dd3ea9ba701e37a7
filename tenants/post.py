"""The post between contours: carries letters from outboxes to inboxes and applies them, once and in order per
object.

Each step is one transaction and may be killed before and after: carrying is repeated harmlessly by the
letter's uuid, applying by `applied_at`. A letter that cannot be applied stops its own object only and is
shown to the operator.
"""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import OperationalError, ProgrammingError, connection, transaction
from django.db.models import Exists, OuterRef, Q

from portal.core import clock
from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.core.errors import without_words
from portal.exchange import KINDS, RECEIVERS, Letter
from tenants import waiting
from tenants.context import as_post, in_city, in_school, open_schools, school_here, sending_schools
from tenants.jobs import JOB
from tenants.models import MailBox, School, schema_of

log = logging.getLogger("estafeta.post")
MAX_ATTEMPTS = 5
BATCH = 100
Row = tuple[Any, ...]
"""A letter of an outbox, as `_carry` asks for it."""
Step = Callable[[str], None]


def _no_step(name: str) -> None:
    """Tests put a `kill -9` here, between every two steps."""


after_step: Step = _no_step


def carry_from_school(school_uuid: UUID) -> int:
    """Move the unsent letters of one school into the city's inbox. Returns how many were carried."""
    schema = schema_of(school_uuid)
    return len(
        _carry(f'"{schema}".school_records_outbox', lambda row: "public.city_records_inbox", school_uuid, [])
    )


def carry_from_city() -> list[UUID]:
    """Move the city's unsent letters into the inboxes of their schools. Returns the school of each letter
    that was carried.

    Letters to a school whose inbox is not as the code wants it (a release has not reached the school) wait,
    and hold up no other school.
    """
    closed: list[UUID] = []
    while True:
        try:
            return _carry(
                "public.city_records_outbox",
                lambda row: f'"{schema_of(row[5])}".school_records_inbox',
                None,
                closed,
            )
        except _ClosedInbox as found:
            log.exception("the inbox of a school does not take letters", extra={"school": str(found.school)})
            closed.append(found.school)


class _ClosedInbox(Exception):
    def __init__(self, school: UUID) -> None:
        super().__init__(str(school))
        self.school = school


def _carry(
    outbox: str, inbox_of: Callable[[Row], str], sender: UUID | None, closed: list[UUID]
) -> list[UUID]:
    """Letters of an object leave in the order in which they were written: an outbox is emptied by one relay
    at a time.

    Two relays that pass each other's letters by (SKIP LOCKED) could put a later letter of an object before an
    earlier one.
    """
    with as_post(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"post: {outbox}"])
        noted = waiting.seen(schema_of(sender), MailBox.OUTBOX) if sender else []
        cursor.execute(
            f"SELECT uuid, kind, topic, payload::text, created_by, school, created_at, id FROM {outbox} "
            "WHERE sent_at IS NULL AND NOT coalesce(school = ANY(%s::uuid[]), false) ORDER BY id LIMIT "
            f"{BATCH} FOR UPDATE",
            [closed],
        )
        rows = cursor.fetchall()
        after_step("letters taken")
        for row in rows:
            _put(cursor, inbox_of(row), row, sender)
            after_step("letter put")
            cursor.execute(f"UPDATE {outbox} SET sent_at = %s WHERE id = %s", [clock.now(), row[7]])
            after_step("letter marked")
        for school in {row[5] for row in rows if sender is None}:
            waiting.note(schema_of(school), MailBox.INBOX)
            after_step("receiver noted")
        if len(rows) < BATCH:
            waiting.forget(noted)
            after_step("outbox forgotten")
    after_step("outbox emptied")
    return [row[5] for row in rows]


def _put(cursor: Any, inbox: str, row: Row, sender: UUID | None) -> None:
    """Raises _ClosedInbox when the table of the receiving school is not as this code knows it."""
    try:
        cursor.execute(
            f"INSERT INTO {inbox} (uuid, version, created_at, updated_at, kind, topic, payload, sent_by, "
            "school, written_at, attempts, trouble, stopped) "
            "VALUES (%s, 1, %s, %s, %s, %s, %s, %s, %s, %s, 0, '', false) ON CONFLICT (uuid) DO NOTHING",
            [row[0], clock.now(), clock.now(), row[1], row[2], row[3], row[4], sender, row[6]],
        )
    except ProgrammingError as error:
        if row[5] is None:
            raise
        raise _ClosedInbox(row[5]) from error


def apply_in_city() -> int:
    """Apply what has come to the city."""
    with in_city():
        return _apply_all(None)


def apply_in_school(school: School) -> int:
    """Apply what has come to the school. Its box is among those that have mail until nothing is due in it."""
    with in_school(school):
        noted = waiting.seen(school.schema_name, MailBox.INBOX)
        applied = _apply_all(school.uuid)
        if noted and not _due(school.uuid).exists():
            waiting.forget(noted)
            after_step("inbox forgotten")
        return applied


def _apply_all(school: UUID | None) -> int:
    """One letter at a time, each in a transaction of its own, skipping objects of a sender whose letter is
    stopped or has failed just now.
    """
    inbox = record_model("Inbox")
    due = _due(school).order_by("id").values_list("pk", "school", "topic")
    failed: set[tuple[UUID | None, UUID]] = set()
    applied = 0
    for pk, sender, topic in list(due[: BATCH * 10]):
        if (sender, topic) in failed:
            continue
        if _apply_one(inbox, pk, school):
            applied += 1
        else:
            failed.add((sender, topic))
    return applied


def _due(school: UUID | None) -> Any:
    """The letters of this contour's inbox that may be applied now."""
    inbox = record_model("Inbox")
    same_sender = Q(school=OuterRef("school")) | Q(school=None)
    stopped = inbox.objects.filter(same_sender, topic=OuterRef("topic"), applied_at=None, stopped=True)
    return inbox.objects.filter(~Exists(stopped), ~_held(school), applied_at=None, set_aside_at=None)


def _held(school: UUID | None) -> Q:
    """The jobs of a halted school wait in the city's inbox until its work goes on."""
    return Q(pk=None) if school else Q(kind=JOB.code) & ~Q(school__in=open_schools().values("uuid"))


def _apply_one(inbox: type[Any], pk: int, school: UUID | None) -> bool:
    """True when the letter is applied, by us or by another relay for which we have waited; the next of its
    object may follow.
    """
    try:
        with transaction.atomic():
            row = inbox.objects.select_for_update().get(pk=pk)
            if row.applied_at or row.stopped or row.set_aside_at:
                return not row.stopped
            RECEIVERS[row.kind](_letter(row, school))
            after_step("letter applied")
            row.applied_at, row.trouble = clock.now(), ""
            row.save(update_fields=["applied_at", "trouble"])
            after_step("letter closed")
        after_step("letter done")
        return True
    except Exception as error:
        if isinstance(error, OperationalError) and not _too_much(error):
            # a dead database or a deadlock is no fault of the letter: it is tried again by the next sweep
            raise
        log.exception("a letter could not be applied", extra={"kind_of_error": type(error).__name__})
        _note_trouble(inbox, pk, school, error)
        return False


def _too_much(error: OperationalError) -> bool:
    """The letter holds more than the database can take (class 54: a text too long for its index): it would
    hold up all others for ever.
    """
    return str(getattr(error.__cause__, "sqlstate", "")).startswith("54")


def _letter(row: Any, school: UUID | None) -> Letter:
    """The letter as its receiver gets it. Its way is checked once more: an outbox is a table that wrong code
    can write past `send`.
    """
    kind = KINDS[row.kind]
    kind.check_way(to_school=school is not None)
    payload = kind.payload.model_validate(row.payload)
    return Letter(row.uuid, kind, row.topic, row.school or school, payload, row.sent_by, row.written_at)


def _note_trouble(inbox: type[Any], pk: int, school: UUID | None, error: Exception) -> None:
    row = inbox.objects.get(pk=pk)
    row.attempts += 1
    row.trouble, row.stopped = without_words(error), row.attempts >= MAX_ATTEMPTS
    with transaction.atomic():
        row.save(update_fields=["attempts", "trouble", "stopped"])
        if row.stopped and school:
            waiting.note(school_here().schema_name, MailBox.STOPPED)


def deliver_everything() -> int:
    """Carry and apply until nothing moves: the sweep of each minute, the demo and the tests."""
    total, moved = 0, 1
    while moved:
        moved = sweep()
        total += moved
    return total


def sweep() -> int:
    """One round over all contours that have mail. Returns how many letters were carried or applied."""
    moved = len(carry_from_city())
    moved += sum(_carried(school) for school in _with_mail(sending_schools(), MailBox.OUTBOX))
    moved += apply_in_city()
    return moved + sum(apply_in_school(school) for school in _with_mail(open_schools(), MailBox.INBOX))


def _with_mail(schools: Any, box: MailBox) -> list[School]:
    """One question to the city, however many schools it has."""
    with in_city():
        return list(schools.filter(schema_name__in=waiting.contours(box)))


def note_what_waits(by: Actor) -> None:
    """Each night in each school: a letter of which nobody has said that it waits, after a restored copy or a
    work by hand, is found all the same; and what waits no more is forgotten.
    """
    schema, inbox = school_here().schema_name, record_model("Inbox").objects
    stopped = inbox.filter(Q(stopped=True) | ~Q(set_aside_at=None), applied_at=None)
    unsent = record_model("Outbox").objects.filter(sent_at=None)
    letters = {MailBox.OUTBOX: unsent, MailBox.INBOX: _due(by.school), MailBox.STOPPED: stopped}
    for box, there in letters.items():
        noted = waiting.seen(schema, box)
        if not there.exists():
            waiting.forget(noted)
        elif not noted:
            waiting.note(schema, box)


def _carried(school: School) -> int:
    """A school whose outbox is not as this code knows it holds up no other."""
    try:
        return carry_from_school(school.uuid)
    except ProgrammingError:
        log.exception("the outbox of a school gives no letters", extra={"school": school.code})
        return 0


def deliver(school_uuid: UUID | None) -> int:
    """What a notice asks for: this contour wrote something."""
    if school_uuid is None:
        return sum(apply_in_school(school) for school in _open_among(carry_from_city()))
    carry_from_school(school_uuid)
    return apply_in_city()


def _open_among(schools: list[UUID]) -> list[School]:
    with in_city():
        return list(open_schools().filter(uuid__in=set(schools)))
