"""What a Word document says, for a preview on a page: paragraphs and tables, with the inserted values
marked.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import Table
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate

from portal.documents.word import FOLDER, WordError, _as_mapping, _environment, _printed, tie_document

OPEN, CLOSE = "\ue000", "\ue001"


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `filled` when the portal has put it in."""

    text: str
    filled: bool = False
    bold: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph (`pieces`, `centred`) or a table (`rows` of cells, each a list of pieces)."""

    pieces: tuple[Piece, ...] = ()
    centred: bool = False
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()


def blocks_of(document: Any) -> list[Block]:
    """What a filled document says, as it is."""
    return list(_blocks(document))


def preview(template_name: str, context: object) -> list[Block]:
    """The document as it will be printed. Raises WordError as `render_docx` does."""
    path = FOLDER / f"{template_name}.docx"
    if not path.is_file():
        raise WordError(f"There is no template {template_name}")
    template = DocxTemplate(path)
    environment = _marking()
    template.render(_as_mapping(context), jinja_env=environment, autoescape=True)
    tie_document(template.docx)
    out = io.BytesIO()
    template.save(out)
    return blocks_of(Document(io.BytesIO(out.getvalue())))


@cache
def _marking() -> Any:
    marking = _environment().overlay(finalize=_marked)
    marking.__dict__.pop("known", None)
    return marking


def _marked(value: Any) -> Any:
    """Only what a person would recognise as inserted data is marked: not lines to write on, not whole
    sentences of the template.
    """
    printed = _printed(value)
    if (
        type(printed) is not str
        or not printed.strip(" _")
        or "____" in printed
        or (len(printed) > 40 and printed.endswith((";", ".")))
    ):
        return printed
    return f"{OPEN}{printed}{CLOSE}"


def _blocks(document: Any) -> Iterator[Block]:
    for part in document.iter_inner_content():
        if isinstance(part, Paragraph):
            pieces = _pieces(part)
            if pieces:
                yield Block(pieces, part.alignment == WD_ALIGN_PARAGRAPH.CENTER)
        elif isinstance(part, Table):
            yield Block(rows=tuple(tuple(_cell(cell) for cell in row.cells) for row in part.rows))


def _cell(cell: Any) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for paragraph in cell.paragraphs:
        if pieces:
            pieces.append(Piece(" "))
        pieces += _pieces(paragraph)
    return tuple(pieces)


def _pieces(paragraph: Paragraph) -> tuple[Piece, ...]:
    bold = bool(paragraph.runs) and all(run.bold for run in paragraph.runs if run.text.strip())
    pieces: list[Piece] = []
    for position, part in enumerate(paragraph.text.replace(CLOSE, OPEN).split(OPEN)):
        text = part.replace("\t", " ").replace("\n", " ")
        if text:
            pieces.append(Piece(text, filled=position % 2 == 1, bold=bold))
    return tuple(pieces) if any(piece.text.strip() for piece in pieces) else ()
