"""Who of a school is in which pair: mentors by service, category, subject and load; mentees by what the pair is for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from portal.demo.cast import BY_KEY
from portal.demo.seeding.acting import Place
from portal.demo.seeding.plans import HEAD, STUDENT, Plan
from portal.staff.models import Person

MENTOR_YEARS, MOST_PAIRS, SPARE = 6, 2, 2
KEPT_FREE = (
    "zhanna",
    "anna",
    "irina",
    "lev",
    "kira",
    "boris",
    "vera",
    "nina",
    "pavel",
    "gleb",
    "olga",
    "timur",
)
"""People of the cast get only the pairs which the plan gives them by name."""


@dataclass
class Couple:
    """A mentor with one mentee or with a group, all of whom joined the portal."""

    mentor: Person
    mentees: list[Person]

    @property
    def people(self) -> list[Person]:
        return [self.mentor, *self.mentees]


def subjects_of(person: Person) -> set[str]:
    """What the person teaches."""
    return {code for position in person.positions for code in position.subjects}


class Roster:
    """People of one school, handed out pair by pair; nobody is a mentee twice and nobody mentors themself."""

    def __init__(self, place: Place) -> None:
        people = list(Person.objects.exclude(user=None).prefetch_related("employments").order_by("id"))
        self.by_user = {person.user: person for person in people}
        busy = {BY_KEY[key].uuid for key in KEPT_FREE} | {
            place.principal,
            place.curator,
            place.psychologist,
            place.lead,
        }
        free = [person for person in people if person.user not in busy]
        self.heads = [person for person in free if person.is_deputy]
        self.students = [person for person in free if person.education_level == "student"]
        teachers = [person for person in free if person not in self.heads and person not in self.students]
        self.mentors = [
            p
            for p in teachers
            if (p.ped_stage_years or 0) >= MENTOR_YEARS and p.category in ("first", "highest")
        ]
        self.mentees = sorted(
            (p for p in teachers if p not in self.mentors),
            key=lambda p: (not p.is_young, p.ped_stage_years or 0, p.pk),
        )
        self.load: Counter[int] = Counter()

    def couples(self, plans: Sequence[Plan]) -> list[Couple]:
        """The people of each plan: all who learn are found first, so that enough are left to teach them."""
        return [
            self._couple(plan, mentees) for plan, mentees in [(plan, self._mentees(plan)) for plan in plans]
        ]

    def _couple(self, plan: Plan, mentees: list[Person]) -> Couple:
        mentor = self.cast(plan.mentor) or self._mentor(plan, mentees)
        self.load[mentor.pk] += 1
        return Couple(mentor, mentees)

    def cast(self, key: str) -> Person | None:
        return self.by_user[BY_KEY[key].uuid] if key else None

    def _mentees(self, plan: Plan) -> list[Person]:
        known = self.cast(plan.mentee)
        if known:
            return [known]
        if plan.form == STUDENT and self.students:
            return [self.students.pop(0)]
        if plan.mentor:
            wanted = subjects_of(self.by_user[BY_KEY[plan.mentor].uuid])
            near = next((p for p in self.mentees if p.is_young and wanted & subjects_of(p)), self.mentees[0])
            self.mentees.remove(near)
            return [near]
        return [self._next_mentee() for _ in range(plan.mentees)]

    def _next_mentee(self) -> Person:
        """The youngest in service first; when there are none left, an experienced one who leads nobody learns something new."""
        if self.mentees:
            return self.mentees.pop(0)
        learner = min(
            (p for p in self.mentors if not self.load[p.pk]), key=lambda p: (p.ped_stage_years or 0, p.pk)
        )
        self.mentors.remove(learner)
        return learner

    def _mentor(self, plan: Plan, mentees: list[Person]) -> Person:
        if plan.form == HEAD and self.heads:
            return self.heads[0]
        wanted = subjects_of(mentees[0])
        free = [p for p in self.mentors if self.load[p.pk] < MOST_PAIRS]
        return min(free, key=lambda p: (not wanted & subjects_of(p), self.load[p.pk], p.pk))

    def successor(self, couple: Couple) -> Person:
        """Another mentor for the same mentee."""
        free = [p for p in self.mentors if p.pk != couple.mentor.pk and self.load[p.pk] < MOST_PAIRS]
        chosen = min(
            free, key=lambda p: (not subjects_of(couple.mentees[0]) & subjects_of(p), self.load[p.pk], p.pk)
        )
        self.load[chosen.pk] += 1
        return chosen

    def idle_mentors(self, count: int) -> list[Person]:
        """Experienced people who lead nobody: their cards stand in other states."""
        return [p for p in self.mentors if not self.load[p.pk]][:count]

    def waiting(self, count: int) -> list[Person]:
        """People who have no mentor yet, as long as there is anybody left."""
        return [
            self._next_mentee()
            for _ in range(count)
            if self.mentees or len(self.idle_mentors(SPARE + 1)) > SPARE
        ]
