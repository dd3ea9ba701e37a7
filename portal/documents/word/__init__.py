"""Word documents from their master templates (`*.docx` of this folder), filled by docxtpl.

The masters are made by `make_templates.py`, so that a change of a template can be reviewed as text:
`python -m portal.documents.word.make_templates`.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from portal.documents.archives import undated
from portal.documents.typography import tied

FOLDER = Path(__file__).parent
TEXT = qn("w:t")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
NO_DATE = "«____» ______________ 20____ г."


class WordError(RuntimeError):
    """A template and its context do not fit: a mistake of ours, never of the person."""


def render_docx(template_name: str, context: object, *, title: str = "", note: str = "") -> bytes:
    """Fills `<template_name>.docx` with the fields of a form (a dataclass of `forms`) or of a mapping.

    Values are text and only text: markup and template signs in them are printed as typed. None prints
    nothing. `note` stands above each page.
    Raises WordError when there is no such template or the template wants what the context does not have.
    """
    return saved(filled(template_name, context, title=title, note=note))


def filled(template_name: str, context: object, *, title: str = "", note: str = "") -> Any:
    """The same, not written to a file yet."""
    path = FOLDER / f"{template_name}.docx"
    if not path.is_file():
        raise WordError(f"There is no template {template_name}")
    document = DocxTemplate(path)
    try:
        document.render(_as_mapping(context), jinja_env=_environment(), autoescape=True)
    except TemplateError as error:
        raise WordError(f"{template_name}: {error}") from error
    tie_document(document.docx)
    if title:
        document.docx.core_properties.title = title[:255]
    write_above(document.docx, note)
    return document.docx


def saved(document: Any) -> bytes:
    """The document as a file."""
    out = io.BytesIO()
    document.save(out)
    return undated(out.getvalue())


def tie_document(document: Any) -> None:
    """Number, initials, dates and units stay with their word, in every paragraph, cell and header."""
    tie(document.element.body)


def tie(body: Any) -> None:
    """The same of what stands in a document."""
    for node in body.iter(TEXT):
        node.text = tied(node.text or "")


def write_above(document: Any, note: str) -> None:
    """A small line at the head of each page; nothing when there is nothing to say."""
    if not note:
        return
    for section in document.sections:
        section.header.is_linked_to_previous = False
        paragraph = section.header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(tied(note))
        run.font.size = Pt(9)


def template_names() -> list[str]:
    """The codes of all masters: T-02, T-04…"""
    return sorted(path.stem for path in FOLDER.glob("T-*.docx"))


def _as_mapping(context: object) -> dict[str, Any]:
    if isinstance(context, Mapping):
        return dict(context)
    if is_dataclass(context) and not isinstance(context, type):
        return {field.name: getattr(context, field.name) for field in fields(context)}
    raise TypeError("A form or a mapping is needed")


class _Remembering(SandboxedEnvironment):
    """Compiles each part of a master once: the masters are few and never change while we run."""

    def from_string(self, source: Any, *args: Any, **kwargs: Any) -> Any:
        known: dict[str, Any] = self.__dict__.setdefault("known", {})
        if source not in known:
            known[source] = super().from_string(source, *args, **kwargs)
        return known[source]


@cache
def _environment() -> SandboxedEnvironment:
    environment = _Remembering(undefined=StrictUndefined, autoescape=True, finalize=_printed)
    environment.filters["day"] = _day
    environment.filters["blank"] = _blank
    return environment


def _printed(value: Any) -> Any:
    if value is None:
        return ""
    return CONTROL.sub("", value) if type(value) is str else value


def _day(value: date | datetime | None) -> str:
    """дд.мм.гггг, or a line to write on by hand."""
    return value.strftime("%d.%m.%Y") if value else NO_DATE


def _blank(value: str | None, width: int = 12) -> str:
    """The value, or a line to write on by hand."""
    return value or "_" * width
