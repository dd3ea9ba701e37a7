"""Service, rate and hours as people write them."""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

from portal.core.text import whole_number
from portal.staff.cells.answer import Answer, asked, left_out
from portal.staff.cells.dates import Span, days_in
from portal.staff.cells.text import NOTHING, low

TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")
_NUMBER = r"\d{1,5}(?:[.,]\d{1,12})?"
_PLAIN = re.compile(rf"-?{_NUMBER}")
_YEARS = re.compile(
    rf"(?:({_NUMBER})\s*(?:лет|год[а]?|г|л)\b\.?)?\s*,?\s*(?:и\s+)?(?:(\d{{1,2}})\s*(?:месяц[а-я]*|мес|м)\b\.?)?"
    r"\s*,?\s*(?:(\d{1,2})\s*(?:дн[а-я]*|день|д)\b\.?)?"
)
_OVER = re.compile(rf"(?:более|больше|свыше|от|около)\s+({_NUMBER})\s*(?:лет|год[а]?)?|({_NUMBER})\s*\+")
_SINCE = re.compile(r"с\s+(?:(19\d\d|20\d\d)(?:\s*г(?:ода)?\.?)?)$")
LESS_THAN_A_YEAR = frozenset(
    {"до 1 года", "до года", "менее 1 года", "менее года", "меньше года", "меньше 1 года", "до 1 г"}
)
NO_SERVICE = frozenset({"б/с", "без стажа", "нет", "нет стажа", "не имеет", "бс", "стажа нет"})
HALVES = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
WHOLE_RATE = frozenset({"ставка", "полная", "полная ставка", "целая ставка", "целая", "одна ставка"})
HALF_RATE = frozenset({"полставки", "пол ставки", "половина ставки", "пол-ставки"})


def decimal_of(text: str) -> Decimal:
    """«1,5» or «1.5»."""
    return Decimal(text.replace(",", "."))


def shown(number: Decimal) -> str:
    """The number as it is typed: «0,5», «18»."""
    return f"{number.normalize():f}".replace(".", ",")


_SEVERAL = re.compile(
    r"([0-9]{1,2}(?:[.,][0-9])?)(?:\s*(?:лет|года?))?[\s/;|(]+([0-9]{1,2}(?:[.,][0-9])?)(?:\s*(?:лет|года?))?\s*\)?"
)
"""«25/20», «25 (20)»: all service and that of a teacher in one cell."""


def understand_service(text: str, today: dt.date, span: Span) -> Answer:
    """Full years with tenths."""
    said = low(text)
    if said in NO_SERVICE or said in LESS_THAN_A_YEAR:
        return Answer(
            Decimal(0).quantize(TENTH), remarks=(f"«{text.strip()[:40]}»: записываем 0 полных лет",)
        )
    if said in NOTHING - {"0"}:
        return Answer()
    if _PLAIN.fullmatch(said):
        return Answer(decimal_of(said).quantize(TENTH, ROUND_HALF_UP))
    match = _YEARS.fullmatch(said)
    if match and any(match.groups()):
        return Answer(_with_months(match).quantize(TENTH, ROUND_HALF_UP))
    return _uncertain_service(text, said, today, span)


def _with_months(match: re.Match[str]) -> Decimal:
    years, months, days = (decimal_of(part or "0") for part in match.groups())
    return years + months / 12 + days / 365


def _uncertain_service(text: str, said: str, today: dt.date, span: Span) -> Answer:
    over = _OVER.fullmatch(said)
    if over:
        return asked(f"«{text.strip()[:40]}»: сколько лет точно?", shown(decimal_of(over[1] or over[2])))
    since = _SINCE.match(said)
    if since:
        return asked(
            f"«{text.strip()[:40]}»: это год начала. Сколько лет стажа сегодня?",
            str(today.year - int(since[1])),
        )
    days = [day for _, day in days_in(said, span) if day]
    if said.startswith("с ") and len(days) == 1:
        years = Decimal((today - days[0]).days) / Decimal("365.25")
        return asked(
            f"«{text.strip()[:40]}»: это день начала. Сколько лет стажа сегодня?",
            shown(years.quantize(TENTH, ROUND_HALF_UP)),
        )
    several = _SEVERAL.fullmatch(said)
    if several:
        question = f"«{text.strip()[:40]}»: чисел два. Какое из них педагогический стаж?"
        return asked(question, *(shown(decimal_of(number)) for number in several.groups()))
    return asked(f"«{text.strip()[:40]}»: сколько это лет? Напишите число, например 2,5.")


def understand_rate(text: str) -> Answer:
    """A part of a full rate."""
    said = low(text)
    if said in NOTHING - {"0"}:
        return Answer()
    if said in WHOLE_RATE:
        return Answer(Decimal(1).quantize(HUNDREDTH))
    bare = re.sub(r"\s*(?:став[а-я]*|ст)\.?$", "", said).strip()
    if said in HALF_RATE or bare == "пол":
        return Answer(Decimal("0.5").quantize(HUNDREDTH))
    number = _part(bare)
    if number is not None:
        return Answer(number.quantize(HUNDREDTH, ROUND_HALF_UP))
    return _uncertain_rate(text, bare)


def _part(bare: str) -> Decimal | None:
    """A number, a fraction of one sign, «1/2»."""
    if _PLAIN.fullmatch(bare):
        return decimal_of(bare)
    whole, sign = bare[:-1].strip(), bare[-1:]
    if sign in HALVES and (not whole or whole_number(whole) is not None):
        return HALVES[sign] + int(whole or 0)
    match = re.fullmatch(r"(\d)\s*/\s*([234])", bare)
    return Decimal(match[1]) / Decimal(match[2]) if match else None


def _uncertain_rate(text: str, bare: str) -> Answer:
    question = f"«{text.strip()[:40]}»: какая ставка? Напишите число, например 0,5."
    if match := re.fullmatch(r"(\d{1,3})\s*%", bare):
        return asked(question, shown((Decimal(match[1]) / 100).quantize(HUNDREDTH)))
    if match := re.fullmatch(rf"({_NUMBER})\s*\+\s*({_NUMBER})", bare):
        return asked(question, shown(decimal_of(match[1]) + decimal_of(match[2])))
    if (match := re.fullmatch(r"(\d{1,2})\s*/\s*(\d{1,2})", bare)) and int(match[2]):
        return asked(question, shown((Decimal(match[1]) / Decimal(match[2])).quantize(HUNDREDTH)))
    return asked(question)


def understand_hours(text: str) -> Answer:
    """Hours a week; «18 (9+9)» is a sum that is told."""
    said = low(text)
    if said in NOTHING - {"0"}:
        return Answer()
    bare = re.sub(r"\s*(?:ч|час[а-я]*|урок[а-я]*)\b\.?(?:\s*(?:/|в)\s*нед[а-я]*\.?)?", "", said).strip()
    if _PLAIN.fullmatch(bare):
        return Answer(decimal_of(bare))
    summed = re.fullmatch(rf"({_NUMBER})\s*\(\s*({_NUMBER}(?:\s*\+\s*{_NUMBER})+)\s*\)", bare)
    if summed and decimal_of(summed[1]) == _sum(summed[2]):
        return Answer(decimal_of(summed[1]), remarks=(left_out(f"({summed[2]})"),))
    question = f"«{text.strip()[:40]}»: сколько часов в неделю? Напишите число."
    if re.fullmatch(rf"{_NUMBER}(?:\s*\+\s*{_NUMBER})+", bare):
        return asked(question, shown(_sum(bare)))
    return asked(question)


def _sum(text: str) -> Decimal:
    return sum((decimal_of(part.strip()) for part in text.split("+")), Decimal(0))
