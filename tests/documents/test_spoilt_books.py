"""A file is called broken for what a library says of it, whatever that library raises; a fault of ours is
told as ours, and is in the log.
"""

import io
import logging
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from docx import Document
from openpyxl import load_workbook

from portal.core.errors import Invalid
from portal.documents import books, calamine_child
from portal.documents.word import reading
from tests.documents.test_books import STAFF, book, ods_of, open_document, repacked

GOOD = [["Фамилия", "Ставка"], ["Ким", "=1"]]
SHEET = "xl/worksheets/sheet1.xml"
ANOTHER = "xl/worksheets/another.xml"
BZIP2, LZMA, NO_SUCH = zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, struct.pack("<H", 77)


def packed(content: bytes, name: str, method: int = zipfile.ZIP_DEFLATED) -> tuple[bytearray, Any]:
    """The same archive with one part packed otherwise, and what its directory says of that part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part), method if part == name else zipfile.ZIP_DEFLATED)
    return bytearray(out.getvalue()), new.getinfo(name)


def with_bytes(content: bytes, name: str, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The packed bytes of a part are not what its method can unpack."""
    made, part = packed(content, name, method)
    begin = part.header_offset + 30 + len(name)
    skipped = 9 if method == LZMA else 0
    end = begin + part.compress_size
    made[begin + skipped : end] = b"\xff" * (end - begin - skipped)
    return bytes(made)


def with_directory(content: bytes, name: str, place: int, said: bytes) -> bytes:
    """The directory says something else of a part: at `place` of its record (APPNOTE 4.3.12)."""
    made, _ = packed(content, name)
    record = made.rindex(b"PK\x01\x02", 0, made.rindex(name.encode())) + place
    made[record : record + len(said)] = said
    return bytes(made)


def longer(content: bytes, name: str) -> bytes:
    """A part is said to be longer than the file."""
    stored = struct.pack("<3H3I", zipfile.ZIP_STORED, 0, 33, 0, 2**24, 2**24)
    return with_directory(content, name, 10, stored)


def excel() -> bytes:
    return book(*GOOD)


def with_another() -> bytes:
    """A part among the sheets that the book itself does not name, so that openpyxl passes it by."""
    return repacked(book(GOOD[0], ["Ким", 1]), lambda _, data: data, {ANOTHER: b"<c/>" * 30})


def ods() -> bytes:
    return open_document(b"<x/>")


LONGER = (EOFError, zipfile.BadZipFile)
"""Newer releases of Python, and Debian's, look for the overlap of parts before they read."""
ARCHIVES: list[tuple[str, Callable[[bytes, str], bytes], Any]] = [
    ("deflate", with_bytes, zlib.error),
    ("bzip2", lambda content, name: with_bytes(content, name, BZIP2), OSError),
    ("no such method", lambda c, n: with_directory(c, n, 10, NO_SUCH), NotImplementedError),
    ("lzma", lambda content, name: with_bytes(content, name, LZMA), lzma.LZMAError),
    ("checksum", lambda c, n: with_directory(c, n, 16, b"\1\2\3\4"), zipfile.BadZipFile),
    ("beyond the end", lambda c, n: with_directory(c, n, 42, struct.pack("<I", 2**30)), zipfile.BadZipFile),
    ("longer than the file", longer, LONGER),
]
PARTS = [(excel, SHEET), (with_another, ANOTHER), (ods, "mimetype")]
IDS = [row[0] for row in ARCHIVES]


@pytest.mark.parametrize(("_", "spoil", "raised"), ARCHIVES, ids=IDS)
@pytest.mark.parametrize(("make", "name"), PARTS, ids=[name for _, name in PARTS])
def test_whatever_zipfile_raises_for_a_part_the_file_is_broken(
    make: Callable[[], bytes], name: str, _: str, spoil: Any, raised: Any
) -> None:
    content = spoil(make(), name)
    with pytest.raises(raised) as caught, zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.read(name)
    begins = name == "mimetype" and isinstance(caught.value, EOFError)  # can be read, and says another kind
    refused(content, "sheet_not_a_table" if begins else "sheet_broken")


def refused(content: bytes, code: str = "sheet_broken") -> None:
    with pytest.raises(Invalid) as caught:
        books.read_book(io.BytesIO(content))
    assert (caught.value.code, caught.value.field) == (code, "file")


def test_a_part_that_wants_a_password_is_locked_and_not_broken() -> None:
    refused(with_directory(ods(), "mimetype", 8, b"\1\0"), "sheet_encrypted")


def part_of(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return out.getvalue()


EXCELS: list[tuple[type[Exception], str, bytes, bytes]] = [
    (KeyError, "xl/workbook.xml", b'r:id="rId1"', b'r:id="rId99"'),
    (TypeError, "xl/workbook.xml", b'sheetId="1"', b""),
    (TypeError, "xl/styles.xml", b'<sz val="', b'<sz val="x'),
    (SyntaxError, "xl/workbook.xml", b"</workbook>", b""),
    (ValueError, SHEET, b'r="A2"', b'r="2"'),
    (SyntaxError, SHEET, b"</sheetData>", b""),
]


@pytest.mark.parametrize(("raised", "name", "said", "instead"), EXCELS)
def test_whatever_openpyxl_raises_the_file_is_broken(
    raised: type[Exception], name: str, said: bytes, instead: bytes
) -> None:
    content = part_of(excel(), name, lambda data: data.replace(said, instead))
    with pytest.raises(raised):
        list(load_workbook(io.BytesIO(content), read_only=True).worksheets[0].iter_rows())
    refused(content)


OLD = (STAFF / "30_old_excel.xls").read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        books.OLE + OLD[8:600],
        OLD[:40] + b"\xff" * 36 + OLD[76:],
        ods_of(b'<table:table-row table:number-rows-repeated="x"><table:table-cell/></table:table-row>'),
        ods_of(b"<table:table-row>"),
        open_document(b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
        with_bytes(ods_of(b""), "content.xml"),
    ],
    ids=["cut", "no table of sectors", "a count that is no number", "not closed", "entities", "deflate"],
)
def test_what_calamine_and_its_neighbours_cannot_read_is_broken(content: bytes) -> None:
    refused(content)


def fault(*_: object, **__: object) -> NoReturn:
    raise ValueError("ours")


@pytest.mark.parametrize(
    "ours", ["_sheets_of", "_says_formula", "_kind", "_line", "_lines", "_csv", "_sheet_of_child"]
)
def test_a_fault_of_ours_is_not_the_fault_of_the_file(monkeypatch: pytest.MonkeyPatch, ours: str) -> None:
    files = [excel(), OLD, (STAFF / "31_open_document.ods").read_bytes(), "а;б\nв;г\n".encode()]
    monkeypatch.setattr(books, ours, fault)
    raised = []
    for content in files:
        try:
            books.read_book(io.BytesIO(content))
        except ValueError as error:
            raised.append(str(error))
    assert raised
    assert set(raised) == {"ours"}


@pytest.mark.parametrize("ours", ["_unkept_of_row", "_records", "_cells", "_cell"])
def test_a_fault_of_ours_in_the_process_beside_is_ours_and_its_place_is_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path, ours: str
) -> None:
    source = books.CHILD.read_text()
    assert f"def {ours}(" in source
    faulty = tmp_path / "child.py"
    end = 'if __name__ == "__main__":'
    broken = f"def {ours}(*_):\n    raise ValueError('Ким')\n\n\n{end}"
    faulty.write_text(source.replace(end, broken))
    monkeypatch.setattr(books, "CHILD", faulty)
    content = ods_of(b"<table:table-row><table:table-cell/></table:table-row>")
    old = ours != "_unkept_of_row"
    written = (STAFF / "32_formulas_not_kept.xls").read_bytes() if old else content
    with caplog.at_level(logging.ERROR), pytest.raises(RuntimeError, match="calamine_child"):
        books.read_book(io.BytesIO(written))
    [line] = caplog.records
    assert any(f"in {ours}" in place for place in line.at)  # type: ignore[attr-defined]
    assert "Ким" not in str(line.__dict__), "what a person has typed is in no log"


def test_a_process_that_has_run_out_of_memory_says_that_the_file_is_broken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    child = tmp_path / "child.py"
    child.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGABRT)\n")
    monkeypatch.setattr(books, "CHILD", child)
    refused(OLD)
    assert calamine_child.BROKEN > 0


def word(name: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    Document().save(out)
    return part_of(out.getvalue(), name, change)


@pytest.mark.parametrize(
    "make",
    [
        lambda: word("[Content_Types].xml", lambda data: data.replace(b".styles+xml", b".other+xml")),
        lambda: word("[Content_Types].xml", lambda data: data.replace(b".numbering+xml", b".other+xml")),
        lambda: word("_rels/.rels", lambda data: data.replace(b"package/2006/relationships", b"x", 1)),
        lambda: word("word/document.xml", lambda data: data.replace(b"w:body", b"w:other")),
        lambda: with_bytes(word("", bytes), "word/document.xml"),
        lambda: with_directory(word("", bytes), "word/document.xml", 10, NO_SUCH),
    ],
    ids=["styles", "numbering", "relations", "no body", "deflate", "no such method"],
)
def test_whatever_a_spoilt_word_file_makes_its_library_raise_is_said_at_its_field(
    make: Callable[[], bytes],
) -> None:
    with pytest.raises(Invalid, match="не открывается") as caught:
        reading.lines_of(make())
    assert (caught.value.code, caught.value.field) == ("file_content", "file")


def test_a_fault_of_ours_is_not_the_fault_of_a_word_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "Numbering", fault)
    with pytest.raises(ValueError, match="ours"):
        reading.lines_of(word("", bytes))
