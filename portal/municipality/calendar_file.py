"""A production calendar as it is published: the table of open data (CSV: a row for a year, a column for a
month, days off in it) and the XML of calendars for programs (`<day d="05.11" t="1"/>`: off, `t="3"`:
working).
"""

import csv
import datetime as dt
import io
import re
from calendar import monthrange
from collections.abc import Container, Iterator

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from portal.core.errors import Invalid
from portal.core.workdays import Moved, is_working_by_law

FEWEST, MOST = 105, 130
"""Days off in a year: what is outside is another table."""
SHORT = "*"
OFF, WORKING = "1", "3"


def calendars_in(content: bytes, wanted: Container[int]) -> dict[int, Moved]:
    """What each wanted year of the file moves; a table has years since 1999, and those are nobody's trouble.
    Raises Invalid at `file`.
    """
    text = _text(content)
    read = _of_xml if text.lstrip().startswith("<") else _of_table
    named, years = read(text, wanted)
    if not named:
        raise _bad("В файле нет ни одного года. Нужен производственный календарь: таблица CSV или XML.")
    for year, days_off in years.items():
        if not FEWEST <= len(days_off) <= MOST:
            raise _bad(
                f"За {year} год в файле {len(days_off)} нерабочих дней, а их бывает от {FEWEST} до {MOST}. "
                "Проверьте, тот ли это файл и весь ли он."
            )
    return {year: _moved(year, days_off) for year, days_off in years.items()}


def _moved(year: int, days_off: set[dt.date]) -> Moved:
    """Where the file and the law say otherwise."""
    days = list(_days_of(year))
    return Moved(
        off=frozenset(day for day in days if day in days_off and is_working_by_law(day)),
        on=frozenset(day for day in days if day not in days_off and not is_working_by_law(day)),
    )


def _days_of(year: int) -> Iterator[dt.date]:
    first = dt.date(year, 1, 1)
    return (first + dt.timedelta(days=number) for number in range((dt.date(year + 1, 1, 1) - first).days))


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _bad("Файл не читается: сохраните календарь как CSV или XML и загрузите снова.")


Read = tuple[set[int], dict[int, set[dt.date]]]
"""Years that the file names, and the days off of those that are wanted."""


def _of_xml(text: str, wanted: Container[int]) -> Read:
    """Names exceptions only: other days are as the week has them."""
    try:
        root = fromstring(text)
    except (ParseError, DefusedXmlException) as error:
        raise _bad("XML в файле испорчен: скачайте календарь ещё раз.") from error
    year = _year(root.get("year") or "")
    if year not in wanted:
        return {year}, {}
    days_off = {day for day in _days_of(year) if day.weekday() >= 5}
    for element in root.iter("day"):
        month, _, day = (element.get("d") or "").partition(".")
        date = _date(year, month, day)
        if element.get("t") == OFF:
            days_off.add(date)
        elif element.get("t") == WORKING:
            days_off.discard(date)
    return {year}, {year: days_off}


def _of_table(text: str, wanted: Container[int]) -> Read:
    """A row: the year, then twelve cells with the days off of the month; a starred day is a short working
    one.
    """
    named: set[int] = set()
    found: dict[int, set[dt.date]] = {}
    for row in csv.reader(io.StringIO(text), delimiter=_separator(text)):
        if not row or not re.fullmatch(r"\s*\d{4}\s*", row[0]):
            continue
        year = _year(row[0])
        named.add(year)
        if year not in wanted:
            continue
        if len(row) < 13:
            raise _bad(f"У {year} года в таблице не двенадцать месяцев.")
        found[year] = {
            _date(year, str(month), part.strip().rstrip("+"))
            for month, cell in enumerate(row[1:13], start=1)
            for part in cell.split(",")
            if part.strip() and not part.strip().endswith(SHORT)
        }
    return named, found


def _separator(text: str) -> str:
    head = text.partition("\n")[0]
    return ";" if head.count(";") > head.count(",") else ","


def _year(said: str) -> int:
    if not re.fullmatch(r"\s*(19|20|21)\d\d\s*", said):
        raise _bad("В файле не сказано, какой это год.")
    return int(said)


def _date(year: int, month: str, day: str) -> dt.date:
    try:
        number, last = int(day), monthrange(year, int(month))[1]
    except (ValueError, IndexError) as error:
        raise _bad(f"В файле есть день «{day}.{month}», а такого не бывает.") from error
    if not 1 <= number <= last:
        raise _bad(f"В файле есть день «{day}.{month}», а такого не бывает.")
    return dt.date(year, int(month), number)


def _bad(sentence: str) -> Invalid:
    return Invalid("calendar", sentence, "file")
