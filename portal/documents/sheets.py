"""Excel: careful reading of what people upload, safe writing of what we hand out. Only this module knows
openpyxl.
"""

import io
import re
import zipfile
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime
from decimal import Decimal
from typing import IO, Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from portal.core.errors import Invalid
from portal.core.text import plain
from portal.documents.archives import undated

Cell = str | int | float | Decimal | bool | date | datetime | None
Lines = Iterable[Mapping[str, Cell]]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # both .xls and a password-protected .xlsx begin so
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 2000
MAX_COLUMNS = 100
MAX_CELL = 32_000
EXECUTED = ("=", "+", "-", "@", "\t", "\r")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Column:
    """A column: `key` for code, `title` as it stands in the header, `width` in characters.

    `kind`: text, date, number; `required`: the header must have it when reading; `hint`: a line under the
    header of the notes sheet of a sample; `choices`: the words that may stand there.
    """

    key: str
    title: str
    kind: str = "text"
    required: bool = True
    width: int = 20
    hint: str = ""
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One filled row: its number in the file (the header is 1) and its values by the columns' keys."""

    number: int
    values: Mapping[str, Cell]


def read_rows(upload: IO[bytes], columns: Sequence[Column], limit: int = 5000) -> Iterator[Row]:
    """Streams the filled rows of the first sheet, whose first filled row is the header; empty rows are left
    out.

    Formulas are not evaluated: a cell with one is refused, for its stored value may be another person's lie.
    Raises Invalid (field «file») with a Russian sentence for anything that is not a sound .xlsx of at most
    `limit` rows. The checks run before the first row is given.
    """
    _refuse_strange(upload)
    book = _open(upload)
    if not book.worksheets:
        raise _bad("sheet_empty", "В книге нет листа с таблицей. Сохраните список на первом листе.")
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # a lying <dimension> would make openpyxl pad rows to millions of cells
    lines = _lines(sheet.iter_rows(max_col=MAX_COLUMNS + 1))
    header_number, header = next(lines, (0, []))
    if not header:
        raise _bad("sheet_empty", "На первом листе ничего нет. Заполните таблицу по образцу.")
    places = _places(header, columns)
    return _rows(lines, places, header_number, limit)


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


def _bad(code: str, sentence: str) -> Invalid:
    return Invalid(code, sentence, field="file")


def _refuse_strange(upload: IO[bytes]) -> None:
    size = upload.seek(0, io.SEEK_END)
    upload.seek(0)
    start = upload.read(8)
    if not size:
        raise _bad("sheet_empty_file", "Файл пустой. Выберите другой файл.")
    if size > MAX_BYTES:
        raise _bad(
            "sheet_too_big", f"Файл больше {MAX_BYTES // 2**20} МБ. Удалите из книги картинки и лишние листы."
        )
    if start == OLE:
        upload.seek(0)
        _refuse_ole(upload.read())
    if start[:4] != b"PK\x03\x04":
        raise _bad(
            "sheet_not_xlsx",
            "Это не книга Excel, хотя имя может быть похожим. Откройте файл в Excel или LibreOffice и "
            "сохраните как «Книга Excel (.xlsx)».",
        )
    upload.seek(0)
    _refuse_bomb(upload)
    upload.seek(0)


def _refuse_ole(content: bytes) -> None:
    if ENCRYPTED in content:
        raise _bad("sheet_encrypted", "Файл закрыт паролем. Снимите пароль и загрузите его снова.")
    raise _bad(
        "sheet_old_xls", "Это старый формат .xls. Сохраните файл как «Книга Excel (.xlsx)» и загрузите снова."
    )


def _refuse_bomb(upload: IO[bytes]) -> None:
    try:
        with zipfile.ZipFile(upload) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            packed = sum(part.compress_size for part in parts) or 1
            names = {part.filename for part in parts}
            closed = any(part.flag_bits & 1 for part in parts)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError):
        raise _broken() from None
    if closed:
        raise _bad("sheet_encrypted", "Файл закрыт паролем. Снимите пароль и загрузите его снова.")
    if (
        unpacked > MAX_UNPACKED
        or len(parts) > MAX_PARTS
        or (unpacked > 1_000_000 and unpacked / packed > MAX_RATIO)
    ):
        raise _bad(
            "sheet_bomb",
            "Внутри файла слишком много данных. Скопируйте таблицу в новую книгу и сохраните её.",
        )
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise _bad("sheet_not_xlsx", "Это архив или документ, а не книга Excel. Нужен файл .xlsx.")


def _broken() -> Invalid:
    return _bad(
        "sheet_broken", "Файл повреждён и не открывается. Откройте его в Excel, сохраните заново и загрузите."
    )


def _open(upload: IO[bytes]) -> Any:
    try:
        return load_workbook(upload, read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # openpyxl raises anything on a spoilt file: KeyError, ParseError, ValueError…
        raise _broken() from error


def _lines(rows: Iterable[Any]) -> Iterator[tuple[int, list[Any]]]:
    """Numbered rows with at least one filled cell. Reading a spoilt sheet fails as late as here."""
    number, iterator = 0, iter(rows)
    while True:
        try:
            cells = next(iterator)
        except StopIteration:
            return
        except Exception as error:
            raise _broken() from error
        number += 1
        if number > 200_000:
            raise _bad("sheet_too_long", "На листе больше 200 000 строк. Оставьте только заполненные строки.")
        if len(cells) > MAX_COLUMNS and cells[MAX_COLUMNS].value is not None:
            raise _bad("sheet_too_wide", f"В таблице больше {MAX_COLUMNS} столбцов. Сверьтесь с образцом.")
        if any(_filled(cell.value) for cell in cells):
            # read-only cells know their row, and sheets may leave empty rows out
            number = next((cell.row for cell in cells if getattr(cell, "row", None)), number)
            yield number, list(cells)


def _filled(value: Any) -> bool:
    return value is not None and (not isinstance(value, str) or bool(value.strip()))


def _same(title: str) -> str:
    return " ".join(title.casefold().replace("ё", "е").replace("*", " ").split())


def _places(header: Sequence[Any], columns: Sequence[Column]) -> dict[int, Column]:
    """Which column of the file is which of ours, by the words of the header in any order."""
    wanted = {_same(title): column for column in columns for title in (column.title, *column.aliases)}
    places: dict[int, Column] = {}
    for place, cell in enumerate(header):
        column = wanted.get(_same(as_text(cell.value)))
        if column and column in places.values():
            raise _bad("sheet_columns", f"Столбец «{column.title}» встречается дважды. Оставьте один.")
        if column:
            places[place] = column
    missing = [column.title for column in columns if column.required and column not in places.values()]
    if missing:
        names = ", ".join(f"«{title}»" for title in missing)
        raise _bad(
            "sheet_columns", f"В первой строке не хватает столбцов: {names}. Возьмите заголовки из образца."
        )
    return places


def _rows(
    lines: Iterator[tuple[int, list[Any]]], places: Mapping[int, Column], header_number: int, limit: int
) -> Iterator[Row]:
    found = False
    for count, (number, cells) in enumerate(lines, start=1):
        if count > limit:
            raise _bad(
                "sheet_too_long", f"Больше {limit} строк за один раз не загрузить. Разделите файл на части."
            )
        found = True
        values = {
            column.key: _value(cells[place]) if place < len(cells) else None
            for place, column in places.items()
        }
        yield Row(number, values)
    if not found:
        raise _bad("sheet_empty", "Под заголовком нет ни одной строки. Заполните таблицу по образцу.")


def _value(cell: Any) -> Cell:
    value = cell.value
    if cell.data_type == "f" or type(value).__name__ in {"ArrayFormula", "DataTableFormula"}:
        where = f"{get_column_letter(cell.column)}{cell.row}"
        raise _bad(
            "sheet_formula",
            f"В ячейке {where} стоит формула. Замените её значением: «Вставить → Только значения».",
        )
    if isinstance(value, str):
        return plain(CONTROL.sub("", value))[:MAX_CELL].strip()
    if value is None or isinstance(value, (int, float, Decimal, bool, datetime, date)):
        return value
    return str(value)


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
