"""Which rows under a header are people: not sections, totals, signatures, vacancies. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from portal.core import clock
from portal.core.sorting import folded
from portal.documents.books import Line
from portal.documents.sheets import Cell
from portal.staff.cells import understand
from portal.staff.cells.absences import names_an_absence
from portal.staff.cells.people import VACANT
from portal.staff.table_layout import ABSENCE, NAMES, Layout, as_shown

_TOTAL = re.compile(r"^(?:итого|всего|в том числе|из них|общее количество)\b")
_SIGNED = re.compile(
    r"^(?:директор|исполнитель|исп\b|секретарь|специалист|согласован|утвержда|подпись|ответственн|составил|"
    r"главный бухгалтер|м\.?\s?п\.?$|дата\b|заместитель|руководитель|председатель|«?\s*_|верно\b|\*)"
)
_SINCE = re.compile(r"^со? [0-9]{1,2}[. ]")
COUNTING, SECTION, TOTAL, SIGNATURE, VACANCY, AGAIN = (
    "номера столбцов",
    "раздел",
    "итог",
    "подпись или пояснение",
    "вакансия",
    "повтор заголовка",
)


OF_POSITION = ("position", "subjects", "rate", "hours_week")


@dataclass(frozen=True)
class PersonLine:
    """A row with a person; `away` is the heading of absence above it."""

    number: int
    values: dict[str, Cell]
    away: str = ""


FORMULA_SIGN = "="
"""So begins a cell whose formula came without a value (`portal.documents.books`)."""


@dataclass(frozen=True)
class Passed:
    """A row that is nobody, and why it is thought so."""

    number: int
    text: str
    why: str


@dataclass
class Found:
    people: list[PersonLine] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)


def people_of(lines: Sequence[Line], layout: Layout) -> Found:
    """Every row from `layout.first` on is either a person or is passed with a reason: nothing is lost in
    silence.
    """
    found, away = Found(), ""
    for line in lines:
        if line.number < layout.first:
            continue
        why = _why_nobody(line, layout)
        if why == SECTION:
            text = _text_of(line)
            away = text if ABSENCE.search(folded(text)) else ""
        values = {key: _at(line, place) for key, place in layout.keys.items()}
        if why == SIGNATURE and found.people and _is_second_post(values):
            found.people.append(_continued(found.people[-1], line.number, values))
        elif why:
            found.passed.append(Passed(line.number, _text_of(line)[:120], why))
        else:
            found.people.append(PersonLine(line.number, values, _away_of(line, layout, away)))
    return found


def _is_second_post(values: dict[str, Cell]) -> bool:
    """A row without a name under a person, whose cells were merged over both: one more position."""
    named = any(as_shown(values.get(key)) for key in NAMES)
    position = values.get("position")
    return (
        not named and bool(as_shown(position)) and bool(understand("position", position, clock.today()).value)
    )


def _continued(person: PersonLine, number: int, values: dict[str, Cell]) -> PersonLine:
    """The same person; what belongs to the position is the row's own."""
    common = {key: cell for key, cell in person.values.items() if key not in OF_POSITION}
    own = {key: cell for key, cell in values.items() if as_shown(cell)}
    return PersonLine(number, {**dict.fromkeys(values), **common, **own}, person.away)


def _away_of(line: Line, layout: Layout, heading: str) -> str:
    """«Декретный отпуск» in a column that is not loaded («Примечание») says more of a person than the heading
    above; bare days there («с 01.09.2025») belong to it.
    """
    unread = [text for place, text in _filled(line) if place not in layout.keys.values()]
    beside = next((text for text in unread if names_an_absence(text)), "")
    days = next((text for text in unread if _SINCE.match(folded(text))), "")
    return beside or f"{heading} {days if heading else ''}".strip()


def _at(line: Line, place: int) -> Cell:
    return line.cells[place] if place < len(line.cells) else None


def _filled(line: Line) -> Iterator[tuple[int, str]]:
    for place, cell in enumerate(line.cells):
        if text := as_shown(cell):
            yield place, text


def _text_of(line: Line) -> str:
    return ", ".join(dict.fromkeys(text for _, text in _filled(line)))


def _why_nobody(line: Line, layout: Layout) -> str:
    filled = list(_filled(line))
    words = [folded(text) for _, text in filled]
    if len(filled) > 2 and _counts(line, filled):
        return COUNTING
    if any(_TOTAL.match(word) for word in words):
        return TOTAL
    if _is_header(filled, layout):
        return AGAIN
    name = next((_shown(line, layout, key) for key in NAMES if key in layout.keys), "")
    if VACANT.match(folded(name)):
        return VACANCY
    # a name that is a formula without its value is somebody's, and is asked about
    return "" if name.startswith(FORMULA_SIGN) else _heading_or_signature(words, filled, name, layout)


def _counts(line: Line, filled: Sequence[tuple[int, str]]) -> bool:
    """«1, 2, 3 …» under the header."""
    numbers = [text for _, text in filled]
    first = numbers[0]
    return (
        numbers == [str(count) for count in range(int(first), int(first) + len(numbers))]
        if (first in ("0", "1"))
        else False
    )


def _is_header(filled: Sequence[tuple[int, str]], layout: Layout) -> bool:
    titles = {column.place: folded(column.title) for column in layout.columns if column.title}
    same = sum(titles.get(place) == folded(text) for place, text in filled)
    return same >= 2 and same >= len(filled) / 2


def _heading_or_signature(
    words: Sequence[str], filled: Sequence[tuple[int, str]], name: str, layout: Layout
) -> str:
    """One text in a row is a section; two, the name among them missing or no name, is a signature."""
    said = [
        word for (place, _), word in zip(filled, words, strict=True) if not _numbered(place, word, layout)
    ]
    if len(set(said)) == 1 and len(layout.keys) > 2:
        return SIGNATURE if _SIGNED.match(said[0]) and _last_words(said[0]) else SECTION
    few = len(said) <= 3 and len(layout.keys) > 3
    if few and said and (_SIGNED.match(said[0]) or not name):
        return SIGNATURE
    return ""


def _last_words(text: str) -> bool:
    """«Директор ______ /Петров И. И./» and not the heading «Заместители»."""
    return bool(re.search(r"_{2,}|/|\b[а-яё]\.\s?[а-яё]\.|:", text))


def _numbered(place: int, word: str, layout: Layout) -> bool:
    """The number of the row in its own column says nothing of the row."""
    return place not in layout.keys.values() and bool(re.fullmatch(r"[0-9]{1,4}\.?", word))


def _shown(line: Line, layout: Layout, key: str) -> str:
    return as_shown(_at(line, layout.keys[key]))
