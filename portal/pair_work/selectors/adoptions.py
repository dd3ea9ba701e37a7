"""Practices of the bank in programmes: where one may be taken, what would be added, what waits for a word."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from best_practices.models import BankPractice
from portal.core import clock
from portal.core.actor import Actor
from portal.core.counting import Rows, home_numbers
from portal.core.next_steps import NextStep
from portal.core.text import quoted
from portal.mentoring.models import Pair
from portal.pair_work.models import Adoption, Programme
from portal.pair_work.states import ProgrammeState as S
from portal.school_practices.models import SchoolPractice
from tenants.links import link

OVER = (S.FINAL_REVIEW, S.COMPLETED, S.CANCELLED)
OPEN = tuple(state for state in S if state not in OVER)
TOLD_AT_ONCE, MOST_INDICATORS = 20, 5


def is_of_this_school(card: BankPractice) -> bool:
    """A school that takes its own practice repeats nothing: it is not counted."""
    return SchoolPractice.objects.filter(uuid=card.practice).exists()


def deeds_from(programme: Programme) -> dt.date:
    """The first day of what is added: that of the programme, or today when it runs already."""
    return min(max(programme.starts_on, clock.today()), programme.ends_on)


def why_not(programme: Programme) -> str:
    """Why nothing can be added to the plan now; empty when it can."""
    if programme.state in OVER:
        return f"Программа «{programme.get_state_display()}»: в неё уже ничего не добавить."
    if programme.ends_on < clock.today():
        return "Последний день программы прошёл. Подведите её итоги."
    if programme.state == S.APPROVED:
        day = f"{programme.starts_on:%d.%m.%Y}"
        return f"Программа утверждена и начнётся {day}: с этого дня в неё можно взять практику."
    reads = programme.state == S.CORRECTION and programme.submitted_on is not None
    if reads or not (programme.is_editable or programme.state == S.IN_PROGRESS):
        return f"Программу сейчас читают ({programme.get_state_display()}): дождитесь ответа."
    return ""


@dataclass(frozen=True)
class Place:
    """A programme into which the practice might be taken."""

    programme: Programme
    adoption: Adoption | None
    why_not: str

    @property
    def is_free(self) -> bool:
        return self.adoption is None and not self.why_not


def places_for(by: Actor, card: BankPractice) -> list[Place]:
    """Programmes that the actor writes, those that may take it first; three queries."""
    rows = _written_by(by).select_related("pair__mentor").prefetch_related("pair__pair_mentees__mentee")
    taken = {
        adoption.programme_id: adoption
        for adoption in Adoption.objects.live().filter(practice=card.practice, programme__in=_written_by(by))
    }
    places = [Place(row, taken.get(row.pk), why_not(row)) for row in rows.order_by("-year", "-pk")]
    return sorted(places, key=lambda place: not place.is_free)


def _written_by(by: Actor) -> QuerySet[Programme]:
    rows = Programme.objects.filter(state__in=OPEN)
    return rows.filter(pair__mentor__user=by.user) if by.serves and by.user else rows.none()


@dataclass(frozen=True)
class Indicator:
    """What the practice itself has measured, and may be measured again."""

    name: str
    unit: str

    @property
    def words(self) -> str:
        return f"{self.name}, {self.unit}" if self.unit else self.name


def indicators_of(adoption: Adoption) -> list[Indicator]:
    """Those of the published practice, and those that were told of already; at most five."""
    card = BankPractice.objects.filter(uuid=adoption.card).first()
    named = [(row.indicator, row.unit) for row in card.text.results] if card else []
    told = [(row["indicator"], row["unit"]) for row in adoption.measured]
    return [Indicator(name, unit) for name, unit in dict([*told, *named]).items()][:MOST_INDICATORS]


def has_place(by: Actor) -> bool:
    """The actor writes some programme: the card of a practice then has its button."""
    return _written_by(by).exists()


def numbers(by: Actor) -> Rows:
    """Of the home page: practices of ended programmes that wait for a word of the pair."""
    return {"adoptions to tell": _to_tell(by)}


def _to_tell(by: Actor) -> QuerySet[Adoption]:
    return Adoption.objects.to_tell().filter(programme__pair__in=Pair.objects.of_person(by))


def next_steps(by: Actor) -> list[NextStep]:
    """One question at the end, two minutes."""
    if not by.serves or not home_numbers(by)["adoptions to tell"]:
        return []
    rows = _to_tell(by).order_by("ended_on", "pk")[:TOLD_AT_ONCE]
    return [_asks(row.uuid, row.title, row.ended_on) for row in rows]


def _asks(uuid: UUID, title: str, since: dt.date | None) -> NextStep:
    return NextStep(
        "adoption_to_tell",
        f"Как сработала практика {quoted(title)}?",
        "Программа закончилась. Один вопрос, две минуты: ответ поможет тем, кто возьмёт практику после вас.",
        link("pair_work:adoption_outcome", uuid),
        "Ответить",
        waiting_since=since,
        icon="journals",
        weight=60,
    )
