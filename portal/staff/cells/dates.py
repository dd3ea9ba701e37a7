"""Dates as people write them: with «г.», an order's number, a month in words, two digits of a year."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.core.text import whole_number
from portal.staff.cells.answer import Answer, asked, left_out
from portal.staff.cells.text import NOTHING, low

MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_MONTH = r"(январ[ья]|феврал[ья]|марта?|апрел[ья]|ма[йя]|июн[ья]|июл[ья]|августа?|сентябр[ья]|октябр[ья]|"
_MONTH += r"ноябр[ья]|декабр[ья]|янв|фев|мар|апр|июн|июл|авг|сент?|окт|ноя|дек)\.?"
_NUMERIC = re.compile(
    r"(?<![0-9])([0-9]{1,2})\s*[./,\-]\s*([0-9]{1,2})\s*[./,\-]\s*([0-9]{4}|[0-9]{2})(?![0-9])"
)
_ISO = re.compile(r"(?<![0-9])([0-9]{4})[.\-/]([0-9]{1,2})[.\-/]([0-9]{1,2})(?![0-9])")
_WORDS = re.compile(rf"(?<![0-9])([0-9]{{1,2}})\s*-?\s*{_MONTH}\s*-?\s*([0-9]{{4}}|[0-9]{{2}})(?![0-9])")
_MONTH_ONLY = re.compile(
    rf"(?<![0-9])(?:([0-9]{{1,2}})[./\-]|{_MONTH}[\s.\-]*)([0-9]{{4}}|[0-9]{{2}})(?![0-9])"
)
_YEAR_ONLY = re.compile(r"(?<![0-9])(19[0-9][0-9]|20[0-9][0-9])(?![0-9])")
_TIME = re.compile(r"t?\b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\b")
_ORDER = re.compile(
    r"(?:приказ[а-я]*|пр|расп[а-я]*)\b\.?(?:\s*[0-9][\w/\-]*)?|№\s*[\w./\-]+|\bn\s*[0-9][\w./\-]*|\b[0-9]+\s*-\s*[а-я/]+\b|\bот\b"
)
_NOISE = re.compile(
    r"\b(?:г\.?\s?р|года?|г|с|со|рожд[а-я]*|принят[а-я]*|дата|по|настоящее|время|наст|вр)\b\.?|"
    r"[\s.,;/()\-]+"
)
_AGE = re.compile(r"\(\s*[0-9]+\s*(?:лет|года?)\s*\)")
_ZERO = re.compile(r"(?<![а-яa-z])[оo](?=[0-9])|(?<=[0-9])[оo](?![а-яa-z])")
NOT_A_DATE = "не похоже на дату. Напишите её так: 28.02.2024."


@dataclass(frozen=True)
class Span:
    """Which years are possible in a column."""

    earliest: dt.date
    latest: dt.date

    def year(self, text: str) -> int | None:
        """«85» is the one possible year; None where two or none are."""
        if len(text) == 4:
            return int(text)
        fit = [
            year
            for year in (1900 + int(text), 2000 + int(text))
            if self.earliest.year <= year <= self.latest.year
        ]
        return fit[0] if len(fit) == 1 else None


def spans(today: dt.date) -> dict[str, Span]:
    """Born, hired, attested: years that a working person may have."""
    year = today.year
    return {
        "birth_date": Span(dt.date(year - 90, 1, 1), dt.date(year - 14, 12, 31)),
        "hired_on": Span(dt.date(year - 70, 1, 1), dt.date(year + 1, 12, 31)),
        "category_on": Span(dt.date(year - 40, 1, 1), dt.date(year + 6, 12, 31)),
    }


def understand_date(text: str, span: Span) -> Answer:
    """A day; what stands beside it (an order's number) is left out and said."""
    said = _ZERO.sub("0", low(text))
    if said in NOTHING:
        return Answer()
    found = list(days_in(said, span))
    if not found:
        return _without_day(text, said, span)
    days = list(dict.fromkeys(day for _, day in found))
    if any(day is None for day in days):
        return asked(
            f"Дня «{text.strip()[:40]}» нет в календаре или год неясен. Напишите дату так: 28.02.2024."
        )
    shown = [f"{day:%d.%m.%Y}" for day in days if day]
    left = rest_of(said, [where for where, _ in found])
    if len(days) > 1 or "до" in left.split() or re.search(r"\bуволен", left):
        return asked(f"В ячейке «{text.strip()[:60]}» не одна дата или срок. Какая верна?", *shown)
    kept = _NOISE.sub(" ", _ORDER.sub(" ", _AGE.sub(" ", left))).strip()
    if kept:
        return asked(f"В ячейке «{text.strip()[:60]}» кроме даты есть слова. Верна ли дата?", *shown)
    remarks = (left_out(left.strip(" .,;()-")),) if _ORDER.search(left) else ()
    return Answer(days[0], remarks=remarks)


def days_in(said: str, span: Span) -> Iterator[tuple[tuple[int, int], dt.date | None]]:
    """Where a whole date stands, and which; None when there is no such day."""
    taken: list[tuple[int, int]] = []
    for pattern, order in ((_ISO, (3, 2, 1)), (_NUMERIC, (1, 2, 3)), (_WORDS, (1, 2, 3))):
        for match in pattern.finditer(said):
            if any(begin < match.end() and match.start() < end for begin, end in taken):
                continue
            taken.append(match.span())
            day, month, year = (match[place] for place in order)
            yield match.span(), _day(day, month, year, span)


def _day(day: str, month: str, year: str, span: Span) -> dt.date | None:
    number = month_of(month)
    whole = span.year(year)
    try:
        return dt.date(whole, number, int(day)) if whole else None
    except ValueError:
        return None


def month_of(text: str) -> int:
    """The month by its number or by its name."""
    number = whole_number(text)
    if number is not None:
        return number
    return next(place for place, begins in enumerate(MONTHS, start=1) if text.startswith(begins))


def rest_of(said: str, places: list[tuple[int, int]]) -> str:
    """What stands outside of the dates."""
    out, at = "", 0
    for begin, end in sorted(places):
        out, at = out + said[at:begin] + " ", end
    return _TIME.sub(" ", out + said[at:])


def _without_day(text: str, said: str, span: Span) -> Answer:
    first = month_in(said, span)
    if first:
        return asked(
            f"В «{text.strip()[:40]}» не сказан день. Напишите дату так: 28.02.2024.", f"{first:%d.%m.%Y}"
        )
    if _YEAR_ONLY.search(said):
        return asked(f"В «{text.strip()[:40]}» только год. Напишите дату так: 28.02.2024.")
    return asked(f"«{text.strip()[:40]}» {NOT_A_DATE}")


def month_in(said: str, span: Span) -> dt.date | None:
    """The first day of a month that is named without its day."""
    match = _MONTH_ONLY.search(said)
    if match is None:
        return None
    month, year = month_of(match[1] or match[2]), span.year(match[3])
    return dt.date(year, month, 1) if year and 1 <= month <= 12 else None
