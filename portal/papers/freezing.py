"""Keeping what was signed, and handing out the right text: the frozen one, or the draft that says so."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase

from portal.core import clock
from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.core.once import once_a_page
from portal.core.reading import page_of_reading, subjects_of
from portal.core.workflow import Move
from portal.documents import word_pdf
from portal.documents.forms import Form, noting_undeclined, remarked
from portal.documents.word import WORD
from portal.documents.word.preview import Block, Piece, preview
from portal.files.answers import attachment
from portal.files.storing import download, keep
from portal.papers.kinds import KINDS, PaperKind, kinds_of
from portal.papers.printing import ask_for_pdf

__all__ = [
    "KINDS",
    "PaperKind",
    "Shown",
    "answer",
    "blocks_of",
    "blocks_of_paper",
    "frozen",
    "shown",
    "without_pdf",
]
_pdf_at_once: ContextVar[bool] = ContextVar("papers_pdf_at_once", default=True)


@contextmanager
def without_pdf() -> Iterator[None]:
    """Papers signed here get their PDF when it is first asked for: for a year that is told at once."""
    token = _pdf_at_once.set(False)
    try:
        yield
    finally:
        _pdf_at_once.reset(token)


def frozen(kind: PaperKind, obj: Any) -> Any | None:
    """The edition that holds; None while the paper is a draft."""
    signed = editions(kind.code, obj.uuid)
    return None if not signed or signed[-1].is_void else signed[-1]


@once_a_page
def editions(code: str, subject: UUID) -> list[Any]:
    """All that was ever signed, the oldest first: what a paper says and what is said of it is one
    question.
    """
    rows = record_model("FrozenPaper").objects.filter(code=code, subject=subject)
    return list(rows.select_related("word", "pdf__file", "replaces").order_by("edition"))


def keep_signed(*, workflow: Any, transition: Any, obj: Any, move: Move[Any], **_: Any) -> None:
    """Receiver of `transitioned`, inside its transaction: a step that signs a paper freezes it."""
    for kind in kinds_of(workflow.name, obj):
        if transition.verb in kind.signed_by:
            _freeze(kind, obj, move.by)
        elif transition.verb in kind.taken_back_by:
            _add(kind, obj, move.by, title=kind.title, is_void=True)


def _freeze(kind: PaperKind, obj: Any, by: Actor) -> None:
    with page_of_reading() as given:
        form = kind.form(obj, by)
    people, former = sorted(given.subjects() | subjects_of(obj)), frozen(kind, obj)
    (content, blocks), name = form.signed(replaces=_named(former)), kind.name(obj)
    paper = _add(
        kind,
        obj,
        by,
        title=name[:300],
        replaces=former,
        people=people,
        facts=json.loads(json.dumps(asdict(form), default=_plain)),
        text=[asdict(block) for block in blocks],
        word=keep(f"{name}.docx"[-200:], content, "docx", by=by),
    )
    if word_pdf.available() and _pdf_at_once.get():
        ask_for_pdf(paper, by=by)


def _add(kind: PaperKind, obj: Any, by: Actor, **values: Any) -> Any:
    signed = editions(kind.code, obj.uuid)
    return record_model("FrozenPaper").objects.create(
        code=kind.code,
        subject=obj.uuid,
        edition=signed[-1].edition + 1 if signed else 1,
        created_by=by.user,
        **values,
    )


def _named(former: Any | None) -> str:
    """How a new edition names the one it replaces."""
    return (
        f"Взамен редакции {former.edition}, подписанной {clock.local(former.created_at):%d.%m.%Y}."
        if former
        else ""
    )


def _plain(value: object) -> str:
    if isinstance(value, (date, Decimal)):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no fact of a paper")


def answer(kind: PaperKind, obj: Any, by: Actor) -> HttpResponseBase:
    """The Word file: as it was signed, or the draft of today. Call it behind the door of the kind."""
    paper = frozen(kind, obj)
    if paper is not None:
        return download(paper.word)
    return attachment(kind.form(obj, by).docx(draft=kind.draft), f"{kind.name(obj)}, проект.docx", WORD)


def blocks_of(kind: PaperKind, obj: Any, by: Actor) -> list[Block]:
    """What the paper says, for its page: as it was signed, or the draft with the inserted data marked."""
    paper = frozen(kind, obj)
    if paper is not None:
        return blocks_of_paper(paper)
    form: Form = kind.form(obj, by)
    with noting_undeclined() as noted:
        blocks = preview(form.template, form)
    return remarked(blocks, noted)


def blocks_of_paper(paper: Any) -> list[Block]:
    """What this very edition says, for its page."""
    return [_block(row) for row in paper.text]


def _block(row: dict[str, Any]) -> Block:
    return Block(
        _pieces(row["pieces"]),
        row["centred"],
        tuple(tuple(_pieces(cell) for cell in line) for line in row["rows"]),
    )


def _pieces(rows: list[dict[str, Any]]) -> tuple[Piece, ...]:
    return tuple(Piece(**piece) for piece in rows)


@dataclass(frozen=True)
class Shown:
    """What a page says of a paper: the frozen one, its PDF, and what it replaced. Without a paper it is a
    draft.
    """

    kind: PaperKind
    paper: Any | None
    former: tuple[Any, ...] = ()
    pdf_possible: bool = False

    @property
    def pdf(self) -> Any | None:
        return getattr(self.paper, "pdf", None) if self.paper else None


def shown(kind: PaperKind, obj: Any) -> Shown:
    """One query for any number of editions."""
    rows = editions(kind.code, obj.uuid)
    holds = rows[-1] if rows and not rows[-1].is_void else None
    return Shown(
        kind, holds, tuple(row for row in rows if not row.is_void and row is not holds), word_pdf.available()
    )
