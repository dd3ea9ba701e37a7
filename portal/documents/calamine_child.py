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
import sys
import zipfile
from typing import Any

from defusedxml.ElementTree import ParseError, iterparse

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
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        content = sys.stdin.buffer.read()
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        unkept = _unkept(content)
        sheets = [
            _sheet(book, meta, unkept.get(place, {}))
            for place, meta in enumerate(book.sheets_metadata[:SHEETS])
        ]
    except PasswordError:
        return PASSWORD
    except _TooLong:
        return LONG
    except (CalamineError, ParseError, zipfile.BadZipFile, KeyError, OSError, ValueError):
        return BROKEN
    json.dump(sheets, sys.stdout, ensure_ascii=True)
    return 0


class _TooLong(Exception):
    pass


Formulas = dict[int, dict[int, str]]
"""Row → column → the formula that stands there."""


def _unkept(content: bytes) -> dict[int, Formulas]:
    """Of an .ods the formulas without a value, by the place of the sheet: calamine shows them as empty cells,
    and what is empty is not asked about. In an .xls there is no telling.
    """
    if not content.startswith(b"PK"):
        return {}
    found: dict[int, Formulas] = {}
    sheet, row = -1, 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("content.xml") as part:
        for event, element in iterparse(part, ("start", "end")):
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
    return int(element.get(f"{TABLE}number-{what}-repeated", "1"))


def _sheet(book: Any, meta: Any, unkept: Formulas) -> dict[str, Any]:
    sheet = book.get_sheet_by_name(meta.name)
    if sheet.total_height > ROWS:
        raise _TooLong
    hidden = str(meta.visible).rsplit(".", 1)[-1] != "Visible"
    rows = [
        [number, _cells(row[:COLUMNS], unkept.get(number - 1, {}))]
        for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1)
        if any(value != "" for value in row)
    ]
    return {"title": meta.name, "hidden": hidden, "rows": rows}


def _cells(row: list[Any], formulas: dict[int, str]) -> list[Any]:
    """A formula without a value stays as it was written, with the sign by which the portal knows one."""
    cells = [_cell(value) for value in row]
    for column, formula in formulas.items():
        cells += [None] * (column + 1 - len(cells))
        if cells[column] is None:
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
