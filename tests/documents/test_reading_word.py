"""Somebody's Word file is read as Word shows it: with the numbers that Word counts by itself, with what was
added under track of changes, without tables of contents.
"""

import io
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from portal.core.errors import Invalid
from portal.documents.word import reading
from portal.documents.word.reading import lines_of

LEVELS = (
    ("decimal", "%1."),
    ("decimal", "%1.%2."),
    ("russianLower", "%3)"),
    ("upperRoman", "%4."),
    ("bullet", "·"),
)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def numbered(*levels: int, restarted_at: int = -1) -> list[str]:
    """The numbers of a document whose paragraphs stand on these levels of one list; from `restarted_at` on,
    of another list of the same shape that begins anew.
    """
    document = Document()
    root = document.part.numbering_part.element
    shapes = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (shape, text) in enumerate(LEVELS)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{shapes}</w:abstractNum>'))
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    for number, change in ((90, ""), (91, again)):
        of = '<w:abstractNumId w:val="90"/>'
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}">{of}{change}</w:num>'))
    for place, level in enumerate(levels):
        number = 91 if 0 <= restarted_at <= place else 90
        properties = document.add_paragraph(f"строка {place}")._p.get_or_add_pPr()
        properties.append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
            )
        )
    return [line.number for line in lines_of(saved(document))]


def test_numbers_are_those_that_word_prints() -> None:
    assert numbered(0, 1, 1, 2, 2, 1, 0, 1) == ["1.", "1.1.", "1.2.", "а)", "б)", "1.3.", "2.", "2.1."]
    assert numbered(3, 3, 3, 3) == ["I.", "II.", "III.", "IV."]
    assert numbered(0, 4, 4) == ["1.", "–", "–"]
    assert numbered(0, 0, 0, restarted_at=2) == ["1.", "2.", "1."]


def test_a_list_of_a_style_is_numbered_too() -> None:
    document = Document()
    for text in ("первый", "второй"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("черта", style="List Bullet")
    assert [line.whole for line in lines_of(saved(document))] == ["1. первый", "2. второй", "– черта"]


def test_what_makes_a_line_a_heading() -> None:
    document = Document()
    document.add_heading("Глава", 1)
    bold = document.add_paragraph()
    bold.add_run("жирная ").bold = True
    bold.add_run("строка").bold = True
    document.add_paragraph("по центру").alignment = WD_ALIGN_PARAGRAPH.CENTER
    half = document.add_paragraph("не вся ")
    half.add_run("жирная").bold = True
    head, set_apart, centred, plain = lines_of(saved(document))
    assert (head.level, set_apart.level) == (1, 0)
    assert (set_apart.bold, plain.bold) == (True, False)
    assert (centred.centred, plain.centred) == (True, False)


def test_changes_tables_and_contents() -> None:
    document = Document()
    paragraph = document.add_paragraph("Было ")
    paragraph._p.append(
        parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="a"><w:r><w:t>добавили</w:t></w:r></w:ins>')
    )
    paragraph._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="2" w:author="a"><w:r><w:delText>убрали</w:delText></w:r></w:del>'
        )
    )
    contents = "".join("<w:p><w:r><w:t>1. Общие положения 3</w:t></w:r></w:p>" for _ in range(2))
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    for properties in (gallery, ""):
        document.element.body.insert(
            1,
            parse_xml(
                f"<w:sdt {nsdecls('w')}><w:sdtPr>{properties}</w:sdtPr>"
                f"<w:sdtContent>{contents}</w:sdtContent></w:sdt>"
            ),
        )
    table = document.add_table(1, 3)
    for cell, text in zip(table.rows[0].cells, ("Срок", "Кто", "Срок"), strict=True):
        cell.text = text
    document.add_paragraph("мяг\xadкий пере\u200fнос")
    assert [line.whole for line in lines_of(saved(document))] == [
        "Было добавили",
        "1. Общие положения 3",
        "1. Общие положения 3",
        "Срок | Кто",
        "мягкий перенос",
    ]


def test_a_frame_around_a_text_is_read_as_the_text() -> None:
    document = Document()
    frame = document.add_table(1, 1).rows[0].cells[0]
    frame.paragraphs[0].add_run("1. Общие положения").bold = True
    frame.add_paragraph("первый", style="List Number")
    frame.add_table(1, 2).rows[0].cells[0].text = "Срок"
    head, item, row = lines_of(saved(document))
    assert (head.text, head.bold) == ("1. Общие положения", True)
    assert (item.whole, row.text) == ("1. первый", "Срок")


def bomb() -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b" " * (reading.MOST_UNPACKED + 1))
    return out.getvalue()


def broken() -> bytes:
    """A Word file whose text was cut."""
    whole, out = saved(Document()), io.BytesIO()
    with ZipFile(io.BytesIO(whole)) as parts, ZipFile(out, "w") as cut:
        for part in parts.infolist():
            content = parts.read(part)
            cut.writestr(part.filename, content[:200] if part.filename == "word/document.xml" else content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "не открывается"),
        (b"PK\x03\x04 nothing", "не открывается"),
        (b"\xd0\xcf\x11\xe0 locked", "снимите пароль"),
        (broken(), "не открывается"),
        (bomb(), "слишком велик"),
    ],
    ids=["empty", "half a file", "locked", "cut", "bomb"],
)
def test_what_is_no_word_file_is_said_at_its_field(content: bytes, said: str) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        lines_of(content)
    assert refused.value.field == "file"


def test_a_book_is_no_document_of_a_school(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_LINES", 2)
    document = Document()
    for text in ("раз", "", "два"):
        document.add_paragraph(text)
    assert len(lines_of(saved(document))) == 2
    document.add_paragraph("три")
    with pytest.raises(Invalid, match="больше 2 абзацев"):
        lines_of(saved(document))


def test_a_text_box_is_not_read_twice() -> None:
    document = Document()
    paragraph = document.add_paragraph("Видно")
    box = "<w:txbxContent><w:p><w:r><w:t>сбоку</w:t></w:r></w:p></w:txbxContent>"
    paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:pict>{box}</w:pict></w:r>"))
    assert [line.text for line in lines_of(saved(document))] == ["Видно"]
    assert document.element.body.find(f".//{qn('w:txbxContent')}") is not None
