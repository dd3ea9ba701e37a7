"""Word documents from their master templates (`*.docx` of this folder), filled by docxtpl.

The masters are made by `make_templates.py`, so that a change of a template can be reviewed as text:
`python -m portal.documents.word.make_templates`.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

FOLDER = Path(__file__).parent
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
NO_DATE = "«____» ______________ 20____ г."


class WordError(RuntimeError):
    """A template and its context do not fit: a mistake of ours, never of the person."""


def render_docx(template_name: str, context: object, *, title: str = "") -> bytes:
    """Fills `<template_name>.docx` with the fields of a form (a dataclass of `forms`) or of a mapping.

    Values are text and only text: markup and template signs in them are printed as typed. None prints nothing.
    Raises WordError when there is no such template or the template wants what the context does not have.
    """
    path = FOLDER / f"{template_name}.docx"
    if not path.is_file():
        raise WordError(f"There is no template {template_name}")
    document = DocxTemplate(path)
    try:
        document.render(_as_mapping(context), jinja_env=_environment(), autoescape=True)
    except TemplateError as error:
        raise WordError(f"{template_name}: {error}") from error
    if title:
        document.docx.core_properties.title = title[:255]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def template_names() -> list[str]:
    """The codes of all masters: T-02, T-04…"""
    return sorted(path.stem for path in FOLDER.glob("T-*.docx"))


def _as_mapping(context: object) -> dict[str, Any]:
    if isinstance(context, Mapping):
        return dict(context)
    if is_dataclass(context) and not isinstance(context, type):
        return {field.name: getattr(context, field.name) for field in fields(context)}
    raise TypeError("A form or a mapping is needed")


def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=_printed)
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
