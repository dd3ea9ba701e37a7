"""A pair as it is told: who tells, what is planned for it, and what becomes of it. What it does stands in
`pairs.py`, `programmes.py` and `meetings.py`.
"""

import datetime as dt

from portal.core.actor import Actor
from portal.demo.seeding.acting import Place, moment
from portal.demo.seeding.days import (
    begins_on,
    day_of_order,
    shifted,
)
from portal.demo.seeding.diary import Diary
from portal.demo.seeding.plans import Plan
from portal.demo.seeding.roster import Couple, Roster
from portal.demo.seeding.texts import Librarian, Words
from portal.mentoring.models import Pair
from portal.staff.models import Person


class Matchmaker:
    """The curator's year in one school: takes the plans and writes their stories into the diary."""

    def __init__(self, place: Place, diary: Diary, librarian: Librarian, today: dt.date) -> None:
        self.place, self.diary, self.librarian, self.today = place, diary, librarian, today
        self.begins = begins_on(today)
        self.roster = Roster(place)
        self.curator, self.principal = place.by(place.curator), place.by(place.principal)

    def as_(self, person: Person) -> Actor:
        return self.place.by(self.place.users[person.uuid])


class ToldPair:
    """What every chapter of the story of one pair knows."""

    def __init__(self, maker: Matchmaker, plan: Plan, couple: Couple) -> None:
        self.maker, self.plan, self.couple, self.place = maker, plan, couple, maker.place
        self.words: Words = maker.librarian.words_for(
            couple.mentees[0], is_told_in_full=plan.mentee == "vera"
        )
        self.signs_on = day_of_order(plan, maker.today)
        self.successor = maker.roster.successor(couple) if plan.state == "replacing" else None
        self.pair: Pair

    def again(self) -> Pair:
        """The pair as it is now."""
        self.pair = Pair.objects.with_people().get(pk=self.pair.pk)
        return self.pair

    def ago(self, days: int, hour: int = 12) -> dt.datetime:
        """So many working days before today, but not before the pair began."""
        return moment(max(self.signs_on, shifted(self.maker.today, -days)), hour)
