"""Forms of a page as a test reads, fills and sends them."""

import datetime as dt
import re
from html.parser import HTMLParser
from typing import Any

from django.forms import BooleanField, ChoiceField

from portal.core import clock
from portal.ui.dates import read_date
from tests.posts.rows import Scene


class Forms(HTMLParser):
    """The POST forms of a page: name → the values that a browser would send of it; boxes and choices with all
    they offer.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Form] = []
        self.inside, self.area, self.select = False, "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = (given.get("method") or "").lower() == "post"
            self.found += [Form(given.get("action") or "")] if self.inside else []
        elif (
            self.inside
            and tag in ("input", "textarea", "select")
            and given.get("name")
            and "disabled" not in given
        ):
            self._field(tag, given)
        elif tag == "option" and self.select:
            self.found[-1].offered.setdefault(self.select, []).append(given.get("value") or "")
            if "selected" in given:
                self.found[-1].sent[self.select] = [given.get("value") or ""]

    @staticmethod
    def _kind(kind: str, given: dict[str, str | None]) -> str:
        """Dates and numbers are typed into text fields that differ by their keyboard."""
        keyboards = {"decimal": "number", "numeric": "date" if given.get("data-width") != "5" else "time"}
        return keyboards.get(given.get("inputmode") or "", kind) if kind == "text" else kind

    def _field(self, tag: str, given: dict[str, str | None]) -> None:
        form, name, kind = self.found[-1], str(given["name"]), given.get("type") or "text"
        form.kinds[name] = self._kind(kind, given) if tag == "input" else tag
        if tag != "input":
            self.area, self.select = (name, "") if tag == "textarea" else ("", name)
            form.sent.setdefault(name, [""])
        elif kind in ("checkbox", "radio"):
            form.offered.setdefault(name, []).append(given.get("value") or "on")
            if "checked" in given:
                form.sent.setdefault(name, []).append(given.get("value") or "on")
        elif kind not in ("file", "submit", "button"):
            form.sent.setdefault(name, []).append(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.area:
            begun = self.found[-1].sent[self.area][0]
            # as browsers do
            self.found[-1].sent[self.area] = [begun + data if begun else data.removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        self.area = "" if tag == "textarea" else self.area
        self.inside = self.inside and tag != "form"
        if tag == "select" and self.select:
            offered = self.found[-1].offered.get(self.select, [""])
            if self.found[-1].sent[self.select] == [""] and "" not in offered:
                self.found[-1].sent[self.select] = offered[:1]
            self.select = ""


class Form:
    def __init__(self, action: str) -> None:
        self.action = action
        self.sent: dict[str, list[str]] = {}
        self.offered: dict[str, list[str]] = {}
        self.kinds: dict[str, str] = {}
        self.files: dict[str, Any] = {}


SAMPLES = {"number": ("1", "2"), "email": ("another@school5.example",), "url": ("https://another.example/",)}


WHOLE = re.compile(r",0+$")


CODE = re.compile(r"True|False|None|[a-z][a-z_]*|[0-9a-f-]{36}")


def other_value(scene: Scene, form: Form, name: str) -> list[str]:
    """What a person might have put instead: what the row of the table types there, else something of the
    kind.
    """
    now, kind = form.sent.get(name, []), form.kinds[name]
    typed = as_sent(scene.fields.get(name, []))
    if typed and not alike(typed, now):
        return typed
    if kind == "checkbox":
        return (
            [*now, *[value for value in form.offered[name] if value not in now][:1]]
            if len(form.offered[name]) > len(now)
            else now[1:]
        )
    if name in form.offered:
        return next(([value] for value in form.offered[name] if value and [value] != now), now)
    text = now[0] if now else ""
    if kind == "date":
        return [another_day(text)]
    if kind in SAMPLES:
        return [next(sample for sample in SAMPLES[kind] if not alike([sample], [text]))]
    return [f"{text} дописано".strip()]


def has_words(difference: Any) -> bool:
    field = getattr(difference.field, "field", None)
    return isinstance(field, ChoiceField | BooleanField)


def another_day(text: str) -> str:
    """Within the term that begins today and ends with the day that is shown."""
    shown, a_day = read_date(text) if text else clock.today(), dt.timedelta(days=1)
    return f"{shown + a_day if text and shown <= clock.today() else shown - a_day * bool(text):%d.%m.%Y}"


def alike(one: list[str], other: list[str]) -> bool:
    """The same ticks in another order, 5 and 5,0."""
    return sorted(WHOLE.sub("", value) for value in one) == sorted(WHOLE.sub("", value) for value in other)


def as_sent(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
