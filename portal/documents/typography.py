"""What stays together on paper, in Word and PDF alike: «№ 5», «В. А. Соколова», «28 сентября 2026 г.», «3 000
рублей», «п. 6.1».
"""

import re

NBSP = "\u00a0"
_MONTHS = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_UNITS = r"%|₽|руб|год|лет|мин|час|дн|дня|дней|рабочих|балл|человек|раз"
_DAY = r"(?:\d{2}\.\d{2}\.\d{4}|«_+»)"
_RULES = (
    (r"№ (?=\S)", f"№{NBSP}"),
    (r"(?<![А-ЯЁа-яё])([А-ЯЁ]\.) ?(?=[А-ЯЁ]\.)", rf"\1{NBSP}"),  # В. А.
    (r"(?<![А-ЯЁа-яё])([А-ЯЁ]\.) (?=[А-ЯЁ][а-яё])", rf"\1{NBSP}"),  # А. Соколова
    (r"(?<=[а-яё]) (?=[А-ЯЁ]\.(?:\W|$))", NBSP),  # Соколова В.
    (rf"(?<=\d) (?=(?:{_MONTHS})\b)", NBSP),
    (rf"((?:{_MONTHS}) \d{{4}}) (?=г\.)", rf"\1{NBSP}"),
    (rf"((?:{_MONTHS})) (?=\d{{4}})", rf"\1{NBSP}"),
    (rf"(?<![А-ЯЁа-яё])(от|до|с|по) (?={_DAY})", rf"\1{NBSP}"),
    (rf"({_DAY}) (?=[–—-] )", rf"\1{NBSP}"),
    (r"(?<=\d) (?=\d{3}(?!\d))", NBSP),
    (rf"(?<=\d) (?=(?:{_UNITS}))", NBSP),
    (r"(?<![А-ЯЁа-яё])(г|п|пп|ст|ч|гл|ул|д|стр|кв|каб)\. (?=\S)", rf"\1.{NBSP}"),
    (r" (?=[–—] )", NBSP),
    (r"_ (?=20_)", f"_{NBSP}"),
    (r"» (?=_)", f"»{NBSP}"),
    (r"_ (?=г\.)", f"_{NBSP}"),
)
_TIED = tuple((re.compile(rule), together) for rule, together in _RULES)


def tied(text: str) -> str:
    """The text with no-break spaces where a line must not end. Never for values that are stored."""
    for rule, together in _TIED:
        text = rule.sub(together, text)
    return text
