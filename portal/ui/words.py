"""Russian typography, plurals and dates for printed text. Never for values of fields: they would store
no-break spaces.
"""

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache

from django.utils.translation import trans_real

from portal.core import clock

MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
NBSP, THIN = "\u00a0", "\u202f"


@lru_cache(maxsize=1)
def _russian_rule() -> Callable[[int], int]:
    """Django's own rule of Russian plurals: number → index of the form."""
    return trans_real.translation("ru")._catalog._plurals[0]  # type: ignore[attr-defined,no-any-return]


def plural(number: float, forms: str) -> str:
    """The form for the number: «встреча,встречи,встреч». A fraction takes the second form («2,5 часа»)."""
    one, few, many = (form.strip() for form in forms.split(","))
    if isinstance(number, float) and number != int(number):
        return few
    return (one, few, many, many)[_russian_rule()(abs(int(number)))]


def decimal(number: object, places: int | None = None) -> str:
    """Decimal comma, thousands by a thin gap, a true minus."""
    text = f"{number:,.{places}f}" if places is not None else f"{number:,}"
    return text.replace(",", THIN).replace(".", ",").replace("-", "−")


def date_of(value: dt.date | dt.datetime) -> dt.date:
    return clock.local(value).date() if isinstance(value, dt.datetime) else value


def day_month(value: dt.date | dt.datetime) -> str:
    """«20 ноября», with the year when it is not this one."""
    day = date_of(value)
    year = "" if day.year == clock.today().year else f" {day.year}"
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}{year}"


def weekday_date(value: dt.date | dt.datetime) -> str:
    """«пятница, 20 ноября»."""
    return f"{WEEKDAYS[date_of(value).weekday()]}, {day_month(value)}"


def initials(name: str) -> str:
    """«БК» of «Кравцов Борис Ильич»: given name, then surname, as people say it."""
    words = name.split()
    if len(words) < 2:
        return name[:1].upper()
    return (words[1][0] + words[0][0]).upper()


def short_name(name: str) -> str:
    """«Кравцов Б. И.» of «Кравцов Борис Ильич»."""
    surname, *given = name.split() or [""]
    return NBSP.join([surname, *(f"{word[0]}." for word in given[:2])])


_SHORT = re.compile(
    r"(?<![\w-])(в|во|без|до|для|за|из|к|ко|на|над|не|ни|о|об|от|по|под|при|про|с|со|у|и|а|но|да|же|ли|бы|"
    r"как|что|или|их|его|её) "
    r"(?=\S)",
    re.I,
)
_RULES = (
    (re.compile(r"(?<!\.)\.\.(?!\.)"), "."),  # a sentence that ends with initials ends with one dot
    (_SHORT, rf"\1{NBSP}"),
    (re.compile(r"№\s*(?=\d)"), f"№{NBSP}"),
    (re.compile(r"§\s*(?=\d)"), f"§{NBSP}"),
    (re.compile(r"(?<=\w\.) (?=[А-ЯЁ]\.)"), NBSP),
    (re.compile(r"(?<=\b[А-ЯЁ]\.) (?=[А-ЯЁ][а-яё])"), NBSP),
    (re.compile(r"([а-яё]) (?=[А-ЯЁ]\.)"), rf"\1{NBSP}"),
    (
        re.compile(
            r"(?<=\d) "
            r"(?=(?:%|₽|руб|тыс|млн|КБ|МБ|ГБ|мин|час|лет|год|дн|день|дня|дней|п\.|стр|школ|пар|из)\b|%)"
        ),
        NBSP,
    ),
    (re.compile(rf"(?<=\d) (?=(?:{'|'.join(MONTHS)})\b)"), NBSP),
    (re.compile(r" (?=—)"), NBSP),
)


def typo(text: str) -> str:
    """One dot at the end of a sentence, no-break spaces after short words, «№», between initials, before
    units and the dash.
    """
    for _ in range(2):
        for rule, replacement in _RULES:
            text = rule.sub(replacement, text)
    return text
