"""Practices on their way: what becomes of each follows from the sheets that its experts wrote, as the workflow demands."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from best_practices import certifying
from best_practices import services as city
from best_practices.interest import assignable
from best_practices.minding import mind_review
from best_practices.models import ExpertCandidate, ExpertProposal, Practice, Review
from best_practices.sheet import Sheet
from best_practices.states import NEEDED
from best_practices.workflow import PRACTICE
from portal.core import clock
from portal.core.actor import Actor
from portal.core.school_year import SchoolYear
from portal.demo.cast import BY_KEY
from portal.demo.seeding.acting import Place, actor, carry_down, carry_up, moment, official, paper
from portal.demo.seeding.days import school_day, shifted
from portal.demo.seeding.diary import Diary, Story
from portal.demo.seeding.practice_texts import (
    LATE,
    NOT_IN_TEXT,
    read_practices,
    school_sheet,
    sheets_of,
    voices_of,
)
from portal.mentoring.models import Pair
from portal.school_practices import access, answering, services
from portal.school_practices.checking import waiting_in
from portal.school_practices.models import SchoolPractice
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.staff.models import Person
from portal.staff.selectors import has_consent
from portal.staff.services import consents as personal
from portal.staff.states import ConsentKind
from portal.staff.workflow import CONSENT
from portal.staff.workflow.consents import SignedPaper
from tenants.context import in_city, in_school

EXPERTS = {
    "p05_two_labs": ("gleb", "pavel"),
    "p11_director_deputy": ("nina", "pavel"),
    "s3_duel": ("pavel", "gleb"),
}
"""Who reads practices that still wait for a sheet or a decision."""
SILENT, NEXT = "p11_director_deputy", BY_KEY["gleb"].uuid
"""Its first expert does not answer, and the portal invites the next of the reserve."""
THIRD = BY_KEY["nina"].uuid
"""Who is asked where two sheets differ."""
EXPERTS_OF_SCHOOLS = (1, 2, 3, 4, 8, 10)
KNOWN_BY_EXPERTS = (
    ("psy_ped.motivation", "method.lesson", "communication.parents"),
    ("ict.interactive", "ict.distance", "method.planning"),
    ("method.self_analysis", "communication.colleagues", "communication.feedback"),
    ("psy_ped.discipline", "communication.conflict"),
    (),
)
"""Which difficulties the experts know, in turn; the last of them has not said."""
LOADS = (4, 5, 5)
"""How many sheets they let wait at once, in turn."""


def write_practices(places: list[Place], diary: Diary, today: dt.date, begins: dt.date) -> None:
    """Each practice goes as far as its stage says, at its own pace."""
    by_number = {place.number: place for place in places}
    diary.write(_name_experts(by_number, begins))
    diary.write(_pause_experts(today))
    span, officials = (today - begins).days, (official("darya"), official("semyon"))
    for number, row in enumerate(read_practices()):
        place = by_number[5] if row["stem"] == "p02_reverse_board" else by_number[row["school"]]
        story = PracticeStory(place, row, number, today=today, begins=begins, span=span, officials=officials)
        diary.write(story.tell(), place)
    diary.write(_take_certificates(today))


def _take_certificates(today: dt.date) -> Story:
    """Two experts have taken the certificate of this year for their portfolio; the others will get it after the year."""
    yield moment(shifted(today, -1), 20)
    for key in ("nina", "pavel"):
        user, year = BY_KEY[key].uuid, SchoolYear.current()
        with in_city():
            if certifying.sheets_of(user, year):
                certifying.certify_expert(user, year, by=actor(user, None))


def _name_experts(by_number: dict[int, Place], begins: dt.date) -> Story:
    """Each comes into the pool by the own word; the last one was proposed by the school."""
    yield moment(shifted(begins, 1), 10)
    proposed: list[tuple[Place, UUID]] = []
    users = {BY_KEY[key].uuid: list(BY_KEY[key].subjects) for key in ("nina", "pavel", "gleb")}
    for number in EXPERTS_OF_SCHOOLS:
        with in_school(by_number[number].school):
            wise = (
                Person.objects.exclude(user=None)
                .holding("teacher")
                .filter(category="highest", middle_name__endswith="на")
                .order_by("-id")
            )
            person = wise.prefetch_related("employments").first()
            subjects = [code for position in person.positions for code in position.subjects] if person else []
            if person and person.user and number == EXPERTS_OF_SCHOOLS[-1]:
                place = by_number[number]
                services.propose_expert(
                    person,
                    subjects=subjects,
                    basis="ведёт школьную мастерскую наставников",
                    by=place.by(place.principal),
                )
                proposed.append((place, person.user))
            elif person and person.user:
                users[person.user] = subjects
    for number, (user, subjects) in enumerate(users.items()):
        _join(number, user, subjects)
    yield moment(shifted(begins, 2), 15)
    for place, who in proposed:
        carry_up(place)
        with in_city():
            city.answer_proposal(ExpertProposal.objects.get(user=who), accepted=True, by=actor(who, None))
        carry_down(place)


def _join(number: int, user: UUID, subjects: list[str]) -> None:
    with in_city():
        city.join_pool(
            subjects=subjects,
            difficulties=KNOWN_BY_EXPERTS[number % len(KNOWN_BY_EXPERTS)],
            most_load=LOADS[number % len(LOADS)],
            by=actor(user, None),
        )


def _pause_experts(today: dt.date) -> Story:
    """One is not asked now, another has said so beforehand."""
    yield moment(shifted(today, -1), 19)
    with in_city():
        last = ExpertCandidate.objects.order_by("id").last()
        paused = [(BY_KEY["gleb"].uuid, 10)] + ([(last.user_id, 0)] if last else [])
        for user, days in paused:
            first = today + dt.timedelta(days=days)
            city.pause_as_expert(first=first, last=first + dt.timedelta(days=13), by=actor(user, None))


class PracticeStory:
    """One practice: in its school, then in the city."""

    def __init__(
        self,
        place: Place,
        row: dict[str, Any],
        number: int,
        *,
        today: dt.date,
        begins: dt.date,
        span: int,
        officials: tuple[Actor, Actor],
    ) -> None:
        self.place, self.row, self.number, self.today = place, row, number, today
        self.stage: str = row["stage"]
        early = begins + dt.timedelta(days=6 + (number * 5) % max(span // 3, 1))
        self.begins = (
            school_day(early)
            if self.stage in (*ONCE_PUBLISHED, "rejected", "recommended")
            else shifted(today, -LATE[self.stage])
        )
        self.pace = 2 if span < 40 else 4
        self.sheets, self.voices = sheets_of(row["stem"]), voices_of(row["stem"])
        self.darya, self.semyon = officials
        self.written: SchoolPractice

    def on(self, step: int, hour: int = 12) -> dt.datetime:
        """The moment of a step: some working days after the one before, and never later than yesterday."""
        return moment(
            min(shifted(self.begins, step * self.pace // 2), shifted(self.today, -1)), hour, self.number % 60
        )

    def tell(self) -> Story:
        yield from self.in_school()
        if self.stage in IN_SCHOOL:
            return
        yield self.on(3, 17)
        self.answer_finds()
        yield self.on(4, 15)
        SCHOOL_PRACTICE.move(self.fresh(), "hand_over", by=self.place.by(self.place.principal))
        yield self.on(4, 16)
        carry_up(self.place)
        yield from self.in_city()
        if self.stage == "renewing":  # another school has not understood the text, and its authors mend it
            yield moment(shifted(self.today, -1), 18)
            carry_down(self.place)
            SCHOOL_PRACTICE.move(self.fresh(), "renew", by=self.author())

    # ── in the school ───────────────────────────────────────────────────────────────────────────────
    def in_school(self) -> Story:
        yield self.on(0, 16)
        authors = self.authors()
        by, curator = self.place.by(self.place.users[authors[0].uuid]), self.place.by(self.place.curator)
        text = {key: value for key, value in self.row.items() if key not in NOT_IN_TEXT}
        self.written = services.draft_practice(
            authors=authors, by=by, has_no_pupil_data=True, has_image_consents=True, **text
        )
        if self.stage == "draft":
            return
        yield self.on(1, 14)
        SCHOOL_PRACTICE.move(self.fresh(), "submit", by=by)
        if self.stage == "school_review":
            return
        yield self.on(2, 14)
        if self.stage == "returned_school":
            SCHOOL_PRACTICE.move(self.fresh(), "return", by=curator, comment=self.row["return_comment"])
            return
        services.review_practice(
            access.practice_for(curator, self.written.uuid), by=curator, **self.school_sheet()
        )
        if self.stage == "rejected_school":
            SCHOOL_PRACTICE.move(self.fresh(), "reject", by=curator, comment=self.row["return_comment"])
            return
        SCHOOL_PRACTICE.move(self.fresh(), "accept", by=curator)
        for author in authors:
            consent_to_publish(author, curator)

    def school_sheet(self) -> dict[str, Any]:
        """Of a practice that its school refuses the sheet is written beside it."""
        if self.stage == "rejected_school":
            return self.sheets[0]
        return school_sheet(self.row["stem"], self.number)

    def authors(self) -> list[Person]:
        """Mentors of pairs of this school first, then experienced colleagues, as many as the practice has authors."""
        if self.row["stem"] == "s7_three_questions":
            return [Person.objects.get(user=BY_KEY["boris"].uuid)]
        pairs = Pair.objects.exclude(started_on=None).select_related("mentor").order_by("id")
        mentors = list(
            dict.fromkeys(pair.mentor for pair in pairs if pair.mentor.user != BY_KEY["boris"].uuid)
        )
        others = [
            person
            for person in Person.objects.exclude(user=None).filter(category="highest").order_by("id")
            if person not in mentors
        ]
        free = [
            person
            for person in (*mentors, *others)
            if person.user not in (self.place.principal, self.place.curator, self.place.lead)
        ]
        first = self.number % max(len(mentors), 1)
        return [free[(first + n) % len(free)] for n in range(min(self.row["authors"], len(free)))]

    def answer_finds(self) -> None:
        """People and classes of these texts are invented, so their authors leave them."""
        practice, by = self.fresh(), self.author()
        for one in waiting_in(practice):
            answering.keep_find(practice, answering.Which(one.find.key), by=by)

    def author(self) -> Actor:
        return self.place.by(self.place.users[self.fresh().authorships.all()[0].person.uuid])

    def fresh(self) -> SchoolPractice:
        return access.practice_for(Actor.system(school=self.place.school.uuid), self.written.uuid)

    # ── in the city ─────────────────────────────────────────────────────────────────────────────────
    def in_city(self) -> Story:
        """Steps of the city are made as the city, whatever contour the diary is in."""
        if self.stage == "submitted_municipal":
            return
        darya, semyon = self.darya, self.semyon
        yield self.on(5 if self.row["stem"] == SILENT else 6, 11)
        with in_city():
            self.move("receive", darya)
        if self.stage in ("formal_check", "recalled"):
            yield from self.leave_unread()
            return
        with in_city():
            self.assign(darya)
            self.move("start_review", darya)
        yield self.on(7, 14)
        with in_city():
            self.agree()
        if self.row["stem"] == SILENT:
            yield moment(shifted(self.today, -1), 8)
            with in_city():
                silent = self.reviews()[0]
                mind_review(silent.practice_id, silent.pk, Actor.system())
        for number in range(self.sheets_now()):
            yield self.on(9 + 2 * number, 18)
            with in_city():
                self.submit(number)
        yield self.on(13, 12)
        with in_city():
            self.decide(darya)
        if self.stage in ONCE_PUBLISHED:
            yield self.on(14, 12)
            with in_city():
                self.move("publish", semyon)
        if self.stage == "archived":
            yield self.on(18, 12)
            with in_city():
                self.move("archive", semyon, self.row["return_comment"])
        carry_down(self.place)

    def leave_unread(self) -> Story:
        """No expert has it yet; its school may have thought better of it meanwhile."""
        carry_down(self.place)
        if self.stage == "recalled":
            yield self.on(8, 10)
            principal = self.place.by(self.place.principal)
            SCHOOL_PRACTICE.move(self.fresh(), "recall", by=principal, comment=self.row["return_comment"])
            carry_up(self.place)

    def practice(self) -> Practice:
        return Practice.objects.get(practice=self.written.uuid)

    def move(self, verb: str, by: Actor, comment: str = "") -> None:
        PRACTICE.move(self.practice(), verb, by=by, comment=comment)

    def assign(self, darya: Actor) -> None:
        named = [BY_KEY[key].uuid for key in EXPERTS.get(self.row["stem"], ())]
        for candidate in self._experts(named):
            city.assign_expert(self.practice(), candidate, by=darya)
        if self.row["stem"] == SILENT:
            city.name_reserve(self.practice(), [NEXT], by=darya)

    def reviews(self) -> list[Review]:
        return list(Review.objects.filter(practice=self.practice()).order_by("id"))

    def agree(self) -> None:
        """Whoever was invited agrees, but for the silent one."""
        for review in self.reviews()[self.row["stem"] == SILENT :]:
            city.move_review(review, "accept", by=actor(review.expert, None))

    def _experts(self, named: Iterable[UUID]) -> list[ExpertCandidate]:
        """Those who are named; otherwise two of other schools, whose voice fits the sheets: whoever has fewest
        sheets, in turn.
        """
        pool = [
            one for one, _ in assignable(self.practice(), ExpertCandidate.objects.serving().order_by("id"))
        ]
        if named:
            return sorted((c for c in pool if c.user_id in named), key=lambda c: list(named).index(c.user_id))
        women = {c.user_id for c in pool if c.user.middle_name.endswith("на")}
        if self.stage == "arbitration":
            pool = [c for c in pool if c.user_id != THIRD]
        turn = self.number % len(pool)
        pool = sorted(pool[turn:] + pool[:turn], key=lambda c: c.load)
        chosen: list[ExpertCandidate] = []
        for voice in self.voices:
            fit = (
                c for c in pool if c not in chosen and (not voice or (c.user_id in women) == (voice == "f"))
            )
            chosen.append(next(fit))
        return chosen

    def sheets_now(self) -> int:
        """How many sheets are handed in today."""
        return 0 if self.row["stem"] == SILENT else min(len(self.sheets), NEEDED)

    def submit(self, number: int) -> None:
        review = self.reviews()[number]
        written = self.sheets[number]
        sheet = Sheet(**written["scores"], recommendation=written["recommendation"])
        by = actor(review.expert, None)
        city.move_review(review, "submit", by=by, comment=written["comment"], asked=sheet)

    def decide(self, darya: Actor) -> None:
        """The methodist's word; the guards of the workflow let through only what the sheets say."""
        if self.stage in ("recommended", *ONCE_PUBLISHED):
            self.move("recommend", darya)
        elif self.stage == "returned_municipal":
            self.move("return", darya, self.row["return_comment"])
        elif self.stage == "rejected":
            self.move("reject", darya, self.row["return_comment"])
        elif self.stage == "arbitration":
            city.assign_expert(self.practice(), ExpertCandidate.objects.get(user=THIRD), by=darya)


IN_SCHOOL = ("draft", "school_review", "returned_school", "rejected_school", "school_bank")
ONCE_PUBLISHED = ("published", "archived", "renewing")
JUDGED = ("arbitration", "returned_municipal", "rejected", "recommended", *ONCE_PUBLISHED)
"""Stages which follow from the sheets of two experts."""


def consent_to_publish(author: Person, curator: Actor) -> None:
    """T-29, once per author."""
    if not has_consent(author, ConsentKind.DISTRIBUTION):
        row = personal.prepare_consent(
            author,
            ConsentKind.DISTRIBUTION,
            by=curator,
            resources="банк лучших практик портала «Эстафета»",
            data_allowed=["name", "position", "results"],
        )
        CONSENT.move(
            row,
            "give",
            by=curator,
            asked=SignedPaper(given_on=clock.today(), scan=paper("Согласие на распространение", curator)),
        )
