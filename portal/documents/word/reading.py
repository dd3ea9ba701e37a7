"""What somebody's Word file says, line by line: text with the numbers that Word writes by itself, and what
makes a line look like a heading.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from portal.core.errors import Invalid
from portal.core.text import plain
from portal.documents.word.numbering import Numbering, numbering_of

MOST_UNPACKED = 80 * 2**20
"""Bytes: a text of a hundred pages with pictures takes a tenth of it; more is a file made to fill a disk."""
MOST_LINES = 3000
BREAKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
ASIDE = {qn("w:txbxContent"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
"""Text boxes stand beside the text, and Word keeps each of them twice."""


@dataclass(frozen=True)
class Line:
    """A paragraph, or a row of a table. `level` is that of its heading style, 0 without one."""

    text: str
    number: str = ""
    level: int = 0
    bold: bool = False
    centred: bool = False

    @property
    def whole(self) -> str:
        return f"{self.number} {self.text}".strip()


def lines_of(content: bytes, field: str = "file") -> list[Line]:
    """The lines that say something. Raises Invalid at the field: no Word file, a locked or an endless one."""
    document = _opened(content, field)
    numbering = Numbering(document)
    found: list[Line] = []
    for line in _lines(document, numbering):
        if line.text:
            found.append(line)
        if len(found) > MOST_LINES:
            raise Invalid("file_long", f"В файле больше {MOST_LINES} абзацев: это не один документ.", field)
    return found


def _opened(content: bytes, field: str) -> Any:
    with _reading(field):
        parts = ZipFile(io.BytesIO(content)).infolist()
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Invalid("file_long", "Файл слишком велик внутри. Уберите из него картинки.", field)
    with _reading(field):
        document = Document(io.BytesIO(content))
        attrgetter("styles.element", "element.body.tag")(document)  # parts that have lost their kind
        numbering_of(document)
    return document


@contextmanager
def _reading(field: str) -> Iterator[None]:
    """Around calls of the libraries alone, so that no fault of ours is told as the person's file: of a spoilt
    one they raise anything, BadZipFile, zlib.error, KeyError, ParseError, AttributeError.
    """
    try:
        yield
    except Exception as error:
        raise Invalid(
            "file_content",
            "Файл не открывается как документ Word. Откройте его в Word, снимите пароль, если он есть, и "
            "сохраните как .docx.",
            field,
        ) from error


def _lines(document: Any, numbering: Numbering) -> Iterator[Line]:
    for block in _blocks(document.element.body, document._body):
        if isinstance(block, Table):
            for row in block.rows:
                yield Line(" | ".join(dict.fromkeys(_cell_text(cell) for cell in row.cells)).strip(" |"))
        elif not (block.style is not None and block.style.name.casefold().startswith("toc")):
            yield _line(block, numbering)


def _blocks(parent: Any, body: Any) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables, those of content controls too; a table of contents says everything twice."""
    for child in parent.iterchildren():
        if child.tag == qn("w:p"):
            yield Paragraph(child, body)
        elif child.tag == qn("w:tbl"):
            yield from _inside_of(Table(child, body), body)
        elif child.tag == qn("w:sdt"):
            gallery = child.find(f".//{qn('w:docPartGallery')}")
            inside = child.find(qn("w:sdtContent"))
            if inside is not None and (gallery is None or "Contents" not in gallery.get(qn("w:val"))):
                yield from _blocks(inside, body)


def _inside_of(table: Table, body: Any) -> Iterator[Paragraph | Table]:
    """A table of one column is a frame around a text: what stands in it is read as it stands."""
    if len(table.columns) != 1:
        yield table
        return
    for row in table.rows:
        for cell in row.cells:
            yield from _blocks(cell._tc, body)


def _cell_text(cell: Any) -> str:
    return " ".join(_text(paragraph) for paragraph in cell.paragraphs).strip()


def _line(paragraph: Any, numbering: Numbering) -> Line:
    text = _text(paragraph)
    return Line(
        text,
        numbering.number_of(paragraph) if text else "",
        _level(paragraph),
        _is_bold(paragraph),
        paragraph.alignment == WD_ALIGN_PARAGRAPH.CENTER,
    )


def _text(paragraph: Any) -> str:
    """With what was added under track of changes, without what was deleted."""
    said = []
    for part in paragraph._p.iter(qn("w:t"), *BREAKS):
        if not any(above.tag in ASIDE for above in part.iterancestors()):
            said.append(BREAKS.get(part.tag, part.text or ""))
    return " ".join(plain("".join(said)).replace("\xad", "").split())


def _level(paragraph: Any) -> int:
    """Of the heading style, whatever language named it: by its outline."""
    style = paragraph.style
    while style is not None:
        properties = style.element.pPr
        outline = None if properties is None else properties.find(qn("w:outlineLvl"))
        if outline is not None:
            return int(outline.get(qn("w:val"))) % 9 + 1
        style = style.base_style
    return 0


def _is_bold(paragraph: Any) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    style = paragraph.style
    by_style = bool(style is not None and style.font.bold)
    return bool(runs) and all(by_style if run.bold is None else run.bold for run in runs)
