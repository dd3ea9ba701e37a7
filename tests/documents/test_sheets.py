"""Excel: what we write we read; what hostile or hurried people upload is answered with a clear sentence."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from openpyxl import Workbook, load_workbook

from portal.core.errors import Invalid
from portal.core.text import plain
from portal.documents import sheets
from portal.documents.sheets import Column

COLUMNS = (
    Column("name", "Фамилия", hint="как в паспорте"),
    Column("hired_on", "Дата приёма", kind="date"),
    Column("rate", "Ставка", kind="number", required=False),
)


def read(content: bytes, limit: int = 5000) -> list[sheets.Row]:
    return list(sheets.read_rows(io.BytesIO(content), COLUMNS, limit))


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


GOOD = ["Фамилия", "Дата приёма", "Ставка"]


def test_round_trip() -> None:
    rows = [
        {"name": "Ёлкина", "hired_on": date(2024, 2, 29), "rate": 1.5},
        {"name": "Ким", "hired_on": None, "rate": 1},
    ]
    content = sheets.write_sheet("Сотрудники: образец", COLUMNS, rows, notes=("Заполните первый лист.",))  # type: ignore[arg-type]
    back = read(content)
    assert [row.number for row in back] == [2, 3]
    assert back[0].values["name"] == "Ёлкина"
    assert sheets.as_date(back[0].values["hired_on"]) == date(2024, 2, 29)
    assert [sheets.as_text(row.values["rate"]) for row in back] == ["1,5", "1"]
    made = load_workbook(io.BytesIO(content))
    sheet = made.worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet["B2"].number_format == "dd.mm.yyyy"
    assert sheet.column_dimensions["A"].width == 20
    assert made.sheetnames == ["Сотрудники  образец", "Пояснения"]
    assert made["Пояснения"]["B2"].value == "как в паспорте"


@pytest.mark.parametrize("odd", ["Срез\x01", "Срез\ufffe", "'Срез'", "'", "Срез\x0b"])
def test_no_sign_spoils_a_book(odd: str) -> None:
    """One such sign in one meeting, and the whole journal could not be exported; a name in quotes, and Excel
    calls the book damaged.
    """
    made = load_workbook(io.BytesIO(sheets.write_sheet(odd, COLUMNS, [{"name": odd}], notes=(odd,))))
    assert made.sheetnames[0] in ("Срез", "Таблица")
    assert "Срез" in str(made.worksheets[0]["A2"].value) or odd == "'"


def test_text_is_kept_with_signs_that_may_stand_in_a_file() -> None:
    assert plain("Один\x0bдва\x0cтри\u2028четыре\r\nпять\rшесть") == "Один\nдва\nтри\nчетыре\nпять\nшесть"
    assert plain("а\x01\x1f\x7f\ufffe\uffff\ufdd0б\tв 😀") == "аб\tв 😀"


@pytest.mark.parametrize("typed", ["=1+1", "+7 999", "-5", "@SUM(A1)", '=HYPERLINK("http://evil")', "#N/A"])
def test_formulas_are_never_written(typed: str) -> None:
    content = sheets.write_sheet("Ошибки", COLUMNS, [{"name": typed}])
    cell = load_workbook(io.BytesIO(content)).worksheets[0]["A2"]
    assert (cell.data_type, cell.value) == ("s", typed)
    assert read(content)[0].values["name"] == typed


def test_columns_in_any_order_and_empty_rows_between() -> None:
    content = book(
        ["Ставка", "дата приема *", " ФАМИЛИЯ "],
        [1, "01.09.2024", "Ким"],
        [],
        [None, "  ", ""],
        [1, None, "Цой"],
    )
    assert [(row.number, row.values["name"]) for row in read(content)] == [(2, "Ким"), (5, "Цой")]


@pytest.mark.parametrize(
    "value", [date(2024, 2, 28), "28.02.2024", "28/02/2024", "2024-02-28", " 28.2.2024 г. "]
)
def test_dates(value: sheets.Cell) -> None:
    assert sheets.as_date(value) == date(2024, 2, 28)


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        ("30.02.2024", "29.02.2024"),
        ("31.04.1990", "30.04.1990"),
        ("12.31.1990", "день.месяц.год"),
        ("01.01.0000", "день.месяц.год"),
        ("вчера", "28.02.2024"),
        (45000, "28.02.2024"),
        ("28.02.24", "28.02.2024"),
    ],
)
def test_no_such_date(value: sheets.Cell, advice: str) -> None:
    with pytest.raises(ValueError, match=re.escape(advice)):
        sheets.as_date(value)
    assert sheets.as_date(" ") is None


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


def word_file() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    ("sheet_empty_file", lambda: b"", "пустой"),
    ("sheet_not_xlsx", lambda: "Фамилия;Дата приёма\nКим;01.09.2024".encode("cp1251"), "сохраните как"),
    ("sheet_old_xls", lambda: sheets.OLE + b"Workbook" * 100, ".xls"),
    ("sheet_encrypted", lambda: sheets.OLE + b"\0" * 512 + sheets.ENCRYPTED, "пароль"),
    ("sheet_broken", lambda: book(GOOD, ["Ким"])[:-300], "повреждён"),
    ("sheet_broken", cut_xml, "повреждён"),
    ("sheet_broken", laughing, "повреждён"),
    ("sheet_bomb", bomb, "слишком много"),
    ("sheet_bomb", dense_bomb, "слишком много"),
    ("sheet_not_xlsx", word_file, ".xlsx"),
    ("sheet_too_long", distant_row, "200"),
    ("sheet_empty", lambda: book(), "ничего нет"),
    ("sheet_empty", lambda: book(GOOD), "ни одной строки"),
    ("sheet_columns", lambda: book(["Фамилия"], ["Ким"]), "«Дата приёма»"),
    ("sheet_columns", lambda: book([*GOOD, "Фамилия"], ["Ким"]), "дважды"),
    ("sheet_formula", lambda: book(GOOD, ["=1+1"]), "A2"),
    ("sheet_too_wide", lambda: book(GOOD, ["Ким", *([1] * 150)]), "столбцов"),
    ("sheet_too_long", lambda: book(GOOD, *([["Ким"]] * 5001)), "5000"),
    ("sheet_too_big", lambda: b"PK\x03\x04" + b"0" * sheets.MAX_BYTES, "10 МБ"),
]


@pytest.mark.parametrize(
    ("code", "make", "words"), HOSTILE, ids=[f"{n}-{row[0]}" for n, row in enumerate(HOSTILE)]
)
def test_hostile(code: str, make: Callable[[], bytes], words: str) -> None:
    with pytest.raises(Invalid) as caught:
        read(make())
    assert (caught.value.code, caught.value.field) == (code, "file")
    assert words in caught.value.sentence


def test_the_same_table_is_the_same_bytes_on_another_day() -> None:
    made = []
    for day in (1, 29):
        with time_machine.travel(datetime(2026, 11, day, 9, tzinfo=UTC)):
            made.append(sheets.write_sheet("Сотрудники", COLUMNS, [{"name": "Соколова"}]))
    assert made[0] == made[1]
