"""The text of uploaded files, and of files that were made to harm."""

import io
import zipfile
from collections.abc import Callable

import pypdf
import pytest
from docx import Document
from pypdf.generic import DecodedStreamObject, NameObject

from portal.documents import text_child
from portal.documents.texts import FileText, Reading, text_of

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"


def word(*paragraphs: str) -> bytes:
    document, made = Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "ячейка", "соседка"
    document.save(made)
    return made.getvalue()


def packed(**parts: str | bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return made.getvalue()


def said(text: str) -> str:
    return f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"


def slides(*texts: str) -> bytes:
    parts = {
        f"ppt__slides__slide{number}": f'<p:sld xmlns:p="p" xmlns:a="{DRAWN}">{said(text)}</p:sld>'
        for number, text in enumerate(texts, start=1)
    }
    return packed(**parts)


def in_word(body: str, before: str = "") -> bytes:
    text = f'<w:document xmlns:w="{WORD}"><w:p><w:r><w:t>{body}</w:t></w:r></w:p></w:document>'
    return packed(word__document=before + text)


def pdf(*pages: bytes, password: str | None = None, owner: str | None = None) -> bytes:
    """Pages of PDF operators, in Latin letters."""
    writer, made = pypdf.PdfWriter(), io.BytesIO()
    font = pypdf.generic.DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for drawn in pages:
        page, stream = writer.add_blank_page(200, 200), DecodedStreamObject()
        stream.set_data(drawn)
        fonts = pypdf.generic.DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = pypdf.generic.DictionaryObject({NameObject("/Font"): fonts})
        page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    if password is not None:
        writer.encrypt(password, owner, algorithm="RC4-128")
    writer.write(made)
    return made.getvalue()


def shown(text: str) -> bytes:
    return f"BT /F1 12 Tf 10 100 Td ({text}) Tj ET".encode()


def test_the_text_of_each_kind() -> None:
    read = text_of(word("Скамейка  примирения", "Зебры\tу доски"), "docx")
    assert (read.outcome, read.text.split("\n")[:2]) == (
        Reading.READ,
        ["Скамейка примирения", "Зебры у доски"],
    )
    assert "ячейка" in read.text
    many = slides(*(f"Слайд {number}" for number in range(1, 12)))
    assert text_of(many, "pptx").text.split("\n") == [f"Слайд {number}" for number in range(1, 12)]
    assert text_of(pdf(shown("Zebra at the board"), shown("Second page")), "pdf") == FileText(
        Reading.READ, "Zebra at the board\nSecond page"
    )
    assert text_of(pdf(b""), "pdf") == FileText(Reading.EMPTY)
    assert text_of(b"\xff\xd8\xff", "jpg") == FileText(Reading.OTHER)


def test_a_password_is_said_and_a_ban_on_changes_is_no_password() -> None:
    assert text_of(pdf(shown("secret"), password="x"), "pdf") == FileText(Reading.PASSWORD)
    assert text_of(pdf(shown("open"), password="", owner="x"), "pdf") == FileText(Reading.READ, "open")
    assert text_of(b"\xd0\xcf\x11\xe0" + bytes(600), "docx") == FileText(Reading.PASSWORD)


def bomb() -> bytes:
    """A hundred kilobytes that unpack to a hundred megabytes."""
    return in_word("0" * 100 * 2**20)


def lying_bomb() -> bytes:
    """Its catalogue says that the part is small."""
    content = bomb()
    size = len(in_word("")).to_bytes(4, "little")
    place = content.rindex(b"PK\x01\x02") + 24
    return content[:place] + size + content[place + 4 :]


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return in_word("&a9;", f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "ха">{entities}]>')


def outsider() -> bytes:
    return in_word("&x;", '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>')


def deep() -> bytes:
    nested = "<w:p>" * 400_000
    return packed(word__document=f'<w:document xmlns:w="{WORD}">{nested}')


def cut_pdf() -> bytes:
    return pdf(*(shown("page") for _ in range(5)))[:400]


def looped_pdf() -> bytes:
    """Its page tree names itself as its own child."""
    writer, made = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(10, 10)
    tree = writer._root_object["/Pages"].get_object()
    tree[NameObject("/Kids")].append(writer._root_object.raw_get("/Pages"))  # type: ignore[index]
    writer.write(made)
    return made.getvalue()


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a zip bomb": ("docx", bomb),
    "a zip bomb that lies of its size": ("docx", lying_bomb),
    "a billion laughs": ("docx", laughs),
    "an entity from outside": ("docx", outsider),
    "no end of nesting": ("docx", deep),
    "a file that is no zip": ("pptx", lambda: b"PK\x03\x04 no zip"),
    "a zip without a document": ("docx", lambda: slides("x")),
    "half a PDF": ("pdf", cut_pdf),
    "a PDF that is its own page": ("pdf", looped_pdf),
    "noise": ("pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 64),
    "nothing": ("pdf", lambda: b""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_was_made_to_harm_ends_in_an_outcome(name: str) -> None:
    kind, make = HOSTILE[name]
    read = text_of(make(), kind)
    assert read.outcome in (Reading.BROKEN, Reading.EMPTY), read.outcome
    assert not read.text
    assert "root:" not in read.text


def test_an_endless_page_ends_by_the_processors_time() -> None:
    """Six million operators on a page: what is not read in time is not read."""
    endless = pdf(b"BT /F1 12 Tf " + b"(x) Tj " * 6_000_000 + b"ET")
    assert len(endless) < 2**20
    read = text_of(endless, "pdf")
    assert read.outcome in (Reading.BROKEN, Reading.PART)
    assert len(read.text) <= text_child.LONGEST


def test_a_long_file_is_read_to_a_bound() -> None:
    long = text_of(word(*("слово " * 2_000 for _ in range(40))), "docx")
    assert long.outcome == Reading.PART
    assert text_child.LONGEST * 0.9 < len(long.text) <= text_child.LONGEST
    many = text_of(pdf(*(shown(f"page {number}") for number in range(text_child.PAGES + 50))), "pdf")
    assert many.outcome == Reading.PART
    assert f"page {text_child.PAGES - 1}" in many.text
    assert f"page {text_child.PAGES + 20}" not in many.text
