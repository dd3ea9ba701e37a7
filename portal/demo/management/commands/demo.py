"""`manage.py demo`: seed the demo city once. `--people`: who lives here."""

import datetime as dt
import random
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from portal.core import clock
from portal.demo.cast import CAST
from portal.demo.seeding import city, monitoring, pairs, people, practices
from portal.demo.seeding.acting import moment, starts_on
from tenants import post
from tenants.models import School


class Command(BaseCommand):
    help = "Демонстрационный город: засеять один раз, напечатать людей."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", action="store_true", help="напечатать людей города")
        parser.add_argument("--today", type=dt.date.fromisoformat, help="день, на который засеять (гггг-мм-дд)")

    def handle(self, *args: Any, people: bool, today: dt.date | None, **options: Any) -> None:
        if people:
            return self._print_people()
        refuse_a_real_database()
        if School.objects.exists():
            self.stdout.write("Город уже есть.")
            return None
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
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()")
        comment = cursor.fetchone()[0] or ""
    if not settings.DEMO or "demo" not in comment:
        raise CommandError("Эта база не помечена как демонстрационная: засевать её нельзя. Демо создаёт команда make demo.")


def seed(today: dt.date) -> None:
    """The whole story; the same day gives the same city."""
    pairs.programmes.Story.dealt = 0
    with clock.at(moment(starts_on(today) - dt.timedelta(days=12))):
        city.settle_officials()
        places = city.open_schools(today)
        for place in places:
            place.rng = random.Random(place.facts["number"])
            people.begin_school(place, today)
    with clock.at(moment(today, 9)):
        for place, states in pairs.share_out(places):
            pairs.make_pairs(place, states, today)
        post.deliver_everything()
        practices.make_practices(places, today)
        monitoring.make_campaign(places, today)
