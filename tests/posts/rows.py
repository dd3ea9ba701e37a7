"""What a row of the table of writes says, and what may be seen of an effect: rows of every table of both
contours.
"""

import html
import json
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from portal.core.actor import Actor
from tenants.context import in_school
from tenants.models import School

ANOTHER = 0
"""`again` of a row whose second, deliberate act makes one more (a second meeting, a second practice)."""
MARKS = (
    "repeatkey",
    "readline",
    "django_session",
    "city_cache",
    "procrastinate_events",
    "procrastinate_periodic",
    "procrastinate_workers",
    "django_migrations",
)
"""Tables that remember the asking itself, not its effect."""
OUTBOX, WAITING = "school_records_outbox", "city:tenants_waitingmail"
Fields = Mapping[str, Any]


@dataclass(frozen=True)
class World:
    """What scenes are built from: both schools, actors in their own contour, and contexts."""

    school5: School
    actor: Callable[..., Actor]

    def who(self, key: str) -> Actor:
        return self.actor(key)

    def inside(self, contour: str) -> AbstractContextManager[Any]:
        return in_school(self.school5) if contour == "school" else nullcontext()


@dataclass
class Scene:
    """An address that is ready for its POST. `obj` carries the version; `page` shows the form ("" when no
    page does); `later`: another person moves it on.
    """

    url: str
    fields: Fields = field(default_factory=dict)
    obj: Any = None
    page: str | None = None
    later: Callable[[], Any] | None = None
    secret: str = ""


@dataclass(frozen=True)
class Post:
    """One address. `effect` is what the first POST does, in rows: `table+1` more, `table~` changed; `again`
    answers the same act by another key.
    """

    name: str
    who: str
    scene: Callable[[World], Scene]
    effect: str
    again: int = 409
    first: int = 302
    contour: str = "school"
    api: str = ""
    """The verb of an API address ("post", "put"); empty for a page."""


def snapshot(school: School) -> dict[str, tuple[int, int]]:
    """Table → (rows, a sum over their whole content), in the school and in the city."""
    city = _tables("public", "city:")
    with in_school(school):
        return {**city, **_tables(school.schema_name, "")}


def _tables(schema: str, mark: str) -> dict[str, tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r' AND "
            "has_table_privilege(oid, 'SELECT') ORDER BY relname",
            [schema],
        )
        names = [name for (name,) in cursor.fetchall() if not any(part in name for part in MARKS)]
        parts = [
            f"SELECT '{name}', count(*), coalesce(sum(hashtext(t::text)::bigint), 0) FROM "
            f'"{schema}"."{name}" t'
            for name in names
        ]
        cursor.execute(" UNION ALL ".join(parts))
        return {f"{mark}{name}": (int(count), int(content)) for name, count, content in cursor.fetchall()}


def effect(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> str:
    """«journalline+1 pair~»: what became of the tables, in one line; the city's tables say so.

    A letter of a school is told once, as `outbox`: that its box has mail goes with it.
    """
    told = []
    told_of_letters = before.get(OUTBOX) != after.get(OUTBOX)
    for name in after:
        if name == WAITING and told_of_letters:
            continue
        grown = after[name][0] - before[name][0]
        short = ("city:" if name.startswith("city:") else "") + name.rsplit("_", 1)[-1]
        if grown:
            told.append(f"{short}{grown:+d}")
        elif after[name] != before[name]:
            told.append(f"{short}~")
    return " ".join(sorted(told))


def send(client: Client, row: Post, scene: Scene, *, key: str = "", version: int | None = None) -> Any:
    """The POST of a row: a page's fields or an API body, with a repeat key and the version that the sender
    has seen.
    """
    key = key or uuid4().hex
    if row.api:
        headers = {"Idempotency-Key": key, **({"If-Match": f'"{version}"'} if version is not None else {})}
        if any(isinstance(value, tuple) for value in scene.fields.values()):
            return client.post(scene.url, fresh(scene.fields), headers=headers)
        return getattr(client, row.api)(
            scene.url, json.dumps(scene.fields, default=str), content_type="application/json", headers=headers
        )
    stamp = {"version": str(version)} if version is not None else {}
    return client.post(scene.url, {**fresh(scene.fields), **stamp, "repeat_key": key})


def fresh(fields: Fields) -> dict[str, Any]:
    """Files are read to their end by a POST: each POST gets its own."""
    return {
        name: SimpleUploadedFile(value[0], value[1]) if isinstance(value, tuple) else value
        for name, value in fields.items()
    }


def typed(fields: Fields) -> list[str]:
    """What a person wrote in words: losing it would be felt."""
    return [value for value in fields.values() if isinstance(value, str) and len(value) > 20 and " " in value]


def words_of(answer: Any) -> str:
    """What an answer says, as people read it."""
    return html.unescape(answer.content.decode()).replace("\xa0", " ")


def gist_of(answer: Any) -> str:
    """The middle of a page without its marks: what a failing test shows."""
    middle = re.sub(r"<(script|style|nav|header|footer).*?</\1>", "", words_of(answer), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", middle).split())[:1500]
