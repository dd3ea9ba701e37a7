"""The one door: a cell of a known column → what it says. What Excel has made of a number is given back as a
proposal.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache, partial

from portal.core.person_names import FIRST, LAST, MIDDLE
from portal.documents.sheets import Cell, as_text
from portal.staff.cells.absences import understand_away
from portal.staff.cells.answer import Answer, asked
from portal.staff.cells.attestation import understand_category, understand_education
from portal.staff.cells.dates import spans, understand_date
from portal.staff.cells.numbers import shown, understand_hours, understand_rate, understand_service
from portal.staff.cells.people import (
    understand_gender,
    understand_mail,
    understand_name,
    understand_whole_name,
    understand_yes_or_no,
)
from portal.staff.cells.positions import understand_position
from portal.staff.cells.subjects import understand_subjects

WHOLE_NAME = "whole_name"
AWAY = "away"
DATES = ("birth_date", "hired_on", "category_on")
NUMBERS = ("ped_stage_years", "rate", "hours_week")
FORMULA = (
    "В ячейке формула, а её значения в файле нет. Впишите значение или откройте файл в Excel, сохраните и "
    "загрузите снова."
)
SERIAL = (dt.date(1899, 12, 30), 10_000, 60_000)
"""Excel counts days from here; only numbers that may be a day of a person's life are taken for one."""


def understand(key: str, cell: Cell, today: dt.date) -> Answer:
    """What a cell says, by the key of its column. Never raises for what a person typed."""
    if key in DATES and isinstance(cell, dt.date):
        return Answer(cell.date() if isinstance(cell, dt.datetime) else cell)
    if key in NUMBERS and isinstance(cell, bool | dt.date | dt.time):
        return _made_by_excel(cell)
    if key in DATES and isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(cell)
    try:
        text = as_text(cell)
    except (ValueError, OverflowError):
        return asked("Такую дату прочитать нельзя. Напишите её так: 28.02.2024.")
    if isinstance(cell, str) and text.startswith("="):
        return asked(FORMULA)
    if text.startswith("#"):
        return asked(f"В ячейке ошибка формулы {text[:20]}. Впишите значение.")
    return _readers(today)[key](text)


@lru_cache(maxsize=8)
def _readers(today: dt.date) -> dict[str, Callable[[str], Answer]]:
    span = spans(today)
    return {
        WHOLE_NAME: understand_whole_name,
        **{part: partial(understand_name, part=part) for part in (LAST, FIRST, MIDDLE)},
        **{key: partial(understand_date, span=span[key]) for key in DATES},
        "position": understand_position,
        "subjects": understand_subjects,
        "ped_stage_years": partial(understand_service, today=today, span=span["hired_on"]),
        "education_level": understand_education,
        "is_ped_education": understand_yes_or_no,
        "category": partial(understand_category, span=span["category_on"], today=today),
        "rate": understand_rate,
        "hours_week": understand_hours,
        "email": understand_mail,
        "gender": understand_gender,
        AWAY: partial(understand_away, today=today),
    }


def _made_by_excel(cell: bool | dt.date | dt.time) -> Answer:
    """«1.5» became the first of May: what was typed is guessed, and asked about."""
    if isinstance(cell, bool):
        return asked("Здесь «да» или «нет» вместо числа. Напишите число.", *(["1"] if cell else []))
    if isinstance(cell, dt.time):
        guess = Decimal(cell.hour) if cell.minute == 0 else None
        return asked(
            f"Excel сделал из числа время {cell:%H:%M}. Какое было число?", shown(guess) if guess else ""
        )
    guess = Decimal(f"{cell.day}.{cell.month}")
    return asked(f"Excel сделал из числа дату {cell:%d.%m.%Y}. Какое было число?", shown(guess))


def _serial(cell: int | float) -> Answer:
    first, least, most = SERIAL
    text = as_text(cell)
    if least <= cell <= most:
        day = first + dt.timedelta(days=int(cell))
        return asked(f"Здесь число {text}, а нужна дата. Так Excel хранит день. Верно ли?", f"{day:%d.%m.%Y}")
    return asked(f"Здесь число {text}, а нужна дата. Напишите её так: 28.02.2024.")
