"""Reading one row of an uploaded list of staff: what was understood and what must be mended. Pure, no
database.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from portal.core import clock
from portal.documents.names import needs_gender
from portal.documents.sheets import Column, as_text
from portal.municipality.reference import positions, subjects
from portal.staff.cells import Answer, Post, understand
from portal.staff.cells.absences import HELP, said_away
from portal.staff.cells.column_words import AWAY, WHOLE_NAME
from portal.staff.cells.numbers import shown
from portal.staff.limits import troubles
from portal.staff.states import Category, EducationLevel

COLUMNS: tuple[Column, ...] = (
    Column("last_name", "Фамилия", width=18, hint="Обязательно"),
    Column("first_name", "Имя", width=14, hint="Обязательно"),
    Column("middle_name", "Отчество", required=False, width=18, hint="Если есть"),
    Column("gender", "Пол", required=False, width=6, hint="м или ж; нужно, если по имени не понять"),
    Column(
        "birth_date",
        "Дата рождения",
        kind="date",
        width=14,
        hint="дд.мм.гггг, обязательно; возраст от 18 до 85 лет",
    ),
    Column("position", "Должность", width=26),
    Column("subjects", "Предметы", required=False, width=28),
    Column("hired_on", "Дата приёма", kind="date", width=14, hint="дд.мм.гггг, обязательно"),
    Column(
        "ped_stage_years",
        "Пед. стаж",
        kind="number",
        width=10,
        hint="Полных лет, можно с десятыми: 2,5. От 0 до 60",
    ),
    Column("education_level", "Образование", width=24, choices=tuple(EducationLevel.labels)),
    Column(
        "is_ped_education",
        "Пед. образование",
        required=False,
        width=16,
        hint="да или нет; пусто значит «да»",
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
    ),
    Column(
        "email",
        "Почта",
        required=False,
        width=28,
        hint="Сюда придёт приглашение в портал",
    ),
)
"""What does not change; what the lists of the city say of them: `columns`."""
OF_ABSENCE = Column(
    AWAY, "Отсутствие", required=False, width=40, hint="Кто надолго отсутствует: причина и дни, «с … по …»"
)
"""No column of our sample: a heading above the row, a remark beside it, or a column of the school says it."""
TITLES = {
    WHOLE_NAME: "ФИО",
    **{column.key: column.title for column in COLUMNS},
    OF_ABSENCE.key: OF_ABSENCE.title,
}
NAME_PARTS = ("last_name", "first_name", "middle_name")
GENDER_ASKED = "По имени пол не ясен, а без него имя не встанет в нужный падеж."
_EMPTY = {
    "last_name": "Не заполнена фамилия.",
    "first_name": "Не заполнено имя.",
    "birth_date": "Не заполнена дата рождения.",
    "position": "Не заполнена должность.",
    "hired_on": "Не заполнена дата приёма.",
    "ped_stage_years": "Не заполнен педагогический стаж. Если его ещё нет, напишите 0.",
    "education_level": "Не заполнено образование.",
}
NEEDED = frozenset({"last_name", "first_name", "birth_date", "position"})
"""Without these nobody can be told from another; of the rest a whole column may be absent."""
LEAVE_EMPTY = "-"
"""The word that leaves a cell empty on purpose: it is certain when read again."""
CAN_BE_EMPTY = {AWAY} | {column.key for column in COLUMNS} - set(_EMPTY) - {"is_ped_education"}


def columns() -> tuple[Column, ...]:
    """The columns of our own table, with what the reference lists of the city offer today."""
    listed: dict[str, dict[str, Any]] = {
        "position": {"choices": tuple(title for _, title in positions().choices())},
        "subjects": {"hint": f"Через запятую: {', '.join(title for _, title in subjects().choices())}"},
    }
    return tuple(replace(column, **listed.get(column.key, {})) for column in COLUMNS)


@dataclass
class ReadRow:
    """One row as understood. `errors` = [(column key, sentence)]; `parsed` holds what could be read;
    `proposals` what a cell may be answered with, none of it chosen; `remarks` what is not kept.
    """

    number: int
    raw: dict[str, str]
    parsed: dict[str, Any] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)
    proposals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    filled: set[str] = field(default_factory=set)
    """Cells that another cell has filled."""
    choice: str = ""
    """What a person has said of the row."""

    @property
    def full_name(self) -> str:
        parts = (self.parsed.get(name) or "" for name in ("last_name", "first_name", "middle_name"))
        return " ".join(part for part in parts if part)


def read_row(number: int, values: Mapping[str, Any], absent: frozenset[str] = frozenset()) -> ReadRow:
    """Reads every cell, then judges the row as a whole. Never raises for what a person typed. `absent` are
    columns that the file does not have at all.
    """
    row = ReadRow(number, {column.key: _shown(values.get(column.key)) for column in COLUMNS})
    row.raw |= {key: _shown(values[key]) for key in (WHOLE_NAME, AWAY) if values.get(key)}
    today = clock.today()
    answers = {key: understand(key, values.get(key), today) for key in TITLES if key in row.raw}
    if WHOLE_NAME in row.raw:
        _take_whole_name(row, answers.pop(WHOLE_NAME), answers)
    for key in answers:
        _take(row, key, answers, absent)
    _settle(row)
    _check_away(row)
    wrong = {name for name, _ in row.errors}
    for name, sentence in troubles({key: value for key, value in row.parsed.items() if key not in wrong}):
        row.errors.append((name, sentence))
    order = list(TITLES)
    row.errors.sort(key=lambda error: order.index(error[0]))
    return row


def _shown(value: Any) -> str:
    try:
        return as_text(value)[:300]
    except (ValueError, OverflowError):
        return ""


def _take_whole_name(row: ReadRow, whole: Answer, answers: dict[str, Answer]) -> None:
    """One column «ФИО» fills the three where they are empty."""
    empty = [part for part in NAME_PARTS if not row.raw[part]]
    if whole.is_certain:
        for part, word in zip(NAME_PARTS, whole.value or ("", "", ""), strict=True):
            if part in empty and word:
                answers[part] = Answer(word)
                row.filled.add(part)
        row.remarks += whole.remarks
        return
    row.errors.append((WHOLE_NAME, whole.question))
    row.proposals[WHOLE_NAME] = whole.proposals
    for part in empty:
        del answers[part]


def _take(row: ReadRow, key: str, answers: Mapping[str, Answer], absent: frozenset[str]) -> None:
    """The cell's own word, or what another cell of the row says of its column."""
    own = answers[key]
    if not row.raw[key] and key not in row.filled:
        beside = next((answer.also[key] for answer in answers.values() if key in answer.also), None)
        if beside is None and key in _EMPTY and (key in NEEDED or key not in absent):
            row.errors.append((key, _EMPTY[key]))
            return
        own = beside or own
    row.remarks += own.remarks
    if own.is_certain:
        if own.value is not None:
            row.parsed[key] = own.value
        elif key in NEEDED or (key in _EMPTY and key not in absent):
            row.errors.append((key, _EMPTY[key]))
        return
    row.errors.append((key, own.question))
    row.proposals[key] = own.proposals


def _settle(row: ReadRow) -> None:
    """From what cells say to what is kept: a whole number of hours, the first of several posts."""
    parsed = row.parsed
    posts: tuple[Post, ...] = parsed.pop("position", None) or ()
    if posts:
        parsed["position"] = posts[0].position
        parsed["more_posts"] = [[post.position, list(post.subjects)] for post in posts[1:]]
        if not row.raw["subjects"] and "subjects" in parsed:
            parsed["subjects"] = list(posts[0].subjects)
    elif row.raw["position"] and "position" not in dict(row.errors):
        row.errors.append(("position", _EMPTY["position"]))
    if parsed.get("rate") is None and "rate" not in dict(row.errors):
        parsed["rate"] = Decimal("1.00")
    hours = parsed.get("hours_week")
    if hours is not None:
        parsed["hours_week"] = int(hours)
        if hours != int(hours):
            del parsed["hours_week"]
            row.errors.append(("hours_week", "Часы пишутся целым числом."))
            row.proposals["hours_week"] = (str(int(hours)), str(int(hours) + 1))
    for key in ("last_name", "first_name"):
        if parsed.get(key) == "" and key not in dict(row.errors):
            row.errors.append((key, _EMPTY[key]))
    _ask_gender(row)


def _check_away(row: ReadRow) -> None:
    """Nobody is away before the first day of work."""
    hired, away = row.parsed.get("hired_on"), row.parsed.get(AWAY)
    if hired and away and said_away(away, clock.today()).started_on < hired:
        row.errors.append((AWAY, f"Отсутствие начинается раньше дня приёма, {hired:%d.%m.%Y}. {HELP}"))


def _ask_gender(row: ReadRow) -> None:
    """A name that does not tell it stays undeclined in papers: asked once, unless left empty on purpose."""
    name = [row.parsed.get(part) or "" for part in NAME_PARTS]
    is_read = not {*NAME_PARTS, WHOLE_NAME} & {key for key, _ in row.errors}
    if is_read and not row.raw["gender"] and needs_gender(*name):
        row.errors.append(("gender", GENDER_ASKED))
        row.proposals["gender"] = ("мужской", "женский")


def in_words(key: str, value: Any) -> str:
    """A value as a person reads it, and as the cell of our own table says it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, Decimal):
        return shown(value)
    if isinstance(value, list):
        return ", ".join(subjects().title(code) for code in value)
    titles = {
        "position": positions().titles,
        "gender": {"m": "м", "f": "ж"},
        "category": dict(Category.choices),
        "education_level": dict(EducationLevel.choices),
    }
    return str(titles[key].get(value, value)) if key in titles else as_text(value)


def storable(parsed: Mapping[str, Any]) -> dict[str, Any]:
    """What was understood, as JSON."""
    return {key: _as_json(value) for key, value in parsed.items()}


def _as_json(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def restored(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The opposite of `storable`."""
    dates = ("birth_date", "hired_on", "category_on", "category_until")
    numbers = ("ped_stage_years", "rate")
    values = dict(stored)
    for key in dates:
        if key in values:
            values[key] = dt.date.fromisoformat(values[key]) if values[key] else None
    for key in numbers:
        if key in values:
            values[key] = Decimal(values[key]) if values[key] is not None else None
    return values
