"""`manage.py demo`: seed the demo city once. `--people`: who lives here."""

import datetime as dt
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from portal.core import clock
from portal.demo.cast import CAST
from portal.demo.seeding import (
    checks,
    city,
    monitoring,
    pairs,
    people,
    plans,
    practices,
    questions,
    staffing,
    texts,
)
from portal.demo.seeding.acting import Place, end_of_story, moment
from portal.demo.seeding.days import begins_on, settles_on, shifted
from portal.demo.seeding.diary import Diary, Story
from portal.papers.freezing import without_pdf
from tenants import post
from tenants.context import in_school
from tenants.models import School

LATE = 14
"""The school that is still joining."""


class Command(BaseCommand):
    help = "Демонстрационный город: засеять один раз, напечатать людей."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", action="store_true", help="напечатать людей города")
        parser.add_argument(
            "--today", type=dt.date.fromisoformat, help="день, на который засеять (гггг-мм-дд)"
        )

    def handle(self, *args: Any, people: bool, today: dt.date | None, **options: Any) -> None:
        if people:
            return self._print_people()
        refuse_a_real_database()
        if School.objects.exists():
            self.stdout.write("Город уже есть.")
            return None
        if today is not None and today > clock.today():
            raise CommandError(
                "Город засевают на сегодня или на прошедший день: школы открывает исполнитель, а он живёт по настоящим часам."
            )
        started = time.monotonic()
        seed(today or clock.today())
        self.stdout.write(f"Город засеян за {time.monotonic() - started:.0f} с.")
        return None

    def _print_people(self) -> None:
        for person in CAST:
            self.stdout.write(f"  {person.first_name + ' ' + person.last_name:<22} {person.says}")


def refuse_a_real_database() -> None:
    """Only a database whose comment says that it is a demo may be seeded; a real city never has it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        )
        comment = cursor.fetchone()[0] or ""
    if not settings.DEMO or "demo" not in comment:
        raise CommandError(
            "Эта база не помечена как демонстрационная: засевать её нельзя. Демо создаёт команда make demo."
        )


def seed(today: dt.date) -> None:
    """The whole story; the same day gives the same city."""
    with connection.cursor() as cursor:
        # a city that was seeded by half is begun anew, so nothing is risked
        cursor.execute("SET synchronous_commit TO off")
    names = staffing.Names()
    places = settle(today, names)
    with clock.at(end_of_story(today)), without_pdf():
        live(places, today, names)


def settle(today: dt.date, names: staffing.Names) -> list[Place]:
    """August: schools are opened, their people join; one school is late."""
    with clock.at(moment(settles_on(today), 10)), without_pdf():
        city.settle_officials()
        places = city.open_schools()
        people.begin_schools([place for place in places if place.number != LATE], names)
        monitoring.activate_schools(places)
    return places


def live(places: list[Place], today: dt.date, names: staffing.Names) -> None:
    """The year so far, day by day."""
    diary, librarian = Diary(clock.now()), texts.Librarian()
    working = [place for place in places if place.number != LATE]
    diary.write(late_school(places, names, today))
    for place in working:
        with in_school(place.school):
            pairs.write_pairs(place, plans.plans_of(place.number), diary, librarian, today=today)
        diary.write(people.invite_those_outside(place, today))
    practices.write_practices(working, diary, today, begins_on(today))
    questions.write_questions(working, diary, today)
    monitoring.write_monitoring(places, diary, today)
    diary.live()
    post.deliver_everything()
    checks.prove(working)


def late_school(places: list[Place], names: staffing.Names, today: dt.date) -> Story:
    """One school is still joining, and one has only its agreement."""
    yield moment(shifted(today, -16), 12)
    people.begin_late(next(place for place in places if place.number == LATE), names)
    yield moment(shifted(today, -3), 12)
    city.add_school(city.content("schools")["next_school"], shifted(today, -4))
