"""Excel: what we write we read back. What people upload: `test_books.py`."""

import io
import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from openpyxl import load_workbook

from portal.core.text import plain
from portal.documents import books, sheets
from portal.documents.sheets import Column

COLUMNS = (
    Column("name", "Фамилия", hint="как в паспорте"),
    Column("hired_on", "Дата приёма", kind="date"),
    Column("rate", "Ставка", kind="number", required=False),
)


def read(content: bytes) -> list[tuple[sheets.Cell, ...]]:
    """Cells of the rows under the header."""
    return [line.cells for line in books.read_book(io.BytesIO(content))[0].lines[1:]]


def test_round_trip() -> None:
    rows = [
        {"name": "Ёлкина", "hired_on": date(2024, 2, 29), "rate": 1.5},
        {"name": "Ким", "hired_on": None, "rate": 1},
    ]
    content = sheets.write_sheet("Сотрудники: образец", COLUMNS, rows, notes=("Заполните первый лист.",))  # type: ignore[arg-type]
    back = read(content)
    assert [row[0] for row in back] == ["Ёлкина", "Ким"]
    assert sheets.as_date(back[0][1]) == date(2024, 2, 29)
    assert [sheets.as_text(row[2]) for row in back] == ["1,5", "1"]
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
    assert read(content)[0][0] == typed


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


def test_the_same_table_is_the_same_bytes_on_another_day() -> None:
    made = []
    for day in (1, 29):
        with time_machine.travel(datetime(2026, 11, day, 9, tzinfo=UTC)):
            made.append(sheets.write_sheet("Сотрудники", COLUMNS, [{"name": "Соколова"}]))
    assert made[0] == made[1]
