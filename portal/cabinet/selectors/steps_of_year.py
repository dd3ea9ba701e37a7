"""«Что дальше» of August and September: the page of the new school year, while something waits on it."""

import datetime as dt

from portal.core.actor import Actor
from portal.core.counting import home_numbers
from portal.core.next_steps import NextStep
from portal.core.school_year import Turn
from portal.ui.words import plural
from tenants.links import link

WAITING = (
    ("year pairs", "пара,пары,пар"),
    ("year needs", "потребность,потребности,потребностей"),
    ("year cards", "карточка наставника,карточки наставников,карточек наставников"),
    ("year offices", "должность,должности,должностей"),
    ("year service", "стаж не назван,стажа не названо,стажей не названо"),
)
"""What is named of it, and how it is counted."""


def year_steps(by: Actor) -> list[NextStep]:
    """Nothing is left of it when everything on its page is done."""
    turn = Turn.now()
    if not (by.can("pair:lead") and turn.is_its_time):
        return []
    numbers = home_numbers(by)
    waiting = [f"{numbers[name]} {plural(numbers[name], forms)}" for name, forms in WAITING if numbers[name]]
    if not numbers["year list"]:
        waiting.insert(0, "список сотрудников")
    if not waiting:
        return []
    return [
        NextStep(
            "year_to_begin",
            f"Подготовьте {turn.year} учебный год",
            f"Осталось: {', '.join(waiting)}.",
            link("cabinet:year"),
            "К новому году",
            due=_due(turn),
            icon="calendar-check",
            weight=45,
        )
    ]


def _due(turn: Turn) -> dt.date:
    """Before the year begins; once it has begun, by the end of September."""
    eve = turn.begins_on - dt.timedelta(days=1)
    return eve if turn.day <= eve else turn.ends_on
