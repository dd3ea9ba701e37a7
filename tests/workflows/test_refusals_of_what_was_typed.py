"""What a service refuses of what was typed, whatever form or call has brought it: the place of the mistake is
named, and nothing is written. Pages offer only what may be chosen; a call of the API or an old page sends
anything.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from portal.core import clock
from portal.core.errors import Conflict, Invalid
from portal.mentor_bank import services as bank
from portal.mentor_bank.models import MentorCard
from portal.mentoring import services as pairs
from portal.mentoring.models import Pair
from portal.pair_work import services as work
from portal.school_practices.services import propose_expert
from portal.school_records.models import JournalLine
from portal.staff import services as staff
from portal.staff.models import Person
from portal.staff.services.mending_access import keep_answer
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import who
from tests.workflows.mentoring_scenes import person

pytestmark = pytest.mark.usefixtures("in_school5")
NEED = {
    "category": "young",
    "reason": "young_specialist",
    "request": "Не успеваю закончить урок вовремя.",
    "difficulty_items": ["method.assessment"],
}
HIRED = {"position": "teacher", "hired_on": dt.date(2026, 11, 1), "ped_stage_years": 3}


@dataclass(frozen=True)
class Typed:
    """A wrong value, the place where its refusal stands, and what there must be before it is typed."""

    field: str
    call: Callable[[Any], Any]
    ready: Callable[[], Any] = lambda: None


def need(field: str = "", **wrong: Any) -> Typed:
    typed = {**NEED, **wrong}
    return Typed(
        field or next(iter(wrong)), lambda _: bank.record_need(person("vera"), by=who("anna"), **typed)
    )


def edited(field: str, **wrong: Any) -> Typed:
    return Typed(field, lambda _: staff.edit_person(person("vera"), by=who("anna"), **wrong))


def _left() -> Person:
    return staff.dismiss_person(person("lev"), on=dt.date(2026, 10, 30), reason="other", by=who("anna"))


def taken_on(field: str, **wrong: Any) -> Typed:
    return Typed(field, lambda left: staff.take_on(left, by=who("anna"), **{**HIRED, **wrong}), _left)


def office(code: str, field: str = "office") -> Typed:
    given = partial(staff.give_office, basis="приказ № 5")
    return Typed(
        field,
        lambda _: given(person("boris"), code, valid_from=clock.today(), by=who("zhanna")),
    )


def _new() -> Person:
    names = {"last_name": "Зимина", "first_name": "Анна"}
    values: dict[str, Any] = {**names, "birth_date": dt.date(1990, 1, 1), **HIRED}
    return staff.enter_person(by=who("anna"), subjects=["physics"], **values)


def invited(field: str, *, email: str = "zimina@school5.example", office: str = "teacher") -> Typed:
    return Typed(
        field, lambda new: staff.invite_person(new, email=email, office=office, by=who("anna")), _new
    )


def consent(field: str, kind: str = "distribution", **wrong: Any) -> Typed:
    return Typed(field, lambda _: staff.prepare_consent(person("vera"), kind, by=who("vera"), **wrong))


def expert(field: str, **wrong: Any) -> Typed:
    said: dict[str, Any] = {"subjects": ["physics"], "basis": "ведёт методическое объединение", **wrong}
    return Typed(field, lambda _: propose_expert(person("boris"), by=who("zhanna"), **said))


def programme(field: str, **wrong: Any) -> Typed:
    def write(pair: Pair) -> None:
        work.write_programme(pair, by=who("boris"), **scene.text(pair, **wrong))

    return Typed(field, write, lambda: scene.active(who))


def meeting(pair: Pair) -> None:
    tomorrow = clock.now() + dt.timedelta(days=1)
    work.plan_meeting(pair, by=who("boris"), planned_at=tomorrow, topic=" ")


def pair(card: MentorCard) -> None:
    pairs.propose_pair(by=who("anna"), mentor=card.person, mentees=[person("vera")], **scene.terms())


BACKWARDS = {
    "block": "method",
    "content": "Разбор урока",
    "work_form": "consultation",
    "starts_on": dt.date(2026, 12, 5),
    "ends_on": dt.date(2026, 12, 1),
}
TYPED = {
    "a need of two words": need(request="помощь"),
    "a difficulty that is in no list": need(difficulty_items=["method.nothing"]),
    "no difficulty at all": need(difficulty_items=[]),
    "a need that ends before it begins": need(
        wanted_to=dt.date(2026, 12, 1), wanted_from=dt.date(2026, 12, 5)
    ),
    "a position that is in no list": edited("position", position="wizard"),
    "a subject that is in no list": edited("subjects", position="teacher", subjects=["alchemy"]),
    "a position of a return that is in no list": taken_on("position", position="wizard"),
    "a subject of a return that is in no list": taken_on("subjects", subjects=["alchemy"]),
    "an office of the city": office("methodist_of_the_city"),
    "a curator who is no deputy": office("curator", "person"),
    "an invitation without an address": invited("email", email=""),
    "an invitation into no office": invited("office", office="wizard"),
    "an invitation of a curator who is no deputy": invited("office", office="curator"),
    "a consent to publish nowhere": consent("resources", resources=" ", data_allowed=["name"]),
    "a consent to publish nothing": consent("data_allowed", resources="https://school5.example"),
    "a consent that is over": consent("valid_until", "processing", valid_until=dt.date(2026, 11, 22)),
    "an expert of no subject": expert("subjects", subjects=["alchemy"]),
    "an expert without a reason": expert("basis", basis=" да "),
    "a programme of few words": programme("problem", problem="Мало слов"),
    "a programme that ends before it begins": programme("ends_on", ends_on=dt.date(2026, 11, 1)),
    "a deed that ends before it begins": programme("activities", activities=[BACKWARDS]),
    "a meeting about nothing": Typed("topic", meeting, lambda: scene.active(who)),
    "a card for more mentees than the school allows": Typed(
        "max_mentees", lambda _: scene.wishing(who, max_mentees=99)
    ),
    "a pair of whoever has no need": Typed("mentees", pair, lambda: scene.a_card(who)),
}


@pytest.mark.parametrize("name", TYPED)
def test_what_was_typed_is_refused_at_its_place_and_nothing_is_written(name: str) -> None:
    typed = TYPED[name]
    thing = typed.ready()
    before = JournalLine.objects.count()
    with pytest.raises(Invalid) as refused:
        typed.call(thing)
    assert typed.field in refused.value.fields
    assert JournalLine.objects.count() == before


def test_letters_about_whoever_is_not_here_are_no_failure() -> None:
    """A card was merged or never written down while the city's answer was on its way."""
    before = JournalLine.objects.count()
    for nobody in (uuid4(), None):
        keep_answer(nobody, what="address", outcome="done", by=who("time"))
    staff.confirm_office(uuid4(), "teacher", valid_from=clock.today(), valid_to=None)
    assert JournalLine.objects.count() == before


def test_pay_is_settled_before_the_order_only() -> None:
    with pytest.raises(Conflict) as refused:
        pairs.settle_pay(scene.active(who), by=who("anna"), pay_basis="none")
    assert refused.value.code == "wrong_state"
