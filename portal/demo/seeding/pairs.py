"""Sixty pairs, from a need to an end: each step on its own day, by the person whose step it is."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from portal.core import clock
from portal.demo.seeding import programmes
from portal.demo.seeding.acting import Place, moment, paper
from portal.demo.seeding.days import (
    AGREED,
    ASKED,
    CONCLUDED,
    PROPOSED,
    assigned_until,
    shifted,
)
from portal.demo.seeding.diary import Diary, Story
from portal.demo.seeding.people import consent_to_data
from portal.demo.seeding.plans import HEAD, STUDENT, Plan
from portal.demo.seeding.roster import subjects_of
from portal.demo.seeding.texts import Librarian
from portal.demo.seeding.told import Matchmaker, ToldPair
from portal.local_acts import services as acts
from portal.local_acts.models import Order
from portal.local_acts.states import OrderCode
from portal.mentor_bank.models import MentorCard
from portal.mentor_bank.services import cards, needs
from portal.mentor_bank.workflow import CARD, NEED
from portal.mentoring.models import Pair
from portal.mentoring.services import consents, pairs
from portal.mentoring.workflow import PAIR
from portal.mentoring.workflow.asked import GiveConsent, GiveNotice, PairConclusion, Replace, SayNo
from portal.staff.models import Person

TERMS: dict[str, dict[str, Any]] = {
    "traditional": {"selection": "Стаж, категория, общий предмет или параллель"},
    "group": {"selection": "Руководит методической мастерской, трое просили об одном и том же"},
    "virtual": {"channel": "Сферум, по четвергам после шестого урока"},
    "reverse": {"mentee_gives": "Общей доске, опросам в приложении и проверке работ без бумаги"},
    "short_goal": {"schedule": "Раз в неделю по средам, пока цель не достигнута"},
    "speed": {"schedule": "Одна встреча на сорок минут"},
    "situational": {"channel": "Сообщение в Сферуме или звонок до девяти вечера", "reaction_hours": 24},
}
"""What the kind of mentoring asks to be written down."""


class PairStory(ToldPair):
    """One pair from its need to where it stands today."""

    def tell(self) -> Story:
        """Everything in order; the diary makes each step on its day."""
        yield from self.propose()
        if self.plan.state != "proposed":
            yield from self.agree()
        if self.plan.state in ("proposed", "consent_pending", "declined", "psych_check"):
            return
        yield from self.conclude()
        if self.plan.state == "order_draft":
            return
        yield moment(self.signs_on, 11)
        self.sign()
        yield from programmes.tell(self)
        yield from self.end()

    # ── in the making ───────────────────────────────────────────────────────────────────────────────
    def propose(self) -> Story:
        day = shifted(self.signs_on, PROPOSED)
        yield moment(day, 9)
        for person in self.couple.people:
            consent_to_data(self.place, person)
        made = [self.need_of(person) for person in self.couple.mentees]
        yield moment(day, 12)
        for need in made:
            NEED.move(need, "accept", by=self.maker.curator)
        self.make_mentor(self.couple.mentor)
        yield moment(day, 15)
        self.pair = self.proposed()

    def need_of(self, person: Person) -> Any:
        row = self.words.need
        return needs.record_need(
            person,
            by=self.maker.as_(person),
            category=row["category"],
            reason=row["reason"],
            request=row["request"],
            difficulty_items=self.words.items,
            desired_form=self.plan.form,
        )

    def make_mentor(self, person: Person) -> None:
        """The card with its results, and the words of curator and principal."""
        if MentorCard.objects.filter(person=person).exists():
            return
        card = cards.make_card(
            person,
            by=self.maker.curator,
            confirmed_results=self.maker.librarian.result(),
            strengths=self.words.items,
            topics=self.words.programme["title"],
            max_mentees=3,
            waiver="" if not person.is_deputy else HEAD_WAIVER,
        )
        for verb, by in (
            ("recommend", self.maker.curator),
            ("confirm", self.maker.curator),
            ("endorse", self.maker.principal),
        ):
            card = CARD.move(card, verb, by=by)

    def proposed(self) -> Pair:
        terms: dict[str, Any] = {}
        for kind in self.plan.kinds:
            terms |= TERMS[kind]
        starts = max(self.signs_on, self.maker.begins)
        return pairs.propose_pair(
            by=self.maker.curator,
            mentor=self.couple.mentor,
            mentees=self.couple.mentees,
            planned_from=starts,
            planned_to=max(assigned_until(self.maker.today), starts + dt.timedelta(days=90)),
            kinds=list(self.plan.kinds),
            form=self.plan.form,
            role_model=self.role_model(),
            goal=self.words.need["aim"],
            **terms,
        )

    def role_model(self) -> str:
        if self.plan.form in (HEAD, STUDENT):
            return ""
        if "reverse" in self.plan.kinds:
            return "innovator_conservative"
        if "communication.colleagues" in self.words.items:
            return "leader_communication"
        if self.couple.mentees[0].is_young:
            return "experienced_young"
        same = subjects_of(self.couple.mentor) & subjects_of(self.couple.mentees[0])
        return "subject_subject" if same else "innovator_conservative"

    def agree(self) -> Story:
        yield moment(shifted(self.signs_on, ASKED), 10)
        self.pair = pairs.settle_pay(
            self.pair, by=self.maker.curator, pay_basis="percent", pay_size=Decimal(15)
        )
        self.pair = PAIR.move(self.pair, "ask", by=self.maker.curator)
        if self.plan.state == "consent_pending":
            yield moment(shifted(self.signs_on, ASKED), 17)
            self.consent(self.couple.mentor)
            return
        yield moment(shifted(self.signs_on, AGREED), 13)
        if self.plan.state != "declined":
            for person in self.couple.people:
                self.consent(person)
        elif self.plan.programme == "withdrawn":
            self.consent(self.couple.mentor)
            yield moment(shifted(self.signs_on, AGREED + 1), 18)
            self.say_no("withdraw", self.couple.mentor)
        else:
            self.say_no("refuse", self.couple.mentees[0])
        self.again()

    def say_no(self, verb: str, person: Person) -> None:
        row, by = self.pair.consents.get(person=person), self.maker.as_(person)
        consents.answer_consent(row, verb, by=by, asked=SayNo(private_reason=NOT_NOW))

    def consent(self, person: Person) -> None:
        by = self.maker.as_(person)
        asked = GiveConsent(
            scan=paper("Согласие на наставничество", by), given_on=clock.today(), shows_profile=True
        )
        consents.answer_consent(self.pair.consents.get(person=person), "give", by=by, asked=asked)

    def conclude(self) -> Story:
        yield moment(shifted(self.signs_on, CONCLUDED), 14)
        if self.place.psychologist is None:
            PAIR.move(self.again(), "skip_psychologist", by=self.maker.curator, comment=NO_PSYCHOLOGIST)
        else:
            asked = PairConclusion(
                conclusion="compatible_with_advice", method="беседа, опросник ожиданий", advice=ADVICE
            )
            by = self.place.by(self.place.psychologist)
            PAIR.move(self.again(), asked.verb, by=by, asked=asked)
        self.again()

    def sign(self) -> None:
        number = self.place.next_order()
        pairs.register_pair_order(
            self.pair,
            by=self.maker.principal,
            number=number,
            signed_on=clock.today(),
            scan=paper("Приказ о закреплении", self.maker.principal),
            agreement_number=f"ДС-{number.split('-')[0]}",
            agreement_on=clock.today(),
        )
        self.again()
        pay = Order.objects.get(code=OrderCode.PAY, subject=self.pair.uuid)
        acts.register_order(
            pay,
            by=self.maker.principal,
            number=self.place.next_order(),
            signed_on=clock.today(),
            scan=paper("Приказ о доплате", self.maker.principal),
        )

    # ── the end ─────────────────────────────────────────────────────────────────────────────────────
    def end(self) -> Story:
        steps: dict[str, Callable[[], Iterator[dt.datetime]]] = {
            "suspended": self.suspend,
            "termination_notice": self.notice,
            "replacing": self.replace,
            "terminated": self.terminate,
        }
        if self.plan.state in steps:
            yield from steps[self.plan.state]()

    def suspend(self) -> Story:
        yield self.ago(6)
        PAIR.move(
            self.again(),
            "suspend",
            by=self.maker.curator,
            comment="Наставник на больничном, вернётся через месяц.",
        )

    def notice(self) -> Story:
        yield self.ago(2)
        self.lay_down(workdays=6)

    def lay_down(self, *, workdays: int) -> None:
        asked = GiveNotice(ends_on=clock.working_days_after(clock.today(), workdays))
        PAIR.move(self.again(), "give_notice", by=self.maker.as_(self.couple.mentor), asked=asked)

    def terminate(self) -> Story:
        yield self.ago(9)
        self.lay_down(workdays=4)
        yield self.ago(3)
        PAIR.move(
            self.again(),
            "terminate",
            by=self.maker.principal,
            comment="Промежуточный отчёт сдан, материалы переданы.",
        )

    def replace(self) -> Story:
        if self.successor is None:
            return
        yield self.ago(6)
        consent_to_data(self.place, self.successor)
        self.make_mentor(self.successor)
        yield self.ago(4)
        asked = Replace(successor=self.successor, planned_from=clock.working_days_after(clock.today(), 7))
        PAIR.move(self.again(), "replace", by=self.maker.curator, asked=asked)


HEAD_WAIVER = "Заместитель директора наставляет по должности: порог категории к нему не применяется."
NO_PSYCHOLOGIST = "В школе нет психолога, функция никому не передана. Оба участника знакомы третий год и просили не откладывать."
NOT_NOW = "Нагрузка в этой четверти больше, чем казалось. С радостью вернусь к разговору позже."
ADVICE = "Первые две недели говорить после урока не дольше двадцати минут и начинать с того, что получилось."


def write_pairs(
    place: Place, plans: tuple[Plan, ...], diary: Diary, librarian: Librarian, *, today: dt.date
) -> None:
    """The pairs of a school, needs that still wait, and mentors whose cards stand elsewhere."""
    maker = Matchmaker(place, diary, librarian, today)
    for plan, couple in zip(plans, maker.roster.couples(plans), strict=True):
        diary.write(PairStory(maker, plan, couple).tell(), place)
    if plans:
        diary.write(_waiting_needs(maker), place)
        diary.write(_other_cards(maker), place)


def _waiting_needs(maker: Matchmaker) -> Story:
    """Two who wait for a mentor: one need is accepted, one is new; a third was declined with a kind word."""
    people = maker.roster.waiting(3)
    for number, person in enumerate(people):
        story = maker.librarian.words_for(person)
        yield moment(shifted(maker.today, -(6 - number)), 12)
        consent_to_data(maker.place, person)
        need = needs.record_need(
            person,
            by=maker.as_(person),
            category=story.need["category"],
            reason=story.need["reason"],
            request=story.need["request"],
            difficulty_items=story.items,
            desired_form="teacher_teacher",
        )
        if number == 0:
            NEED.move(need, "accept", by=maker.curator)
        elif number == 2:
            NEED.move(
                need,
                "decline",
                by=maker.curator,
                comment="Об этом рассказывают на курсах с 20-го числа, запись у меня. Если не хватит, вернёмся.",
            )


CARD_STATES = (
    ("recommend",),
    (),
    ("reject",),
    ("recommend", "confirm"),
    ("recommend", "confirm", "pause"),
    ("recommend", "archive"),
)


def _other_cards(maker: Matchmaker) -> Story:
    """Experienced people who lead nobody: a candidate, one who is on pause, one who waits."""
    for number, person in enumerate(maker.roster.idle_mentors(2)):
        verbs = CARD_STATES[(maker.place.number * 2 + number) % len(CARD_STATES)]
        yield moment(shifted(maker.today, -12 + number), 15)
        consent_to_data(maker.place, person)
        card = cards.make_card(
            person,
            by=maker.as_(person),
            confirmed_results=maker.librarian.result(),
            strengths=["method.lesson", "psy_ped.discipline"],
        )
        for verb in verbs:
            card = CARD.move(card, verb, by=maker.curator, comment=CARD_COMMENT if verb == "reject" else "")


CARD_COMMENT = "В этом году у вас выпускной класс и экзамены: вернёмся к разговору в сентябре."
