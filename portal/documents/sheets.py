"""Excel: safe writing of what we hand out, and what one cell says. Reading of files: `books.py`."""

import io
import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from portal.documents.archives import undated

Cell = str | int | float | Decimal | bool | date | datetime | time | None
Lines = Iterable[Mapping[str, Cell]]

MAX_CELL = 32_000
EXECUTED = ("=", "+", "-", "@", "\t", "\r")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Column:
    """A column: `key` for code, `title` as it stands in the header, `width` in characters.

    `kind`: text, date, number; `required`: nobody is told from another without it; `hint`: a line under the
    header of the notes sheet of a sample; `choices`: the words that may stand there.
    """

    key: str
    title: str
    kind: str = "text"
    required: bool = True
    width: int = 20
    hint: str = ""
    choices: tuple[str, ...] = ()


def as_date(value: Cell) -> date | None:
    """A date of a cell: a real date, or text «дд.мм.гггг» (also with / or -, also ISO); None for empty.

    Raises ValueError with a Russian sentence when there is something else or no such day.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip().removesuffix("г.").removesuffix("г").strip()
    if match := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text):
        day, month, year = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?", text):
        year, month, day = (int(part) for part in match.groups())
    else:
        raise ValueError(f"«{text}» не похоже на дату. Напишите её так: 28.02.2024.")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"Дня {text} нет в календаре. {_last_day_of(year, month)}") from None


def _last_day_of(year: int, month: int) -> str:
    if not (1 <= month <= 12 and MINYEAR <= year <= MAXYEAR):
        return "Дата пишется так: день.месяц.год."
    return f"Последний день этого месяца {monthrange(year, month)[1]:02}.{month:02}.{year}."


def as_text(value: Cell) -> str:
    """What a person sees in the cell: whole floats without «.0», dates as дд.мм.гггг, spaces squeezed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime, date)):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, (float, Decimal)):
        return str(value).replace(".", ",")
    return " ".join(str(value).split())


def write_sheet(title: str, columns: Sequence[Column], rows: Lines, *, notes: Sequence[str] = ()) -> bytes:
    """A workbook: one table with a frozen header and a filter, and a sheet «Пояснения» when there is
    something to explain.

    Text that begins like a formula (= + - @) is stored as text and marked so: Excel and LibreOffice never run
    it. Dates are shown as дд.мм.гггг. `title` is the name of the sheet and of the document.
    """
    book, title = Workbook(), CONTROL.sub("", title)
    sheet: Any = book.active
    # Excel calls a book with «'Срез'» damaged
    sheet.title = re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip(" '") or "Таблица"
    book.properties.title, book.properties.language, book.properties.creator = title, "ru-RU", "Эстафета"
    _write_header(sheet, columns)
    for number, row in enumerate(rows, start=2):
        for place, column in enumerate(columns, start=1):
            _put(sheet.cell(number, place), row.get(column.key), column)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{sheet.max_row}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    _write_notes(book, columns, notes)
    out = io.BytesIO()
    book.save(out)
    return undated(out.getvalue())


def _write_header(sheet: Any, columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns, start=1):
        cell = sheet.cell(1, place, column.title)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EAF6")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(place)].width = column.width


def _put(cell: Any, value: Cell, column: Column) -> None:
    if isinstance(value, str):
        text = CONTROL.sub("", value)[:MAX_CELL]
        cell.value = text
        cell.data_type = "s"  # openpyxl would take «=…» for a formula
        if text.startswith(EXECUTED):
            cell.quotePrefix = True
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell.value = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        cell.alignment = Alignment(vertical="top")
    if isinstance(value, datetime):
        cell.number_format = "dd.mm.yyyy hh:mm"
    elif isinstance(value, date) or column.kind == "date":
        cell.number_format = "dd.mm.yyyy"


def _write_notes(book: Any, columns: Sequence[Column], notes: Sequence[str]) -> None:
    hints = [(column.title, column.hint or ", ".join(column.choices)) for column in columns]
    lines: list[tuple[str, str]] = [(note, "") for note in notes]
    if notes:
        lines += [hint for hint in hints if hint[1]]
    if not lines:
        return
    sheet = book.create_sheet("Пояснения")
    for number, line in enumerate(lines, start=1):
        for place, text in enumerate(line, start=1):
            _put(sheet.cell(number, place), text, Column("note", ""))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 60, 80
