"""What hurried people and hostile ones upload: read in every format, or answered with a clear sentence."""

import datetime as dt
import io
import re
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from portal.core.errors import Invalid
from portal.documents import books
from tests.tables.labelled import HERE

STAFF = HERE / "staff"
GOOD = ["Фамилия", "Дата приёма", "Ставка"]
LIST = "Фамилия{0}Имя{0}Дата рождения\nЁлкина{0}Анна{0}01.02.1980\nКим{0}«О{0}Н»{0}\n"


def book(*rows: list[Any]) -> bytes:
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def repacked(
    content: bytes, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, data in (extra or {}).items():
            new.writestr(name, data)
    return out.getvalue()


def bomb() -> bytes:
    return repacked(book(GOOD, ["Ким"]), lambda _, data: data, {"xl/media/x.bin": b"0" * 120_000_000})


def dense_bomb() -> bytes:
    return repacked(book(GOOD, ["Ким"]), lambda _, data: data, {"xl/media/x.bin": b"0" * 5_000_000})


def laughing() -> bytes:
    evil = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
    return repacked(
        book(GOOD, ["Ким"]),
        lambda name, data: evil + data.split(b"?>", 1)[-1] if name.endswith("sheet1.xml") else data,
    )


def distant_row() -> bytes:
    return repacked(
        book(GOOD, ["Ким"]),
        lambda name, data: (
            data.replace(b'r="2"', b'r="1048576"').replace(b'r="A2"', b'r="A1048576"')
            if name.endswith("sheet1.xml")
            else data
        ),
    )


def cut_xml() -> bytes:
    return repacked(
        book(GOOD, ["Ким"]), lambda name, data: data[: len(data) // 2] if "sheet1" in name else data
    )


def open_document(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", books.OPEN_DOCUMENT)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<m/>")
    return out.getvalue()


def ods_of(rows: bytes) -> bytes:
    head = b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    head += b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    head += b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    body = b'<table:table table:name="a">' + rows + b"</table:table>"
    return open_document(head + body + b"</office:spreadsheet></office:body></office:document-content>")


def distant_cells() -> bytes:
    """A kilobyte that asks a reader of rectangles for all the memory there is."""
    row = b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
    row += b'table:number-columns-repeated="16000" office:value-type="string"><text:p>a</text:p>'
    return ods_of(row + b"</table:table-cell></table:table-row>")


def word_file() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    ("sheet_empty_file", lambda: b"", "пустой"),
    ("sheet_not_a_table", lambda: "Просто текст\nв две строки".encode("cp1251"), "сохраните как"),
    ("sheet_not_a_table", lambda: b"%PDF-1.7 \x00\x01\x02", "сохраните как"),
    ("sheet_not_a_table", lambda: b"<html><table><tr><td>a;b</td></tr></table></html>", "веб-страница"),
    ("sheet_broken", lambda: books.OLE + b"Workbook" * 100, "повреждён"),
    ("sheet_broken", lambda: (STAFF / "30_old_excel.xls").read_bytes()[:3000], "повреждён"),
    ("sheet_broken", lambda: open_document(b"<table:table"), "повреждён"),
    ("sheet_encrypted", lambda: books.OLE + b"\0" * 512 + books.ENCRYPTED, "пароль"),
    ("sheet_broken", distant_cells, "повреждён"),
    ("sheet_broken", lambda: book(GOOD, ["Ким"])[:-300], "повреждён"),
    ("sheet_broken", cut_xml, "повреждён"),
    ("sheet_broken", laughing, "повреждён"),
    ("sheet_bomb", bomb, "слишком много"),
    ("sheet_bomb", dense_bomb, "слишком много"),
    ("sheet_not_a_table", word_file, ".xlsx"),
    ("sheet_too_long", distant_row, "200"),
    ("sheet_empty", lambda: book(), "ничего нет"),
    ("sheet_too_wide", lambda: book(GOOD, ["Ким", *([1] * 150)]), "столбцов"),
    ("sheet_too_long", lambda: book(GOOD, *([["Ким"]] * 5051)), "5000"),
    ("sheet_too_big", lambda: b"PK\x03\x04" + b"0" * books.MAX_BYTES, "10 МБ"),
]


@pytest.mark.parametrize(
    ("code", "make", "words"), HOSTILE, ids=[f"{n}-{row[0]}" for n, row in enumerate(HOSTILE)]
)
def test_hostile(code: str, make: Callable[[], bytes], words: str) -> None:
    with pytest.raises(Invalid) as caught:
        books.read_book(io.BytesIO(make()))
    assert (caught.value.code, caught.value.field) == (code, "file")
    assert words in caught.value.sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_kind_of_csv(encoding: str, separator: str) -> None:
    sheets = books.read_book(io.BytesIO(LIST.format(separator).encode(encoding)))
    assert [line.cells[0] for line in sheets[0].lines] == ["Фамилия", "Ёлкина", "Ким"]
    assert sheets[0].lines[1].cells[2] == "01.02.1980"


def test_a_line_break_inside_of_a_cell() -> None:
    text = 'Фамилия;"Дата\nрождения"\nКим;01.02.1980\n'
    lines = books.read_book(io.BytesIO(text.encode()))[0].lines
    assert [line.cells for line in lines] == [("Фамилия", "Дата\nрождения"), ("Ким", "01.02.1980")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_of_csv_are_numbered_as_a_spreadsheet_numbers_them(end: str) -> None:
    """A cell of three lines is one row, an empty line is one too."""
    rows = ['Фамилия;"Дата\nрождения\n(полностью)"', "", 'Ким;"01.02.1980\n"', "Ёлкина;02.03.1981", ""]
    lines = books.read_book(io.BytesIO(end.join(rows).encode()))[0].lines
    assert [(line.number, line.cells[0]) for line in lines] == [(1, "Фамилия"), (3, "Ким"), (4, "Ёлкина")]


@pytest.mark.parametrize("name", ["30_old_excel.xls", "31_open_document.ods", "11_sections_and_totals.xlsx"])
def test_one_table_in_three_formats_is_the_same(name: str) -> None:
    sheets = books.read_book(io.BytesIO((STAFF / name).read_bytes()))
    sheet = next(sheet for sheet in sheets if not sheet.hidden)
    assert [line.number for line in sheet.lines] == [1, 2, 3, 4, 6, 7, 8, 9, 10]
    person = sheet.lines[3].cells
    assert person[:3] == ("Фролова", "Анна", "Ивановна")
    assert [cell.date() if isinstance(cell, dt.datetime) else cell for cell in (person[3], person[7])] == [
        dt.date(1980, 3, 1),
        11,
    ]


def test_hidden_sheets_say_that_they_are() -> None:
    sheets = books.read_book(io.BytesIO((STAFF / "30_old_excel.xls").read_bytes()))
    assert [(sheet.title, sheet.hidden) for sheet in sheets] == [("Скрытый", True), ("Лист1", False)]


def test_a_formula_is_read_by_its_kept_value() -> None:
    """openpyxl writes none, as some programs do: the formula is left to be asked about."""
    content = book(GOOD, ["Ким", "01.09.2024", "=18/18"])
    assert books.read_book(io.BytesIO(content))[0].lines[1].cells[2] == "=18/18"
    kept = repacked(
        content,
        lambda name, data: (
            data.replace(b"<v></v>", b"<v>1</v>").replace(b"<v />", b"<v>1</v>")
            if name.endswith("sheet1.xml")
            else data
        ),
    )
    assert books.read_book(io.BytesIO(kept))[0].lines[1].cells[2] == 1


OLD_FORMULAS = STAFF / "32_formulas_not_kept.xls"
"""Made by xlwt, which keeps no values: in H2 there is «=2+2», in J3 an empty text."""
EMPTY_RESULT = bytes((3, 0, 0, 0, 0, 0, 255, 255))


def formulas_of(content: bytes) -> tuple[Any, Any]:
    lines = books.read_book(io.BytesIO(content))[0].lines
    return lines[1].cells[7], (*lines[2].cells, None)[9]


def with_result(result: bytes, flags: int) -> bytes:
    """The same file as another program would have written the first formula."""
    content = OLD_FORMULAS.read_bytes()
    place = content.index(EMPTY_RESULT)
    return content[:place] + result + flags.to_bytes(2, "little") + content[place + 10 :]


def counted_by_excel() -> bytes:
    """The same file with the stream in which Excel and LibreOffice say who has written it: «[MS-CFB] 2.6»."""
    content = OLD_FORMULAS.read_bytes()
    entry = content.index("Workbook".encode("utf-16-le"))
    name = "\x05SummaryInformation\0".encode("utf-16-le")
    links = struct.pack("<3I", *[0xFFFFFFFF] * 3)
    more = name.ljust(64, b"\0") + struct.pack("<HBB", len(name), 2, 1) + links + bytes(36)
    more += struct.pack("<IQ", 0xFFFFFFFE, 0)
    beside = content[:entry] + content[entry : entry + 72] + struct.pack("<I", 2) + content[entry + 76 :]
    return beside[: entry + 128] + more + beside[entry + 256 :]


def test_a_formula_of_an_old_excel_without_a_value_is_left_to_be_asked_about() -> None:
    first, second = formulas_of(OLD_FORMULAS.read_bytes())
    assert str(first).startswith("=")
    assert str(second).startswith("=")


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (lambda: with_result(struct.pack("<d", 4.0), 0), 4),
        (lambda: with_result(struct.pack("<d", 4.0), 2), 4),
        (lambda: with_result(struct.pack("<d", 0.0), 0), 0),
        (lambda: with_result(struct.pack("<d", 0.0), 2), "=формула"),
        (counted_by_excel, None),
    ],
    ids=("kept", "kept, to be counted again", "zero", "zero that nobody counted", "an empty text of Excel"),
)
def test_what_an_old_excel_has_counted_is_believed(content: Callable[[], bytes], value: Any) -> None:
    assert formulas_of(content())[0] == value


def of_sheet(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    return repacked(content, lambda name, data: change(data) if name.endswith("sheet1.xml") else data)


@pytest.mark.parametrize("prefix", [b"x", b"ns0", b"spreadsheetml"])
def test_a_formula_under_any_prefix_is_one(prefix: bytes) -> None:
    """Libraries that write XML by its namespaces name its elements otherwise: «x:f», «ns0:f»."""

    def prefixed(data: bytes) -> bytes:
        named = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1" + prefix + rb":\2", data)
        return named.replace(b" xmlns=", b" xmlns:" + prefix + b"=")

    content = of_sheet(book(GOOD, ["Ким", "01.09.2024", "=18/18"]), prefixed)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<" + prefix + b":f>" in archive.read("xl/worksheets/sheet1.xml")
    assert books.read_book(io.BytesIO(content))[0].lines[1].cells == ("Ким", "01.09.2024", "=18/18")


def test_a_tag_of_a_formula_between_two_pieces_is_seen() -> None:
    for cut in range(8):
        data = b" " * (2**20 - cut) + b"<ns0:f>1</ns0:f>"
        assert books._says_formula(io.BytesIO(data))
    assert not books._says_formula(io.BytesIO(b"<font/><x:formula/><v>f</v>"))


def test_an_empty_text_that_a_formula_has_told_is_its_value() -> None:
    """«=IF(A2="";"";1)» of an empty row: nothing is missing there."""

    def told(data: bytes) -> bytes:
        return re.sub(rb'<c r="C2"[^>]*>(<f>.*?</f>)<v ?/?>(</v>)?', rb'<c r="C2" t="str">\1<v></v>', data)

    content = of_sheet(book(GOOD, ["Ким", "01.09.2024", "=18/18"]), told)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b't="str"><f>18/18</f><v></v>' in archive.read("xl/worksheets/sheet1.xml")
    assert books.read_book(io.BytesIO(content))[0].lines[1].cells == ("Ким", "01.09.2024")


def ods_text(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def ods_row(*cells: str, repeated: int = 1) -> str:
    rows = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{rows}>{''.join(cells)}</table:table-row>"


UNKEPT = '<table:table-cell table:formula="of:=[.B1]*2"/>'
KEPT = '<table:table-cell table:formula="of:=18/18" office:value-type="float" office:value="1"/>'
TOLD_EMPTY = (
    '<table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value="">'
    "<text:p/></table:table-cell>"
)
MERGED = '<table:table-cell table:number-columns-spanned="2"/><table:covered-table-cell/>'


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        ([UNKEPT], ("=[.B1]*2",)),
        ([KEPT], (1,)),
        ([TOLD_EMPTY, ods_text("и")], (None, "и")),
        ([MERGED, UNKEPT, ods_text("и")], (None, None, "=[.B1]*2", "и")),
        ([UNKEPT.replace(" ", ' table:number-columns-repeated="2" ', 1)], ("=[.B1]*2", "=[.B1]*2")),
    ],
)
def test_a_formula_without_a_value_in_an_open_document_stays_to_be_asked_about(
    cells: list[str], read: tuple[Any, ...]
) -> None:
    rows = [ods_row(ods_text("Фамилия")), ods_row("<table:table-cell/>", repeated=3)]
    rows.append(ods_row(ods_text("Ким"), *cells, repeated=2))
    rows.append(ods_row(ods_text("Ёлкина"), ods_text("1")))
    lines = books.read_book(io.BytesIO(ods_of("".join(rows).encode())))[0].lines
    assert [(line.number, line.cells) for line in lines] == [
        (1, ("Фамилия",)),
        (5, ("Ким", *read)),
        (6, ("Ким", *read)),
        (7, ("Ёлкина", "1")),
    ]
