"""Reading one row of an uploaded list of staff: what was understood and what must be mended. Pure, no
database.
"""

import datetime as dt
import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from portal.core.person_names import FIRST, LAST, MIDDLE, clean_name
from portal.core.sorting import folded
from portal.documents.sheets import Cell, Column, as_date, as_text
from portal.municipality.reference import POSITION_WORDS, POSITIONS, SUBJECT_WORDS, SUBJECTS
from portal.staff.limits import troubles
from portal.staff.states import Category, EducationLevel

COLUMNS: tuple[Column, ...] = (
    Column("last_name", "Фамилия", width=18, hint="Обязательно"),
    Column("first_name", "Имя", width=14, hint="Обязательно"),
    Column("middle_name", "Отчество", required=False, width=18, hint="Если есть"),
    Column(
        "birth_date",
        "Дата рождения",
        kind="date",
        width=14,
        hint="дд.мм.гггг, обязательно; возраст от 18 до 85 лет",
    ),
    Column("position", "Должность", width=26, choices=tuple(POSITIONS.values())),
    Column(
        "subjects",
        "Предметы",
        required=False,
        width=28,
        hint=f"Через запятую: {', '.join(SUBJECTS.values())}",
        aliases=("Предмет",),
    ),
    Column("hired_on", "Дата приёма", kind="date", width=14, hint="дд.мм.гггг, обязательно"),
    Column(
        "ped_stage_years",
        "Пед. стаж",
        kind="number",
        width=10,
        hint="Полных лет, можно с десятыми: 2,5. От 0 до 60",
        aliases=("Педагогический стаж", "Стаж"),
    ),
    Column("education_level", "Образование", width=24, choices=tuple(EducationLevel.labels)),
    Column(
        "is_ped_education",
        "Пед. образование",
        required=False,
        width=16,
        hint="да или нет; пусто значит «да»",
        aliases=("Педагогическое образование",),
    ),
    Column("category", "Категория", required=False, width=26, choices=tuple(Category.labels)),
    Column("category_on", "Дата категории", kind="date", required=False, width=14, hint="дд.мм.гггг"),
    Column("rate", "Ставка", kind="number", required=False, width=9, hint="От 0,05 до 2,5; пусто значит 1"),
    Column(
        "hours_week",
        "Часы",
        kind="number",
        required=False,
        width=8,
        hint="Часов в неделю, целое число от 0 до 48",
        aliases=("Часов в неделю",),
    ),
    Column(
        "email",
        "Почта",
        required=False,
        width=28,
        hint="Сюда придёт приглашение в портал",
        aliases=("Электронная почта", "E-mail", "Email"),
    ),
)
TITLES = {column.key: column.title for column in COLUMNS}
_EMPTY = {
    "last_name": "Не заполнена фамилия.",
    "first_name": "Не заполнено имя.",
    "birth_date": "Не заполнена дата рождения.",
    "position": "Не заполнена должность.",
    "hired_on": "Не заполнена дата приёма.",
    "ped_stage_years": "Не заполнен педагогический стаж. Если его ещё нет, напишите 0.",
    "education_level": "Не заполнено образование.",
}
_EDUCATION_WORDS = {
    "высшее": "higher",
    "среднее профессиональное": "spo",
    "среднее специальное": "spo",
    "спо": "spo",
    "студент": "student",
    "другое": "other",
}
_CATEGORY_WORDS = {
    "": "none",
    "нет": "none",
    "без категории": "none",
    "соответствие": "szd",
    "сзд": "szd",
    "соответствие занимаемой должности": "szd",
    "первая": "first",
    "1": "first",
    "i": "first",
    "первая категория": "first",
    "высшая": "highest",
    "высшая категория": "highest",
    "педагог-методист": "ped_methodist",
    "педагог-наставник": "ped_mentor",
}


class NotInList(ValueError):
    """Words that the reference list does not have: `near` are the nearest ones if each has one, `instead` the
    whole cell as far as it is understood.
    """

    def __init__(self, sentence: str, near: str = "", instead: str = "") -> None:
        super().__init__(sentence)
        self.near, self.instead = near, instead


@dataclass
class ReadRow:
    """One row as understood. `errors` = [(column key, sentence)]; `parsed` holds what could be read; `near`
    what a cell may be mended to.
    """

    number: int
    raw: dict[str, str]
    parsed: dict[str, Any] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)
    near: dict[str, NotInList] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        parts = (self.parsed.get(name) or "" for name in ("last_name", "first_name", "middle_name"))
        return " ".join(part for part in parts if part)


def read_row(number: int, values: Mapping[str, Cell]) -> ReadRow:
    """Reads every cell, then judges the row as a whole. Never raises for what a person typed."""
    row = ReadRow(number, {column.key: _shown(values.get(column.key)) for column in COLUMNS})
    for column in COLUMNS:
        _read_cell(row, column.key, values.get(column.key))
    wrong = {name for name, _ in row.errors}
    for name, sentence in troubles({key: value for key, value in row.parsed.items() if key not in wrong}):
        row.errors.append((name, sentence))
    order = list(TITLES)
    row.errors.sort(key=lambda error: order.index(error[0]))
    return row


def _shown(value: Cell) -> str:
    try:
        return as_text(value)[:300]
    except (ValueError, OverflowError):
        return ""


def _read_cell(row: ReadRow, key: str, value: Cell) -> None:
    try:
        empty = value is None or not as_text(value)
        if empty and key in _EMPTY:
            row.errors.append((key, _EMPTY[key]))
            return
        row.parsed[key] = _READERS[key](value)
    except NotInList as error:
        row.errors.append((key, str(error)))
        if error.instead:
            row.near[key] = error
    except (ValueError, OverflowError) as error:
        row.errors.append((key, str(error)))


def _number(value: Cell) -> Decimal | None:
    text = as_text(value).replace(" ", "").replace("\u00a0", "").replace(",", ".")
    if not text:
        return None
    if not re.fullmatch(r"-?\d{1,6}(\.\d{1,12})?", text):
        raise ValueError(f"«{as_text(value)[:40]}» не похоже на число. Пишите цифрами, например 1,5.")
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(f"«{as_text(value)[:40]}» не похоже на число.") from None


def _stage(value: Cell) -> Decimal | None:
    number = _number(re.sub(r"\s*(года|год|лет|г\.|л\.)\s*$", "", as_text(value)))
    return None if number is None else number.quantize(Decimal("0.1"))


def _rate(value: Cell) -> Decimal:
    number = _number(value)
    return Decimal(1) if number is None else number.quantize(Decimal("0.01"))


def _hours(value: Cell) -> int | None:
    number = _number(value)
    if number is None:
        return None
    if number != int(number):
        raise ValueError("Часы пишутся целым числом.")
    return int(number)


def _date(value: Cell) -> dt.date | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise ValueError(
            f"Здесь число {as_text(value)}, а нужна дата. Задайте ячейке формат даты или напишите её так: "
            "28.02.2024."
        )
    return as_date(value)


def _word(value: Cell, words: Mapping[str, str], titles: Mapping[str, str], what: str) -> str:
    text = folded(as_text(value))
    if text in words:
        return words[text]
    close = difflib.get_close_matches(text, list(words), n=1, cutoff=0.7)
    near = titles[words[close[0]]] if close else ""
    hint = f" Похоже на «{near}»." if near else " Возьмите слово из списка."
    raise NotInList(f"{what} «{as_text(value)[:60]}» нет в списке.{hint}", near, near)


_POSITION_TITLES = {folded(title): code for code, title in POSITIONS.items()} | {
    folded(word): code for word, code in POSITION_WORDS.items()
}
_SUBJECT_TITLES = {folded(title): code for code, title in SUBJECTS.items()} | {
    folded(word): code for word, code in SUBJECT_WORDS.items()
}


def _position(value: Cell) -> str:
    return _word(value, _POSITION_TITLES, POSITIONS, "Должности")


def _subjects(value: Cell) -> list[str]:
    words = [part.strip() for part in re.split(r"[,;\n]+", as_text(value)) if part.strip()]
    titles, wrong = [], []
    for word in words:
        try:
            titles.append(SUBJECTS[_word(word, _SUBJECT_TITLES, SUBJECTS, "Предмета")])
        except NotInList as error:
            titles.append(error.near)
            wrong.append(error)
    if wrong:
        near = ", ".join(error.near for error in wrong) if all(error.near for error in wrong) else ""
        raise NotInList(
            " ".join(str(error) for error in wrong),
            near,
            ", ".join(dict.fromkeys(title for title in titles if title)),
        )
    return [code for title in dict.fromkeys(titles) for code in SUBJECTS if SUBJECTS[code] == title]


def _education(value: Cell) -> str:
    return _word(value, _EDUCATION_WORDS, dict(EducationLevel.choices), "Образования")


def _yes_or_no(value: Cell) -> bool:
    text = folded(as_text(value))
    if text in ("", "да", "+", "1", "есть"):
        return True
    if text in ("нет", "-", "0"):
        return False
    raise ValueError("Здесь нужно «да» или «нет».")


def _category(value: Cell) -> str:
    return _word(value, _CATEGORY_WORDS, dict(Category.choices), "Категории") if as_text(value) else "none"


def _name(part: str, value: Cell) -> str:
    return clean_name(as_text(value), part)


_READERS: dict[str, Callable[[Cell], Any]] = {
    **{part: partial(_name, part) for part in (LAST, FIRST, MIDDLE)},
    "birth_date": _date,
    "position": _position,
    "subjects": _subjects,
    "hired_on": _date,
    "ped_stage_years": _stage,
    "education_level": _education,
    "is_ped_education": _yes_or_no,
    "category": _category,
    "category_on": _date,
    "rate": _rate,
    "hours_week": _hours,
    "email": lambda value: as_text(value).lower(),
}


def storable(parsed: Mapping[str, Any]) -> dict[str, Any]:
    """What was understood, as JSON."""
    return {key: _as_json(value) for key, value in parsed.items()}


def _as_json(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def restored(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The opposite of `storable`."""
    dates, numbers = ("birth_date", "hired_on", "category_on"), ("ped_stage_years", "rate")
    values = dict(stored)
    for key in dates:
        values[key] = dt.date.fromisoformat(values[key]) if values.get(key) else None
    for key in numbers:
        values[key] = Decimal(values[key]) if values.get(key) is not None else None
    return values
