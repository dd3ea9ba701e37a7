"""What people paste: more than a field holds, and signs that turn the direction of other words. Asked of
every form that the table of writes opens.
"""

from html.parser import HTMLParser
from typing import Any

from django.db import connection
from django.test import Client

from tenants.context import in_school
from tenants.models import School
from tests.posts.rows import MARKS, Fields, Post, Scene, effect, gist_of, send, snapshot
from tests.posts.saying import badly_refused

LONG = ("семь тысяч знаков вставлено из старого отчёта, и ни один не потерян; " * 110)[:7204] + "."
STRANGE = "\u202e\ufffe"
"""A sign that turns the direction of other words, and one that stands in no text: with it no Excel and no
Word file can be made.
"""
MEASURED = ("numeric", "decimal", "email", "url", "tel")
"""Dates, numbers and addresses: their shape says how long they are."""


class Form(HTMLParser):
    """Text fields of the POST forms of a page, by name: what they hold, and how much they may."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, str] = {}
        self.attributes: dict[str, dict[str, str | None]] = {}
        self.inside, self.posts = "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.posts = given.get("method") == "post"
        name = given.get("name") or ""
        if (
            name
            and self.posts
            and (tag == "textarea" or (tag == "input" and given.get("type", "text") in ("text", "search")))
        ):
            self.attributes[name] = given
            self.values[name] = given.get("value") or ""
            self.inside = name if tag == "textarea" else ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.values[self.inside] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.inside = ""


def overfilled(row: Post, scene: Scene, own: Client, school: School) -> None:
    """7 205 signs into every text field at once: refused in the portal's words at each field, shown whole
    again, nothing done.
    """
    page = scene.url if scene.page is None else scene.page
    if row.api or not page:
        return
    fields = {
        name: given
        for name, given in Form(own.get(page).content.decode()).attributes.items()
        if given.get("inputmode") not in MEASURED
    }
    endless = [
        name for name, given in fields.items() if not given.get("data-signs") and name not in BOUNDLESS
    ]
    assert not endless, f"дайте полям max_length: {endless}"
    named = [
        name
        for name, given in fields.items()
        if name in scene.fields and 0 < int(given.get("data-signs") or 0) < len(LONG)
    ]
    if not named:
        return
    before = snapshot(school)
    nonsense = send(
        own,
        row,
        Scene(
            scene.url, {**_counts(scene.fields), **{name: LONG if name in named else "ы" for name in fields}}
        ),
        version=getattr(scene.obj, "version", None),
    )
    assert not badly_refused(nonsense), badly_refused(nonsense)
    answer = send(
        own,
        row,
        Scene(scene.url, {**scene.fields, **dict.fromkeys(named, LONG)}),
        version=getattr(scene.obj, "version", None),
    )
    assert answer.status_code == 422, (answer.status_code, gist_of(answer))
    shown = Form(answer.content.decode())
    assert {name: shown.values.get(name, "").strip() for name in named} == dict.fromkeys(named, LONG), (
        "вставленное обрезано"
    )
    said = answer.content.decode().replace("\xa0", " ")
    assert said.count('class="field-error"') >= len(named), (
        f"не у каждого из полей {named} сказано, что текст длинный"
    )
    assert not badly_refused(answer), badly_refused(answer)
    changed = effect(before, snapshot(school))
    # a file that came with the refused form is kept with the attempt
    assert changed in ("", "keptupload+1 storedfile+1", "keptupload~ storedfile~"), changed


def _counts(fields: Fields) -> dict[str, Any]:
    """What a browser always sends of rows that are repeated."""
    return {name: value for name, value in fields.items() if name.endswith("_FORMS")}


BOUNDLESS: tuple[str, ...] = ("comment",)
"""Fields drawn by hand, whose sentence may be of any length."""


def turned(fields: Fields) -> dict[str, Any]:
    """What a person wrote in words, with strange signs inside."""
    return {
        name: f"{value[:9]}{STRANGE}{value[9:]}"
        if isinstance(value, str) and len(value) > 20 and " " in value
        else value
        for name, value in fields.items()
    }


def turning_rows(school: School) -> list[str]:
    """Tables of both contours that have kept such a sign."""
    found = _turning("public")
    with in_school(school):
        return found + _turning(school.schema_name)


def _turning(schema: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r' AND "
            "has_table_privilege(oid, 'SELECT')",
            [schema],
        )
        names = [name for (name,) in cursor.fetchall() if not any(part in name for part in MARKS)]
        cursor.execute(
            " UNION ALL ".join(
                f'SELECT \'{name}\' FROM "{schema}"."{name}" t WHERE t::text ~ %s' for name in names
            ),
            [f"[{STRANGE}]"] * len(names),
        )
        return [name for (name,) in cursor.fetchall()]
