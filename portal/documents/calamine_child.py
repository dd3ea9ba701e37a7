"""A process of its own that reads .xls and .ods, and is allowed little memory and little time.

calamine keeps a sheet as one rectangle: a file of a kilobyte with two distant cells makes it ask for more
memory than there is, and Rust then ends the whole process. So it ends this one, and the parent says that the
file is broken. Run as a script by `portal.documents.books`: the file comes by stdin, JSON leaves by stdout.
Imports nothing of the portal.
"""

import datetime as dt
import io
import json
import resource
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import olefile
from defusedxml.ElementTree import iterparse

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
MEMORY, SECONDS = 768 * 2**20, 20
SHEETS, ROWS, COLUMNS, TEXT = 20, 200_000, 101, 32_000
PASSWORD, BROKEN, LONG = 3, 4, 5
"""Exit codes that the parent puts into words."""


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineWorkbook, PasswordError

    content = sys.stdin.buffer.read()
    try:
        book = _asked(CalamineWorkbook.from_filelike, io.BytesIO(content))
        unkept = _unkept(content)
        sheets = [
            _sheet(book, meta, unkept.get(place, {}))
            for place, meta in enumerate(book.sheets_metadata[:SHEETS])
        ]
    except _TooLong:
        return LONG
    except _Spoilt as refusal:
        return PASSWORD if isinstance(refusal.__cause__, PasswordError) else BROKEN
    except MemoryError:  # also where the rows are put together here
        return BROKEN
    json.dump(sheets, sys.stdout, ensure_ascii=True)
    return 0


class _TooLong(Exception):
    pass


class _Spoilt(Exception):
    """A library cannot read the file. What our own lines raise is another thing: it ends the process with
    code 1, and the parent raises it.
    """


def _asked(call: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """What a library answers; of a spoilt file it raises anything, and calamine's panic is no Exception."""
    try:
        return call(*given, **named)
    except BaseException as error:
        raise _Spoilt from error


Formulas = dict[int, dict[int, str]]
"""Row → column → the formula that stands there."""


def _unkept(content: bytes) -> dict[int, Formulas]:
    """The formulas without a value, by the place of the sheet: calamine shows them as empty cells or zeros,
    and what is empty is not asked about.
    """
    if not content.startswith(b"PK"):
        return _unkept_of_xls(content)
    found: dict[int, Formulas] = {}
    sheet, row = -1, 0
    for event, element in _elements(content):
        if event == "start" and element.tag == f"{TABLE}table":
            sheet, row = sheet + 1, 0
        elif event == "end" and element.tag == f"{TABLE}table-row":
            after = row + _repeated(element, "rows")
            if formulas := _unkept_of_row(element):
                rows = range(row, min(after, ROWS))
                found.setdefault(sheet, {}).update(dict.fromkeys(rows, formulas))
            row = after
            element.clear()
    return found


def _elements(content: bytes) -> Iterator[tuple[str, Any]]:
    """Of an .ods, as they begin and end. Nothing but the libraries is called here."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("content.xml") as part:
            yield from iterparse(part, ("start", "end"))
    except Exception as error:
        raise _Spoilt from error


BOUNDSHEET, BOF, FORMULA = 0x0085, 0x0809, 0x0006
COUNTED_BY_A_PROGRAM = "\x05SummaryInformation"
TEXT_RESULT, EMPTY_TEXT, COUNT_ON_LOADING = b"\xff\xff", 3, 2


def _unkept_of_xls(content: bytes) -> dict[int, Formulas]:
    """Excel and LibreOffice count what they write, and say who has written it; a library leaves out both. Of
    its formulas «an empty text», and zero «to be counted on loading», are no values ([MS-XLS] 2.4.127).
    """
    begins: dict[int, int] = {}
    found: dict[int, Formulas] = {}
    sheet = -1
    for place, kind, record in _records(_asked(_stream_of_xls, content)):
        if kind == BOUNDSHEET and len(record) >= 4:
            begins[struct.unpack_from("<I", record)[0]] = len(begins)
        elif kind == BOF:
            sheet = begins.get(place, sheet)
        elif kind == FORMULA and len(record) >= 16 and _tells_nothing(record):
            row, column = struct.unpack_from("<HH", record)
            if row < ROWS and column < COLUMNS:
                found.setdefault(sheet, {}).setdefault(row, {})[column] = "=формула"
    return found


def _stream_of_xls(content: bytes) -> bytes:
    """Its records, where a library has written it. Nothing but olefile is called here."""
    with olefile.OleFileIO(io.BytesIO(content)) as parts:
        name = next((one for one in ("Workbook", "Book") if parts.exists(one)), "")
        if not name or parts.exists(COUNTED_BY_A_PROGRAM):
            return b""
        stream: bytes = parts.openstream(name).read()
    return stream


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Each record of a book: where it begins, of which kind it is, and what it holds."""
    place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield place, kind, stream[place + 4 : place + 4 + size]
        place += 4 + size


def _tells_nothing(record: bytes) -> bool:
    result, flags = record[6:14], struct.unpack_from("<H", record, 14)[0]
    if result.endswith(TEXT_RESULT):
        return result[0] == EMPTY_TEXT
    return not any(result) and bool(flags & COUNT_ON_LOADING)


def _unkept_of_row(row: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    column = 0
    for cell in row:
        after = column + _repeated(cell, "columns")
        formula = cell.get(f"{TABLE}formula")
        if formula and not cell.get(f"{OFFICE}value-type"):
            found |= dict.fromkeys(range(column, min(after, COLUMNS)), formula)
        column = after
    return found


def _repeated(element: Any, what: str) -> int:
    return int(_asked(int, element.get(f"{TABLE}number-{what}-repeated", "1")))


def _sheet(book: Any, meta: Any, unkept: Formulas) -> dict[str, Any]:
    sheet = _asked(book.get_sheet_by_name, meta.name)
    if sheet.total_height > ROWS:
        raise _TooLong
    hidden = str(meta.visible).rsplit(".", 1)[-1] != "Visible"
    rows = [
        [number, _cells(row[:COLUMNS], unkept.get(number - 1, {}))]
        for number, row in enumerate(_asked(sheet.to_python, skip_empty_area=False), start=1)
        if any(value != "" for value in row)
    ]
    return {"title": meta.name, "hidden": hidden, "rows": rows}


def _cells(row: list[Any], formulas: dict[int, str]) -> list[Any]:
    """A formula without a value stays as it was written, with the sign by which the portal knows one."""
    cells = [_cell(value) for value in row]
    for column, formula in formulas.items():
        cells += [None] * (column + 1 - len(cells))
        if cells[column] in (None, 0):
            cells[column] = "=" + formula.partition("=")[2][:TEXT]
    return cells


def _cell(value: Any) -> Any:
    """Plain values as they are, days and times as a pair."""
    if value == "":
        return None
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return [type(value).__name__, value.isoformat()]
    if isinstance(value, dt.timedelta):
        return str(value)
    return value[:TEXT] if isinstance(value, str) else value


if __name__ == "__main__":
    sys.exit(main())
