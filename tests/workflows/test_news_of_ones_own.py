"""Whoever's own thing another moves hears of it: a card, a need, a programme. Whoever moves the own one does
not, nor whoever has left.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from portal.core import clock
from portal.core.workflow import Workflow
from portal.local_acts.models import Order
from portal.local_acts.workflow import ORDER
from portal.local_acts.workflow.orders import Registration
from portal.mentor_bank.models import MentorCard
from portal.mentor_bank.workflow import CARD, NEED
from portal.mentoring.workflow import PAIR
from portal.pair_work.models import Programme
from portal.pair_work.workflow import PROGRAMME
from portal.school_records.models import Notice
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import KEYS, who

pytestmark = [pytest.mark.usefixtures("in_school5"), pytest.mark.covers("found B9")]


def heard(code: str) -> set[str]:
    people = {who(key).user: key for key in KEYS}
    return {people[user] for user in Notice.objects.filter(code=code).values_list("recipient", flat=True)}


def paused(w: Any) -> MentorCard:
    return CARD.move(scene.a_card(w), "pause", by=w("boris"))


def unrated(w: Any) -> Programme:
    """Two weeks ago the pair was asked for its ratings."""
    programme = scene.running(w)
    asked = clock.now() - dt.timedelta(days=15)
    Programme.objects.filter(pk=programme.pk).update(state="final_review", updated_at=asked)
    return Programme.objects.get(pk=programme.pk)


BY_CURATOR: dict[str, tuple[Workflow[Any], Callable[[Any], Any], str, set[str]]] = {
    "a card rests": (CARD, scene.a_card, "pause", {"boris"}),
    "a card is back": (CARD, paused, "resume", {"boris"}),
    "a card goes": (CARD, scene.a_card, "archive", {"boris"}),
    "a need is closed": (NEED, scene.a_need, "close", {"vera"}),
    "a draft is cancelled": (PROGRAMME, scene.written, "cancel", {"boris"}),
    "a text that was sent is cancelled": (PROGRAMME, scene.confirmed, "cancel", {"boris", "vera"}),
    "a programme ends unrated": (PROGRAMME, unrated, "complete_unrated", {"boris", "vera"}),
}


@pytest.mark.parametrize(("flow", "make", "verb", "hear"), BY_CURATOR.values(), ids=BY_CURATOR)
def test_whose_it_is_hears_what_the_curator_did(
    flow: Workflow[Any], make: Callable[[Any], Any], verb: str, hear: set[str]
) -> None:
    thing = make(who)
    Notice.objects.all().delete()
    flow.move(thing, verb, by=who("anna"), comment="Так договорились")
    assert heard(f"{flow.name}:{verb}") == hear


def test_whoever_moves_the_own_thing_is_told_nothing() -> None:
    paused(who)
    NEED.move(scene.a_need(who), "close", by=who("vera"))
    assert heard("mentor_card:pause") | heard("need:close") == set()


def test_whoever_has_left_is_told_nothing_of_the_card() -> None:
    card = scene.a_card(who)
    scene.dismiss("boris")
    CARD.move(card, "archive", by=who("time"))
    assert heard("mentor_card:archive") == set()


def test_of_a_programme_that_ends_with_its_pair_the_pair_tells() -> None:
    pair = scene.confirmed(who).pair
    PAIR.move(pair, "suspend", by=who("anna"), comment="длинный отпуск")
    with clock.at(clock.now() + dt.timedelta(days=100)):
        PAIR.move(pair, "end_suspension", by=who("anna"))
    assert heard("pair:end_suspension") >= {"boris", "vera"}
    assert heard("programme:cancel") == set()


@pytest.mark.covers("SM-8.take_back")
def test_whoever_keeps_orders_hears_that_one_is_a_draft_again() -> None:
    """Of the order of a pair once, from the pair."""
    pair = scene.active(who)
    pay = Order.objects.get(code="T-10", subject=pair.uuid)
    asked = Registration(
        number="12-д", signed_on=clock.today(), scan=scene.store(scene.scan(), by=who("kira"))
    )
    for order in (ORDER.move(pay, "register", by=who("kira"), asked=asked), Order.objects.get(code="T-08")):
        ORDER.move(order, "take_back", by=who("zhanna"), comment="не тот скан")
    assert [heard(code) for code in ("order:take_back", "pair:take_back")] == [
        {"kira"},
        {"anna", "boris", "kira", "vera"},
    ]
    told = Notice.objects.get(code="order:take_back")
    assert "О доплате" in told.text
