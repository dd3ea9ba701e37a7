"""Sixty pairs, from a proposal to an end: each state that the rooms can reach has at least two."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.core import clock
from portal.core.actor import Actor
from portal.core.school_year import SchoolYear
from portal.demo.cast import BY_KEY
from portal.demo.seeding import programmes
from portal.demo.seeding.acting import Place, actor, moment, paper, starts_on
from portal.demo.seeding.city import content
from portal.mentoring.models import Pair
from portal.mentoring.services import cards, consents, needs, pairs
from portal.staff.models import Employee, PersonalConsent
from portal.staff.services import consents as personal
from portal.staff.states import ConsentKind
from tenants.context import in_school

PLAN = (
    *["active"] * 31, *["proposed"] * 3, *["consent_pending"] * 4, *["declined"] * 3, *["psych_check"] * 3, *["order_draft"] * 4,
    *["suspended"] * 2, *["termination_notice"] * 2, *["replacing"] * 2, *["completed"] * 2, *["terminated"] * 2,
)  # fmt: skip
"""Of the 58 begun here two get successors: sixty pairs."""
FIRST_SCHOOL = ("active", "order_draft", "consent_pending", "proposed", "psych_check")


def share_out(places: list[Place]) -> Iterator[tuple[Place, list[str]]]:
    """School 5, which visitors see first, has one of each kind of work; the rest is dealt round the city."""
    left = list(PLAN)
    for state in FIRST_SCHOOL:
        left.remove(state)
    others = [place for place in places if place.facts["number"] != 5]
    dealt: dict[int, list[str]] = {place.facts["number"]: [] for place in others}
    for number, state in enumerate(left):
        dealt[others[number % len(others)].facts["number"]].append(state)
    for place in places:
        yield place, list(FIRST_SCHOOL) if place.facts["number"] == 5 else dealt[place.facts["number"]]


@dataclass
class Couple:
    """A mentor and a mentee who joined the portal."""

    mentor: Employee
    mentee: Employee


class Matchmaker:
    """The curator's year in one school."""

    def __init__(self, place: Place, today: dt.date) -> None:
        self.place, self.today, self.begins = place, today, starts_on(today)
        self.ends = min(SchoolYear.of(self.begins).ends_on, self.begins + dt.timedelta(days=260))
        self.curator = actor(place.curator, place.school)  # type: ignore[arg-type]
        self.principal = actor(place.principal, place.school)
        self.actors: dict[UUID, Actor] = {}
        self.told = 0

    def as_(self, employee: Employee) -> Actor:
        user = self.place.users[employee.uuid]
        if user not in self.actors:
            self.actors[user] = actor(user, self.place.school)
        return self.actors[user]

    def couples(self, count: int) -> list[Couple]:
        """Mentors by experience, mentees by youth; Борис and Вера first where they work."""
        people = list(Employee.objects.exclude(user=None).prefetch_related("positions").order_by("id"))
        people = [p for p in people if p.user not in (self.place.principal, self.place.curator)]
        young = sorted((p for p in people if p.is_young), key=lambda p: (p.user != BY_KEY["vera"].uuid, p.pk))
        others = sorted((p for p in people if not p.is_young), key=lambda p: p.ped_stage_years or 0)
        mentors = [p for p in people if (p.ped_stage_years or 0) >= 8 and p.category in ("first", "highest")]
        mentors.sort(key=lambda p: (p.user not in (BY_KEY["boris"].uuid, BY_KEY["gleb"].uuid), p.pk))
        taken = {p.pk for p in mentors[: count + 2]}
        mentees = [*young, *(p for p in others if p.pk not in taken)]
        self.spare = mentors[count : count + 2]
        return [Couple(mentor, mentee) for mentor, mentee in zip(mentors[:count], mentees[:count], strict=True)]

    def text(self, kind: str) -> Any:
        """The next text of a kind, so that neighbours differ."""
        self.told += 1
        rows = content("mentoring")[kind]
        return rows[(self.told * 7 + self.place.facts["number"] * 5) % len(rows)]

    def make_mentor(self, employee: Employee) -> None:
        """T-28, the card with its results, and two words."""
        row: PersonalConsent = personal.prepare_consent(employee, ConsentKind.PROCESSING, by=self.curator)
        personal.give_consent(row, given_on=clock.today(), scan=paper("T-28", self.curator), by=self.curator)
        results = "Ученики стабильно подтверждают отметки на ВПР, уроки открыты для коллег второй год."
        card = cards.make_card(employee, by=self.curator, confirmed_results=results, max_mentees=3, waiver="")
        for verb, by in (("recommend", self.curator), ("confirm", self.curator), ("endorse", self.principal)):
            card = cards.move_card(card, verb, by=by)

    def need_of(self, employee: Employee, *, accept: bool = True) -> Any:
        row = self.text("need")
        category = "young" if employee.is_young else "new_tech"
        reason = "young_specialist" if employee.is_young else "new_technology"
        need = needs.record_need(employee, by=self.as_(employee), category=category, reason=reason, request=row["request"], difficulty_items=row["items"],
                                 desired_form="teacher_teacher")  # fmt: skip
        return needs.move_need(need, "accept", by=self.curator) if accept else need

    def propose(self, couple: Couple) -> Pair:
        model = "experienced_young" if couple.mentee.is_young else "subject_subject"
        return pairs.propose_pair(by=self.curator, mentor=couple.mentor, mentees=[couple.mentee], planned_from=self.begins, planned_to=self.ends, kinds=["traditional"],
                                  form="teacher_teacher", role_model=model, selection="Стаж, категория, общий предмет или параллель", goal=self.text("need")["aim"])  # fmt: skip

    def lead(self, couple: Couple, state: str) -> Pair:
        """Bring a new pair to its state, day by day."""
        with clock.at(moment(self.begins - dt.timedelta(days=9))):
            self.make_mentor(couple.mentor)
            self.need_of(couple.mentee)
            pair = self.propose(couple)
        if state == "proposed":
            return pair
        with clock.at(moment(self.begins - dt.timedelta(days=8))):
            pair = pairs.ask_consents(pair, by=self.curator)
        if state == "consent_pending":
            return self.half_agreed(pair)
        if state == "declined":
            consents.refuse_consent(self.consent_of(pair, couple.mentee), by=self.as_(couple.mentee))
            return self.again(pair)
        with clock.at(moment(self.begins - dt.timedelta(days=6))):
            pair = self.agreed(pair)
        if state == "psych_check":
            return pair
        with clock.at(moment(self.begins - dt.timedelta(days=4))):
            pair = pairs.move_pair(pair, "skip_psychologist", by=self.curator, comment="Штатного психолога в школе нет, делегирование не оформлено.")
        return pair if state == "order_draft" else self.begun(pair, couple, state)

    def consent_of(self, pair: Pair, employee: Employee) -> Any:
        return pair.consents.get(employee=employee)

    def half_agreed(self, pair: Pair) -> Pair:
        """The mentor has answered, the mentee has not yet."""
        consents.give_consent(self.consent_of(pair, pair.mentor), by=self.as_(pair.mentor), scan=paper("T-06", self.curator), given_on=clock.today())
        return self.again(pair)

    def agreed(self, pair: Pair) -> Pair:
        for person in (pair.mentor, *pair.people):
            consents.give_consent(
                self.consent_of(pair, person), by=self.as_(person), scan=paper("T-06", self.curator), given_on=clock.today(), shows_profile=True
            )
        return self.again(pair)

    def again(self, pair: Pair) -> Pair:
        return Pair.objects.get(pk=pair.pk)

    def sign(self, pair: Pair) -> Pair:
        return pairs.register_pair_order(pair, by=self.principal, number=self.place.number(), signed_on=clock.today(), scan=paper("T-08", self.principal), agreement_number=f"{pair.pk}",
                                         agreement_on=clock.today(), pay_basis="percent", pay_size=15)  # type: ignore[arg-type]  # fmt: skip

    def begun(self, pair: Pair, couple: Couple, state: str) -> Pair:
        """The order is signed; the pair works, and some pairs come to another state."""
        with clock.at(moment(self.begins)):
            pair = self.sign(pair)
        programmes.Story(self, pair, couple.mentor, couple.mentee).tell(state)
        pair = self.again(pair)
        return {
            "suspended": self.suspend,
            "termination_notice": self.notice,
            "replacing": self.replace,
            "terminated": self.terminate,
            "completed": self.complete,
        }.get(state, self.again)(pair)

    def suspend(self, pair: Pair) -> Pair:
        return pairs.move_pair(pair, "suspend", by=self.curator, comment="Наставник на больничном, вернётся через месяц.")

    def notice(self, pair: Pair) -> Pair:
        return pairs.give_notice(pair, by=self.as_(pair.mentor), ends_on=clock.working_days_after(clock.today(), 5))

    def terminate(self, pair: Pair) -> Pair:
        with clock.at(moment(self.today - dt.timedelta(days=14))):
            pair = pairs.give_notice(pair, by=self.as_(pair.mentor), ends_on=clock.working_days_after(clock.today(), 3))
        return pairs.move_pair(pair, "terminate", by=self.principal, comment="Промежуточный отчёт сдан, материалы переданы.")

    def replace(self, pair: Pair) -> Pair:
        successor = self.spare.pop()
        self.make_mentor(successor)
        return pairs.replace_mentor(pair, by=self.curator, successor=successor, planned_from=clock.today())

    def complete(self, pair: Pair) -> Pair:
        return pairs.move_pair(pair, "complete", by=self.principal)


def make_pairs(place: Place, states: list[str], today: dt.date) -> None:
    """The pairs of a school, and two needs that still wait."""
    with in_school(place.school):
        maker = Matchmaker(place, today)
        couples = maker.couples(len(states))
        for couple, state in zip(couples, states, strict=True):
            maker.lead(couple, state)
        lonely = list(Employee.objects.exclude(user=None).filter(mentee_needs=None).prefetch_related("positions").order_by("-id")[:2])
        for number, person in enumerate(lonely):
            maker.need_of(person, accept=number == 1)
