"""Letters that stopped in the boxes of schools: seen and let go on under the role of the post, which knows
boxes and nothing else.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from portal.core import clock
from tenants import waiting
from tenants.context import as_post, in_city, sending_schools
from tenants.models import MailBox, schema_of

MANY = 200
_BOXES = """SELECT n.nspname FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid AND
c.relname = 'school_records_inbox' WHERE n.nspname = ANY(%s)"""
_STOPPED = "i.applied_at IS NULL AND (i.stopped OR i.set_aside_at IS NOT NULL)"


@dataclass(frozen=True)
class Stopped:
    """A letter that is not applied: its kind and its trouble, never its content."""

    school: UUID
    uuid: UUID
    kind: str
    topic: UUID
    written_at: dt.datetime
    attempts: int
    trouble: str
    set_aside_at: dt.datetime | None
    behind: int


def stopped_in_schools() -> list[Stopped]:
    """Stopped and set aside letters of schools' inboxes, the oldest first; three questions to the database,
    and none to a school that has no such letter.
    """
    with in_city():
        troubled = sending_schools().filter(schema_name__in=waiting.contours(MailBox.STOPPED))
        schools = [school.uuid for school in troubled[:MANY]]
    with as_post(), connection.cursor() as cursor:
        cursor.execute(_BOXES, [[schema_of(school) for school in schools]])
        there = {name for (name,) in cursor.fetchall()}
        found = " UNION ALL ".join(_stopped_of(school) for school in schools if schema_of(school) in there)
        if not found:
            return []
        cursor.execute(f"{found} ORDER BY 5 LIMIT {MANY}")
        return [Stopped(*row) for row in cursor.fetchall()]


def _stopped_of(school: UUID) -> str:
    inbox = f'"{schema_of(school)}".school_records_inbox'
    behind = (
        f"SELECT count(*) FROM {inbox} later WHERE later.topic = i.topic AND later.applied_at IS NULL AND "
        "later.set_aside_at IS NULL AND later.id > i.id"
    )
    return (
        f"SELECT '{school}'::uuid, i.uuid, i.kind, i.topic, i.written_at, i.attempts, i.trouble, "
        f"i.set_aside_at, CASE WHEN i.stopped THEN ({behind}) ELSE 0 END "
        f"FROM {inbox} i WHERE {_STOPPED}"
    )


def let_go_on(school: UUID, letter: UUID, *, again: bool) -> None:
    """Once more, or put aside so that what stands behind it goes on. A letter that was applied meanwhile
    stays as it is.
    """
    schema, aside = schema_of(school), None if again else clock.now()
    inbox = f'"{schema}".school_records_inbox'
    with as_post(), transaction.atomic(), connection.cursor() as cursor:
        noted = waiting.seen(schema, MailBox.STOPPED)
        cursor.execute(
            f"UPDATE {inbox} SET stopped = false, attempts = 0, set_aside_at = %s WHERE uuid = %s AND "
            "applied_at IS NULL",
            [aside, letter],
        )
        waiting.note(schema, MailBox.INBOX)
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {inbox} i WHERE {_STOPPED})")
        if not cursor.fetchone()[0]:
            waiting.forget(noted)
