"""What the schools look for in the bank: the days' questions leave without persons, orders as a school's wish."""

import datetime as dt
from typing import Any

from best_practices.search import search_bank
from best_practices.services import note_opened, note_question, order_practice, send_questions
from portal.core.actor import Actor
from portal.demo.seeding.acting import Place, carry_up, moment
from portal.demo.seeding.city import content
from portal.demo.seeding.days import shifted
from portal.demo.seeding.diary import Diary, Story


def write_questions(places: list[Place], diary: Diary, today: dt.date) -> None:
    """Each question is asked on its day; that of the day before goes to the city at night."""
    by_number = {place.number: place for place in places}
    for row in content("questions")["question"]:
        place = by_number[row["school"]]
        diary.write(_asked(place, row, today), place)
    for row in content("questions")["order"]:
        place = by_number[row["school"]]
        diary.write(_ordered(place, row, today), place)


def _asked(place: Place, row: dict[str, Any], today: dt.date) -> Story:
    day = shifted(today, -row["ago"])
    yield moment(day, 16)
    found, _ = search_bank(place.by(place.curator), row["text"], {})
    for _ in range(row.get("times", 1)):
        note_question(row["text"], found)
    if "opens" in row:
        note_opened(row["text"], row["opens"])
    yield moment(day + dt.timedelta(days=1), 0, 15)
    send_questions(Actor.system(school=place.school.uuid))
    carry_up(place)


def _ordered(place: Place, row: dict[str, Any], today: dt.date) -> Story:
    yield moment(shifted(today, -row["ago"]), 17)
    order_practice(row["text"], by=place.by(place.curator))
    carry_up(place)
