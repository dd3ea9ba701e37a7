"""A date as people write it, and what to say of one that cannot be."""

import calendar
import datetime as dt
import re

from django.core.exceptions import ValidationError

from portal.ui import words

MONTHS_IN = (
    "январе",
    "феврале",
    "марте",
    "апреле",
    "мае",
    "июне",
    "июле",
    "августе",
    "сентябре",
    "октябре",
    "ноябре",
    "декабре",
)
LEAP = 2024
"""A year in which each month has all the days that it ever has."""
_PARTS = (
    re.compile(r"^(?P<d>\d{1,2})[.\-/ ](?P<m>\d{1,2})[.\-/ ](?P<y>\d{4})$"),
    re.compile(r"^(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})$"),
)
_SHORT = re.compile(r"^(?P<d>\d{1,2})[.\-/ ](?P<m>\d{1,2})\.?$")
"""«20.11», the year left out."""
_YEAR = re.compile(r"\s*(?:г|год|года)\.?$")


def _in_figures(text: str) -> str:
    """«20 ноября 2026 года» as 20.11.2026; anything else as it was written."""
    said = _YEAR.sub("", " ".join(text.lower().split()))
    for number, month in enumerate(words.MONTHS, 1):
        said = re.sub(rf"^(\d{{1,2}}) {month}\b", rf"\1.{number}", said)
    return re.sub(r"^(\d+\.\d+) (?=\d)", r"\1.", said)


def read_date(text: str) -> dt.date:
    """A date as people write it: 20.11.2026, 20 ноября 2026, or ISO. Raises ValidationError with a sentence
    that says how to mend it.
    """
    said = _in_figures(text)
    found = next((match for rule in _PARTS if (match := rule.match(said))), None)
    if found is None:
        raise ValidationError(_without_year(said) or "Напишите дату так: 20.11.2026.", code="invalid")
    day, month, year = (int(found[name]) for name in "dmy")
    if not 1 <= month <= 12:
        raise ValidationError(
            f"Месяца с номером {month} нет. Дата пишется так: день.месяц.год, например 20.11.2026.",
            code="invalid",
        )
    if not 1900 <= year <= 2199:
        raise ValidationError(f"Проверьте год: {year}. Дата пишется так: 20.11.2026.", code="invalid")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        days = f"{last} {words.plural(last, 'день,дня,дней')}"
        raise ValidationError(f"Такого дня нет: в {MONTHS_IN[month - 1]} {year} года {days}.", code="invalid")
    return dt.date(year, month, day)


def _without_year(said: str) -> str:
    """What to mend in a day and a month; empty when it is none. A day that is in no year is not asked for its
    year.
    """
    found = _SHORT.match(said)
    if found is None or not 1 <= (month := int(found["m"])) <= 12:
        return ""
    day, last = int(found["d"]), calendar.monthrange(LEAP, month)[1]
    if not 1 <= day <= last:
        return f"Такого дня нет: в {MONTHS_IN[month - 1]} {last} {words.plural(last, 'день,дня,дней')}."
    return "Допишите год. Дата пишется так: 20.11.2026."
