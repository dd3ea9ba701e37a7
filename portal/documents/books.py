"""Tables that people upload: .xlsx, .xls, .ods and CSV, read with care. A book is its sheets, a sheet its
filled rows; what stands where is for others to say.

Formulas are read by the value that the program has kept beside them, never counted. Raises Invalid (field
«file») with a Russian sentence for anything that is not a sound table.
"""

import csv
import datetime as dt
import io
import json
import logging
import lzma
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from openpyxl import load_workbook

from portal.core.errors import Invalid
from portal.core.text import plain
from portal.documents import calamine_child
from portal.documents.sheets import CONTROL, MAX_CELL, Cell

log = logging.getLogger("estafeta.documents")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # both .xls and a password-protected .xlsx begin so
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PACKED = b"PK\x03\x04"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
KINDS = ("xlsx", "xls", "ods", "csv")
LOCKED = 1
"""The bit by which an archive says that a part of it wants a password."""
MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 2000
MAX_COLUMNS = 100
MAX_ROW = 200_000
MAX_SHEETS = 20
CHILD_TIMEOUT = 30
CHILD, PLACE = Path(calamine_child.__file__), 'File "'
SEPARATORS = ";,\t|"
FORMULA, LONGEST_TAG = re.compile(rb"<(?:[^\s<>/:]{1,40}:)?f[\s/>]"), 48
SPOILT = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError),
    *(EOFError, OSError, ValueError),  # ValueError: a place before the beginning, a name that is not UTF-8
)
"""What zipfile raises for a spoilt archive that lies in memory (tests/documents/test_spoilt_books.py)."""
KEPT_EMPTY = "str"
"""What openpyxl leaves as the kind of a cell whose formula has told an empty text: such a value was kept."""


@dataclass(frozen=True)
class Line:
    """A row with at least one filled cell: its number in the file, and its cells from the first column on."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """A sheet of a book; a CSV is one sheet."""

    title: str
    lines: list[Line] = field(default_factory=list)
    hidden: bool = False


def read_book(upload: IO[bytes], limit: int = 5000) -> list[Sheet]:
    """The sheets with anything on them, of at most `limit` filled rows each. A fault of ours is no Invalid:
    only what a library says of the file is.
    """
    size = upload.seek(0, io.SEEK_END)
    upload.seek(0)
    if not size:
        raise bad("sheet_empty_file", "Файл пустой. Выберите другой файл.")
    if size > MAX_BYTES:
        raise bad(
            "sheet_too_big", f"Файл больше {MAX_BYTES // 2**20} МБ. Удалите из книги картинки и лишние листы."
        )
    sheets = [sheet for sheet in _read(upload.read(), limit) if sheet.lines]
    if not sheets:
        raise bad("sheet_empty", "В файле ничего нет. Заполните таблицу по образцу.")
    return sheets


def _read(content: bytes, limit: int) -> list[Sheet]:
    if content.startswith(PACKED):
        names = _refuse_bomb(content)
        if "[Content_Types].xml" in names:
            return _excel(content, names, limit)
        return _by_child(content, limit)
    if content.startswith(OLE):
        if ENCRYPTED in content:
            raise _closed()
        return _by_child(content, limit)
    return [_csv(content, limit)]


def bad(code: str, sentence: str) -> Invalid:
    """What a file is refused with."""
    return Invalid(code, sentence, field="file")


def _closed() -> Invalid:
    return bad("sheet_encrypted", "Файл закрыт паролем. Снимите пароль и загрузите его снова.")


def _broken() -> Invalid:
    return bad(
        "sheet_broken", "Файл повреждён и не открывается. Откройте его в Excel, сохраните заново и загрузите."
    )


@contextmanager
def _unpacking() -> Iterator[None]:
    """Around calls of zipfile alone."""
    try:
        yield
    except SPOILT as error:
        raise _broken() from error


def _long(limit: int) -> Invalid:
    return bad("sheet_too_long", f"Больше {limit} строк за один раз не загрузить. Разделите файл на части.")


def _not_a_table() -> Invalid:
    return bad(
        "sheet_not_a_table",
        "Это не таблица, хотя имя может быть похожим. Откройте файл в Excel или LibreOffice и сохраните как "
        "«Книга Excel (.xlsx)».",
    )


def _refuse_bomb(content: bytes) -> set[str]:
    """The names of the parts, where they are sound and few."""
    with _unpacking():
        archive = zipfile.ZipFile(io.BytesIO(content))
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    dense = unpacked > 1_000_000 and unpacked / packed > MAX_RATIO
    if any(part.flag_bits & LOCKED for part in parts):
        raise _closed()
    if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS or dense:
        raise bad(
            "sheet_bomb",
            "Внутри файла слишком много данных. Скопируйте таблицу в новую книгу и сохраните её.",
        )
    names = {part.filename for part in parts}
    excel = "[Content_Types].xml" in names and "xl/workbook.xml" in names
    if not excel and _kind(archive, names) != OPEN_DOCUMENT:
        raise bad(
            "sheet_not_a_table",
            "Это архив или документ, а не таблица. Подойдёт файл .xlsx, .xls, .ods или .csv.",
        )
    return names


def _kind(archive: zipfile.ZipFile, names: set[str]) -> bytes:
    """What an open document says of itself."""
    if "mimetype" not in names:
        return b""
    with _unpacking():
        return archive.open("mimetype").read(100).strip()


def _excel(content: bytes, names: set[str], limit: int) -> list[Sheet]:
    values = _open(content, values=True)
    formulas = _open(content, values=False) if _has_formulas(content, names) else None
    sheets = []
    for place, sheet in enumerate(values.worksheets[:MAX_SHEETS]):
        rows = _cells(sheet)
        written = _cells(formulas.worksheets[place]) if formulas else None
        lines = list(
            _lines(zip(rows, written, strict=False) if written else ((row, None) for row in rows), limit)
        )
        sheets.append(Sheet(sheet.title, lines, sheet.sheet_state != "visible"))
    return sheets


def _has_formulas(content: bytes, names: set[str]) -> bool:
    """Whether a second look is needed at what was written in place of a missing value."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(_says_formula(_part(archive, name)) for name in _sheets_of(names))


def _part(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    with _unpacking():
        return archive.open(name)


def _says_formula(part: IO[bytes]) -> bool:
    before = b""
    while piece := _piece(part):
        if FORMULA.search(before + piece):
            return True
        before = piece[-LONGEST_TAG:]
    return False


def _piece(part: IO[bytes]) -> bytes:
    with _unpacking():
        return part.read(2**20)


def _sheets_of(names: set[str]) -> list[str]:
    return [name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml")]


def _open(content: bytes, *, values: bool) -> Any:
    file = io.BytesIO(content)
    try:
        return load_workbook(file, read_only=True, data_only=values, keep_links=False)
    except Exception as error:  # of a spoilt file it raises anything: KeyError, TypeError, EOFError…
        raise _broken() from error


def _cells(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Rows with their numbers. Reading a spoilt sheet fails as late as here."""
    sheet.reset_dimensions()  # a lying <dimension> would make openpyxl pad rows to millions of cells
    number, iterator = 0, iter(sheet.iter_rows(max_col=MAX_COLUMNS + 1))
    while True:
        try:
            cells = next(iterator)
        except StopIteration:
            return
        except Exception as error:
            raise _broken() from error
        number += 1
        # read-only cells know their row, and sheets may leave empty rows out
        told = next((cell.row for cell in cells if getattr(cell, "row", None)), number)
        if told > MAX_ROW:
            raise bad(
                "sheet_too_long", f"На листе больше {MAX_ROW} строк. Оставьте только заполненные строки."
            )
        yield (
            told,
            ["" if cell.value is None and cell.data_type == KEPT_EMPTY else cell.value for cell in cells],
        )


def _lines(pairs: Iterable[tuple[Any, Any]], limit: int) -> Iterator[Line]:
    """Filled rows; a formula whose value was not kept stays as it was written."""
    count = 0
    for (number, values), written in pairs:
        kept = values
        if written:
            kept = [
                before if value is None and isinstance(before, str) and before.startswith("=") else value
                for value, before in zip(values, written[1], strict=False)
            ]
        line = _line(number, kept)
        if line:
            count += 1
            if count > limit + 50:
                raise _long(limit)
            yield line


def _line(number: int, values: list[Any]) -> Line | None:
    if len(values) > MAX_COLUMNS and _filled(values[MAX_COLUMNS]):
        raise bad("sheet_too_wide", f"В таблице больше {MAX_COLUMNS} столбцов. Сверьтесь с образцом.")
    width = max((place for place, value in enumerate(values, start=1) if _filled(value)), default=0)
    return Line(number, tuple(_cell(value) for value in values[:width])) if width else None


def _filled(value: Any) -> bool:
    return value is not None and (not isinstance(value, str) or bool(value.strip()))


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return plain(CONTROL.sub("", value))[:MAX_CELL].strip()
    if value is None or isinstance(value, (int, float, Decimal, bool, dt.datetime, dt.date, dt.time)):
        return value
    return str(value)[:MAX_CELL]


def _by_child(content: bytes, limit: int) -> list[Sheet]:
    """calamine in a process of its own (docs/adr/0032). RuntimeError: a fault of ours there, its places
    in the log without its words."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(CHILD)],
            input=content,
            capture_output=True,
            timeout=CHILD_TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _broken() from None
    if done.returncode == calamine_child.PASSWORD:
        raise _closed()
    if done.returncode == calamine_child.LONG:
        raise bad("sheet_too_long", f"На листе больше {MAX_ROW} строк. Оставьте только заполненные строки.")
    if done.returncode == calamine_child.BROKEN or done.returncode < 0:  # a signal: no more memory or time
        raise _broken()
    if done.returncode:
        said = done.stderr.decode(errors="replace").splitlines()
        log.error("calamine_child failed", extra={"at": [line.strip() for line in said if PLACE in line]})
        raise RuntimeError("calamine_child")
    return [_sheet_of_child(told, limit) for told in json.loads(done.stdout)]


def _sheet_of_child(told: dict[str, Any], limit: int) -> Sheet:
    lines = [
        line
        for number, values in told["rows"]
        if (line := _line(number, [_from_child(value) for value in values]))
    ]
    if len(lines) > limit + 50:
        raise _long(limit)
    return Sheet(told["title"], lines, told["hidden"])


def _from_child(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    kind, text = value
    if kind == "time":
        return dt.time.fromisoformat(text)
    return dt.datetime.fromisoformat(text) if kind == "datetime" else dt.date.fromisoformat(text)


def _csv(content: bytes, limit: int) -> Sheet:
    text = _decoded(content)
    if text.lstrip("\ufeff \r\n\t").startswith("<"):
        raise bad(
            "sheet_not_a_table",
            "Это веб-страница, хотя имя у файла табличное: так сохраняют некоторые программы. Откройте файл "
            "в Excel или LibreOffice и сохраните как «Книга Excel (.xlsx)».",
        )
    if CONTROL.search(text[:4000]):
        raise _not_a_table()
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    lines: list[Line] = []
    try:
        for number, row in enumerate(reader, start=1):
            line = _line(number, list(row))  # as a spreadsheet counts: a cell may have lines of its own
            if line:
                lines.append(line)
            if len(lines) > limit + 50:
                raise _long(limit)
    except csv.Error:
        raise _broken() from None
    if max((len(line.cells) for line in lines), default=0) < 2:
        raise _not_a_table()
    return Sheet("", lines)


def _decoded(content: bytes) -> str:
    """UTF-8 with its mark or without, UTF-16 by its mark, else the old Russian page of Windows."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1251"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _not_a_table()


def _separator(text: str) -> str:
    """The sign that parts most lines into the same number of cells, more than one."""
    sample = text[:20_000].splitlines()[:50]

    def evenness(sign: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(sample, delimiter=sign) if row]
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual) if usual > 1 else 0, usual)

    return max(SEPARATORS, key=evenness)
