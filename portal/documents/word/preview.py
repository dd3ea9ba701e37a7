"""What a Word document says, for a preview on a page: paragraphs and tables, with the inserted values
marked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from docx.blkcntnr import BlockItemContainer
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.table import Table
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import TemplateError

from portal.documents.word import FOLDER, WordError, _as_mapping, _environment, _printed, tie

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
    """The document as it will be printed. Raises WordError as `render_docx` does.

    The same steps as in a whole document, of its body alone: headers, properties and the file itself show
    nothing here, and take four fifths of the time.
    """
    master, source = _master(template_name)
    try:
        text = master.render_xml_part(source, master.docx.part, _as_mapping(context), _marking())
    except TemplateError as error:
        raise WordError(f"{template_name}: {error}") from error
    body = parse_xml(text)
    tie(body)
    return blocks_of(BlockItemContainer(body, master.docx.part))


@cache
def _master(template_name: str) -> tuple[DocxTemplate, str]:
    """The masters are few and never change while we run."""
    path = FOLDER / f"{template_name}.docx"
    if not path.is_file():
        raise WordError(f"There is no template {template_name}")
    master = DocxTemplate(path)
    master.render_init()
    return master, master.patch_xml(master.get_xml())


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
    runs = paragraph.runs
    bold = bool(runs) and all(run.bold for run in runs if run.text.strip())
    pieces: list[Piece] = []
    for position, part in enumerate(paragraph.text.replace(CLOSE, OPEN).split(OPEN)):
        text = part.replace("\t", " ").replace("\n", " ")
        if text:
            pieces.append(Piece(text, filled=position % 2 == 1, bold=bold))
    return tuple(pieces) if any(piece.text.strip() for piece in pieces) else ()
