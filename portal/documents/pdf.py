"""PDF that the portal itself publishes: typst templates, tagged PDF/UA-1 with selectable Russian text."""

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

import typst

from portal.documents.typography import tied

FOLDER = Path(__file__).parent / "typst"
FONTS = Path(__file__).parents[1] / "ui" / "static" / "ui" / "build" / "fonts"
PDF = "application/pdf"
COMMON = frozenset(map(chr, (*range(0x20, 0x7F), *range(0x410, 0x450), *map(ord, "\n\u00a0Ёё«»„“–—…№"))))
"""What both of the faces have: it is not looked for."""
UNSHOWN = "□"
"""Stands for a sign that no face here can show (a smiley): a PDF/UA with a missing sign is refused whole."""


class PdfError(RuntimeError):
    """Template and data do not fit: a mistake of ours, never of the person."""


def render_pdf(template: str, data: object) -> bytes:
    """`typst/<template>.typ` filled with a dataclass or a mapping, as tagged PDF/UA-1.

    Data goes as JSON, never into the text of the template. Golos Text is used when the front end is built,
    otherwise typst's own serif with Cyrillic. «practice» wants the fields of forms.PracticeCard and may have
    `published_on` and `address` (of the page). Raises PdfError when there is no such template or it does not
    compile.
    """
    source = FOLDER / f"{template}.typ"
    if not source.is_file():
        raise PdfError(f"There is no template {template}")
    content = _shown(_tied(asdict(data) if is_dataclass(data) and not isinstance(data, type) else data))
    if not isinstance(content, Mapping):
        raise TypeError("A form or a mapping is needed")
    try:
        made = typst.compile(
            source,
            root=FOLDER,
            format="pdf",
            font_paths=[FONTS] if FONTS.is_dir() else [],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(content, default=_plain, ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        raise PdfError(f"{template}: {error}") from error
    if not isinstance(made, bytes):
        raise PdfError(f"{template}: several files instead of one")
    return made


def _tied(value: Any) -> Any:
    """Number, initials and dates stay with their word, as in Word."""
    if isinstance(value, str):
        return tied(value)
    if isinstance(value, Mapping):
        return {key: _tied(one) for key, one in value.items()}
    return [_tied(one) for one in value] if isinstance(value, (list, tuple)) else value


def _shown(value: Any) -> Any:
    """Whatever was typed, in signs that the faces have."""
    if isinstance(value, str):
        if COMMON.issuperset(value):
            return value
        return "".join(one if one in COMMON or _has_sign(one, FONTS) else UNSHOWN for one in value)
    if isinstance(value, Mapping):
        return {key: _shown(one) for key, one in value.items()}
    return [_shown(one) for one in value] if isinstance(value, list) else value


@lru_cache(maxsize=4_096)
def _has_sign(sign: str, fonts: Path) -> bool:
    """Asked of Typst itself, once for each sign: some milliseconds."""
    try:
        typst.compile(
            FOLDER / "sign.typ",
            format="pdf",
            font_paths=[fonts] if fonts.is_dir() else [],
            ignore_system_fonts=True,
            sys_inputs={"sign": sign},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError:
        return False
    return True


def _plain(value: object) -> str:
    """Dates as дд.мм.гггг, decimals with a comma: how they are printed."""
    if isinstance(value, (date, datetime)):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be printed")
