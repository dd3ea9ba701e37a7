"""Category with its day and its term; education."""

import datetime as dt
import re

from portal.staff.cells.answer import Answer, asked, left_out
from portal.staff.cells.attestation_words import (
    CATEGORIES,
    CATEGORY_TITLES,
    EDUCATION_TITLES,
    LEVELS,
    MAYBE,
    NONE,
    SCHOOL,
    UNFINISHED,
)
from portal.staff.cells.dates import Span, days_in, month_in, rest_of
from portal.staff.cells.text import NOTHING, low, parted, tokens_of

_CATEGORY_WORDS = re.compile(
    r"(?<![а-я])(?:квалификационн[а-я]+|квалиф|категори[а-я]*|катег|кат|кв\.?\s*к|кв|кк|имеет|присвоена|установлена)(?![а-я])\.?"
)
_ORDER = re.compile(
    r"(?:приказ[а-я]*|пр|распоряжени[а-я]*)\b\.?(?:\s*\d[\w/\-]*)?|№\s*[\w./\-]+|\bот\b|\bс\b|\bг(?:ода?)?\b\.?|\bдейству[а-я]*"
)
CATEGORY_ON, CATEGORY_UNTIL = "category_on", "category_until"


def understand_category(text: str, span: Span, today: dt.date) -> Answer:
    """Code of the category; the day that stands beside it goes to its own column."""
    said = low(text)
    if said in NOTHING - {"0"}:
        return Answer(NONE)
    also = _days_beside(text, said, span, today)
    places = [where for where, _ in days_in(said, span)]
    bare = _head(rest_of(said, places)) if also else _head(said)
    found = _category(bare)
    if found is None:
        several = [_category(part.strip()) for part in re.split(r"[/;,]| и ", bare)]
        if len(several) > 1 and all(several):
            return asked(
                "В ячейке две категории. Какая верна?", *(CATEGORY_TITLES.get(c or "", "") for c in several)
            )
        return asked(f"Категории «{text.strip()[:60]}» нет в списке. Выберите подходящую.")
    remarks = tuple(
        f"Срок категории: до {answer.value:%d.%m.%Y}"
        for key, answer in also.items()
        if key == CATEGORY_UNTIL and answer.value
    )
    return Answer(found, remarks=remarks, also=also)


def _head(said: str) -> str:
    """The words of the category alone."""
    plain = re.sub(r"(?<![\d.])\d{2}[./]\d{4}|(?<!\d)(?:19|20)\d\d", " ", said)
    plain = re.sub(r"^1\s*кк\b", "1", plain)
    plain = re.sub(r"\bдо\b", " ", _ORDER.sub(" ", _CATEGORY_WORDS.sub(" ", plain)))
    return " ".join(re.sub(r"[(),]|(?<![а-я])\.", " ", plain).split()).strip(" -;")


def _category(bare: str) -> str | None:
    if bare in NOTHING:
        return NONE
    found = CATEGORIES.of(parted(tokens_of(bare)))
    return next(iter(found)) if len(found) == 1 else None


def _days_beside(text: str, said: str, span: Span, today: dt.date) -> dict[str, Answer]:
    days = [day for _, day in days_in(said, span)]
    if len(days) == 1 and days[0]:
        if re.search(r"\bдо\b", said):
            return {CATEGORY_UNTIL: Answer(days[0])}
        if days[0] > today:
            return {
                CATEGORY_ON: asked(
                    f"«{text.strip()[:40]}»: это срок или дата присвоения? Впишите дату присвоения."
                )
            }
        return {CATEGORY_ON: Answer(days[0])}
    if days:
        return {CATEGORY_ON: asked(f"В «{text.strip()[:40]}» не одна дата. Впишите дату присвоения.")}
    if not re.search(r"(?:19|20)\d\d", said):
        return {}
    first = None if re.search(r"\bдо\b", said) else month_in(said, span)
    question = f"В «{text.strip()[:40]}» нет дня присвоения. Впишите дату или оставьте пустой."
    return {CATEGORY_ON: asked(question, f"{first:%d.%m.%Y}" if first else "")}


def understand_education(text: str) -> Answer:
    """Level of education; what stands after it is left out and said."""
    said = low(text)
    if said in NOTHING:
        return Answer()
    tokens = parted(tokens_of(said))
    if UNFINISHED.begins(tokens)[0]:
        return asked("Не окончено высшее: человек учится сейчас или нет?", "студент", "другое")
    if said.strip(".") in MAYBE:
        return asked(f"Что значит «{text.strip()[:20]}»?", EDUCATION_TITLES.get(MAYBE[said.strip(".")], ""))
    levels, left = _levels(said)
    if len(levels) == 1:
        after = re.split(r"[,;(]", text, maxsplit=1)[1:] if left else []
        return Answer(levels[0], remarks=tuple(left_out(words.strip(" )")) for words in after))
    question = f"Образования «{text.strip()[:60]}» нет в списке. Выберите подходящее."
    return asked(question, *(EDUCATION_TITLES[code] for code in levels))


def _levels(said: str) -> tuple[list[str], str]:
    """Levels over the parts of the text, and what follows the first; a school's name adds none."""
    found: list[str] = []
    left = ""
    for place, part in enumerate((said, *re.split(r"[,;/+(]| и ", said))):
        codes, rest = LEVELS.begins(parted(tokens_of(part)))
        if len(codes) == 1 and not codes & set(found):
            found += codes
            left = left or (" ".join(token.word for token in rest) if place == 0 else "")
    school = SCHOOL.of(parted(tokens_of(said)))
    return (found, left) if found else (list(school), "")
