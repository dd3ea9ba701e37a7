"""Why somebody of a list is away, and from which day: «в отпуске по уходу за ребёнком до 15.03.2027», as the
heading of a section, a column of remarks or a column of its own says it.
"""

import datetime as dt
import re
from dataclasses import dataclass

from portal.municipality.reference import catalogue
from portal.municipality.states import Book
from portal.staff.cells.answer import Answer, asked, left_out
from portal.staff.cells.dates import Span, days_in, month_in
from portal.staff.cells.text import NOTHING, low

MATERNITY, CHILDCARE, ILLNESS, LEAVE, SECONDMENT = "maternity", "childcare", "illness", "leave", "secondment"
SURE = {
    MATERNITY: re.compile(r"беременност|\bбир\b"),
    CHILDCARE: re.compile(r"\bуход\w* за (?:реб|дет)|\bдо (?:1[.,]5|полутора|3|трех)(?:-?х)? лет"),
    ILLNESS: re.compile(r"больничн|нетрудоспособн|длительн\w* болезн|\bпо болезни|\bболеет"),
    LEAVE: re.compile(
        r"дольше месяца|длительн\w* отпуск|отпуск\w* (?:сроком )?(?:до|на) (?:один |1 )?год|"
        r"\bбез (?:сохранения|оплаты)|годичн\w* отпуск|творческ\w* отпуск"
    ),
    SECONDMENT: re.compile(r"командиров"),
}
MATERNITY_WORD = re.compile(r"декрет")
LEAVE_WORD = re.compile(r"отпуск")
SPEAKS = re.compile(r"отпуск|декрет|по уходу за|отсутству|прерв")
"""Of an absence, beside what names its kind."""
IS_BACK = re.compile(r"прерв|\bвыш(?:ла|ел)|\bне находит")
_ORDER = re.compile(r"(?:\bот|№\s*\S+)\s*$")
_FIRST = re.compile(r"(?:^|[\s(])(?:с|со)\s*$")
_LAST = re.compile(r"(?:\b(?:по|до)|[-–—])\s*$")
LIKE_THIS = "«отпуск по уходу за ребёнком с 01.09.2026 по 31.08.2027»"
HELP = f"Напишите причину и дни: {LIKE_THIS}. Если отсутствие записывать не нужно, оставьте пустым."


@dataclass(frozen=True)
class SaidAway:
    """What a sentence that is certain says."""

    kind: str
    started_on: dt.date
    until: dt.date | None = None

    @property
    def words(self) -> str:
        """The same words for everybody, certain when read again."""
        said = f"{catalogue(Book.ABSENCES).title(self.kind)} с {self.started_on:%d.%m.%Y}"
        return f"{said} по {self.until:%d.%m.%Y}" if self.until else said


def understand_away(text: str, today: dt.date) -> Answer:
    """The words of an absence; what does not speak of one is left out."""
    said = low(text)
    if said in NOTHING:
        return Answer()
    kinds, (first, last) = _kinds_of(said), _days_of(said, today)
    if not kinds:
        return Answer(remarks=(left_out(text.strip()),))
    shown = text.strip()[:80]
    if IS_BACK.search(said) or (last is not None and first is not None and last < first):
        return asked(f"Отсутствует ли человек, из слов «{shown}» не ясно. {HELP}")
    if first is None:
        month = month_in(said, _span(today))
        proposed = [SaidAway(kind, month).words for kind in kinds] if month and not last else []
        return asked(f"В файле сказано «{shown}», а с какого дня, не сказано. {HELP}", *proposed)
    found = [SaidAway(kind, first, last) for kind in kinds]
    if len(found) > 1 or not _is_told(said, first, today):
        question = "какая это причина" if len(found) > 1 else "первый ли это день"
        return asked(f"В файле сказано «{shown}»: {question}? {HELP}", *(one.words for one in found))
    return Answer(found[0].words)


def said_away(words: str, today: dt.date) -> SaidAway:
    """The opposite of `words`; for what `understand_away` was certain of."""
    said = low(words)
    first, last = _days_of(said, today)
    assert first is not None
    return SaidAway(_kinds_of(said)[0], first, last)


def names_an_absence(text: str) -> bool:
    """Whether a remark beside a person says that the person is away: «награды отсутствуют» does not."""
    said = low(text)
    return bool(
        MATERNITY_WORD.search(said)
        or re.search(r"\bв .*отпуск", said)
        or any(words.search(said) for words in SURE.values())
    )


def _kinds_of(said: str) -> list[str]:
    """The one that is named, or those that may be meant."""
    named, rest = _named(said)
    sure = [*named, *(kind for kind, words in SURE.items() if kind not in named and words.search(rest))]
    if sure:
        return sure
    if MATERNITY_WORD.search(said):
        return [MATERNITY, CHILDCARE]
    if LEAVE_WORD.search(said):
        return [CHILDCARE, MATERNITY, LEAVE]
    return [code for code, _ in catalogue(Book.ABSENCES).choices()] if SPEAKS.search(said) else []


def _named(said: str) -> tuple[list[str], str]:
    """Reasons whose titles in the list of the city stand in the words, and what else is said."""
    found, rest = [], said
    titles = {code: low(title) for code, title in catalogue(Book.ABSENCES).titles.items()}
    for code in sorted(titles, key=lambda code: -len(titles[code])):
        if titles[code] in rest:
            found.append(code)
            rest = rest.replace(titles[code], " ")
    return found, rest


def _span(today: dt.date) -> Span:
    return Span(dt.date(today.year - 6, 1, 1), dt.date(today.year + 6, 12, 31))


def _days_of(said: str, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day; the day of an order is neither."""
    first, last = None, None
    for (begin, _), day in sorted(days_in(said, _span(today)), key=lambda one: one[0]):
        before = said[:begin]
        if _ORDER.search(before) or day is None:
            continue
        if _LAST.search(before) and not _FIRST.search(before):
            last = last or day
        else:
            first = first or day
    return first, last


def _is_told(said: str, first: dt.date, today: dt.date) -> bool:
    """«с» stands before the day, or it is the first of two."""
    days = [
        (begin, day)
        for (begin, _), day in sorted(days_in(said, _span(today)), key=lambda one: one[0])
        if not _ORDER.search(said[:begin])
    ]
    if any(day is None for _, day in days) or len(days) > 2:
        return False
    begin = next(begin for begin, day in days if day == first)
    return len(days) == 2 or bool(_FIRST.search(said[:begin]))
