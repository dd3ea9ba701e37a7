"""SM-2 and needs: who is ready to help, and who needs help."""

import datetime as dt
from typing import Any

import pytest

from portal.cabinet.services import nights as time
from portal.core import clock
from portal.core.errors import Conflict, Forbidden
from portal.mentor_bank import services as bank_services
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.mentor_bank.workflow import CARD, NEED
from portal.mentoring.models import Pair
from portal.mentoring.workflow import PAIR
from portal.staff.models import PersonalConsent
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import refused, who
from tests.workflows.scenarios import Change, Scenario, Step, change, walk

pytestmark = pytest.mark.usefixtures("in_school5")
GOOD = "Веду кружок робототехники, два призёра города."


def candidate(w: Any) -> MentorCard:
    return bank_services.make_card(scene.person("vera"), by=w("vera"), confirmed_results="мало", waiver="")


def confirmed(w: Any) -> MentorCard:
    return scene.a_card(w)


def data_consent(state: str) -> Change:
    def put(card: MentorCard) -> None:
        PersonalConsent.objects.update_or_create(
            person=card.person, kind="processing", defaults={"state": state, "given_on": clock.today()}
        )

    return put


def with_pair(card: MentorCard) -> None:
    scene.proposed(who)


def without_pairs(card: MentorCard) -> None:
    card.person.mentor_pairs.update(state="declined")


def working(card: MentorCard) -> None:
    card.person.mentor_pairs.update(state="active")


def last_year(card: MentorCard) -> None:
    change(curator_word_on=clock.today() - dt.timedelta(days=366))(card)


def nothing_is_enough(card: MentorCard) -> None:
    card.person.employments.update(stage_years=None, stage_on=None)


NOT_YET: tuple[Step | Change, ...] = (
    ("lev", "recommend", {}, "results"), change(confirmed_results=GOOD, no_disciplinary=False),
    ("lev", "recommend", {}, "results"),
    change(no_disciplinary=True), ("lev", "recommend", {}, "thresholds"),
    change(waiver="реверсивное: учит цифровым навыкам"),
)  # fmt: skip
CARDS = {
    "confirmed by two words": Scenario("candidate", candidate, (
        ("vera", "recommend", {}, "forbidden"), *NOT_YET, ("lev", "recommend", {}, "recommended"),
        ("lev", "confirm", {}, "forbidden"),
        ("anna", "confirm", {}, "personal_consent"), data_consent("given"), change(waiver=""),
        ("anna", "confirm", {}, "thresholds"),
        change(waiver="ведёт цифровое", willing=False), ("anna", "confirm", {}, "results"),
        change(willing=True), ("anna", "confirm", {}, "confirmed"),
        ("anna", "endorse", {}, "forbidden"), ("time", "activate", {}, "both_words"),
        data_consent("withdrawn"),
        ("zhanna", "endorse", {}, "personal_consent"), data_consent("given"),
        ("zhanna", "endorse", {}, "confirmed"),
        ("zhanna", "endorse", {}, "word_given"), ("anna", "activate", {}, "forbidden"),
        ("time", "activate", {}, "active"),
    )),
    "a pause and the archive": Scenario("confirmed", confirmed, (
        ("lev", "pause", {}, "forbidden"), ("boris", "pause", {}, "paused"),
        ("anna", "resume", {}, "confirmed"), with_pair,
        ("anna", "archive", {}, "open_pairs"), without_pairs, ("kira", "archive", {}, "forbidden"),
        ("anna", "archive", {}, "archived"),
    )),
    "leads a pair and is free again": Scenario("confirmed", confirmed, (
        ("zhanna", "endorse", {}, "confirmed"), with_pair, working, ("time", "activate", {}, "active"),
        ("anna", "free", {}, "forbidden"), ("time", "free", {}, "leads_a_pair"),
        without_pairs, ("time", "free", {}, "confirmed"),
    )),
    "confirmed anew for another year": Scenario("confirmed", confirmed, (
        last_year, ("lev", "reconfirm", {}, "forbidden"), data_consent("withdrawn"),
        ("anna", "reconfirm", {}, "personal_consent"), data_consent("given"), change(willing=False),
        ("anna", "reconfirm", {}, "results"), change(willing=True), nothing_is_enough,
        ("anna", "reconfirm", {}, "thresholds"), change(waiver="ведёт цифровое"),
        ("anna", "reconfirm", {}, "confirmed"), ("zhanna", "endorse", {}, "confirmed"),
        ("time", "activate", {}, "active"), last_year,
        change(waiver=""), ("anna", "reconfirm", {}, "thresholds"),
        change(waiver="ведёт цифровое", willing=False),
        ("anna", "reconfirm", {}, "results"), change(willing=True), data_consent("withdrawn"),
        ("anna", "reconfirm", {}, "personal_consent"), data_consent("given"),
        ("anna", "reconfirm", {}, "active"),
    )),
    "not confirmed": Scenario("candidate", candidate, (
        ("vera", "reject", {"comment": "сама"}, "forbidden"), ("lev", "reject", {}, "comment_required"),
        ("lev", "reject", {"comment": "рано"}, "rejected"),
    )),
}  # fmt: skip


@pytest.mark.parametrize("name", CARDS)
@pytest.mark.covers(
    "SM-2.recommend",
    "SM-2.confirm",
    "SM-2.endorse",
    "SM-2.activate",
    "SM-2.free",
    "SM-2.pause",
    "SM-2.resume",
    "SM-2.reject",
    "SM-2.archive",
    "SM-2.reconfirm",
    "seed 4.1.3",
    "seed 4.1.3.1",
)
def test_a_card(name: str) -> None:
    walk(CARD, CARDS[name], who)


def pair_of(need: MenteeNeed) -> None:
    scene.proposed(who)


def pair_is(state: str) -> Change:
    return lambda need: need.pair_mentees.get().pair.__class__.objects.update(state=state)


NEEDS = {
    "served": Scenario("new", scene.a_need, (
        ("vera", "accept", {}, "forbidden"), ("anna", "accept", {}, "accepted"),
        ("anna", "match", {}, "forbidden"), ("time", "match", {}, "matched"),
        ("time", "reopen", {}, "accepted"), ("time", "match", {}, "matched"),
        ("time", "fulfil", {}, "closed"),
    )),
    "given up": Scenario("new", scene.a_need, (
        pair_of, ("anna", "decline", {"comment": "позже"}, "pair_open"), ("vera", "close", {}, "pair_open"),
        pair_is("declined"),
        ("boris", "close", {}, "forbidden"), ("anna", "decline", {}, "comment_required"),
        ("anna", "decline", {"comment": "позже"}, "declined"),
        ("anna", "accept", {}, "accepted"), ("vera", "close", {}, "closed"),
    )),
}  # fmt: skip


@pytest.mark.parametrize("name", NEEDS)
@pytest.mark.covers(
    "NEED.accept",
    "NEED.decline",
    "NEED.match",
    "NEED.reopen",
    "NEED.fulfil",
    "NEED.close",
    "seed 2.2.mentee",
    "seed 6.1.cur.1",
)
def test_a_need(name: str) -> None:
    walk(NEED, NEEDS[name], who)


def test_a_need_that_another_pair_serves_stays_with_it() -> None:
    scene.active(who)
    scene.a_card(who, "lev")
    second = scene.proposed(who, mentor="lev")
    PAIR.move(
        PAIR.move(second, "ask", by=who("anna")),
        "withdraw",
        by=who("anna"),
        comment="одного наставника хватит",
    )
    assert MenteeNeed.objects.get().state == "matched"


def test_whoever_comes_back_to_a_pair_is_active() -> None:
    scene.active(who)
    card = MentorCard.objects.get()
    CARD.move(card, "pause", by=who("boris"))
    assert CARD.move(card, "resume", by=who("boris")).state == "active"


def test_a_pair_that_is_only_proposed_is_not_led_after_a_pause() -> None:
    scene.a_card(who)
    card = MentorCard.objects.get()
    scene.proposed(who)
    CARD.move(card, "pause", by=who("boris"))
    assert CARD.move(card, "resume", by=who("boris")).state == "confirmed"


def test_of_two_pairs_the_last_that_ends_frees_the_mentor() -> None:
    first = scene.active(who)
    long_ago = clock.today() - dt.timedelta(days=93)
    same = {name: getattr(first, name) for name in ("mentor", "kinds", "planned_from", "planned_to")}
    second = Pair.objects.create(**same, state="suspended", suspended_on=long_ago)
    PAIR.move(first, "take_back", by=who("time"))
    card = MentorCard.objects.get()
    assert card.state == "active"
    PAIR.move(second, "end_suspension", by=who("anna"))
    card.refresh_from_db()
    assert card.state == "confirmed"


def test_whoever_has_left_is_not_offered_any_more() -> None:
    card = scene.active(who) and MentorCard.objects.get()
    scene.dismiss("boris")
    for _ in range(2):
        time.every_day(who("time"))
    card.refresh_from_db()
    assert card.state == "archived"


@pytest.mark.covers("SM-2.confirm")
def test_the_card_wants_results_thresholds_consent_and_two_words() -> None:
    card = bank_services.make_card(scene.person("vera"), by=who("vera"), confirmed_results="мало")
    refused(Forbidden, "forbidden", lambda: CARD.move(card, "recommend", by=who("vera")))
    refused(Conflict, "results", lambda: CARD.move(card, "recommend", by=who("lev")))
    bank_services.edit_card(
        card, by=who("vera"), confirmed_results="Веду кружок робототехники, два призёра города."
    )
    refused(Conflict, "thresholds", lambda: CARD.move(card, "recommend", by=who("lev")))
    bank_services.edit_card(card, by=who("anna"), waiver="реверсивное наставничество: учит цифровым навыкам")
    CARD.move(card, "recommend", by=who("lev"))
    refused(Conflict, "personal_consent", lambda: CARD.move(card, "confirm", by=who("anna")))
    scene.PersonalConsent.objects.create(
        person=scene.person("vera"), kind="processing", state="given", given_on=clock.today()
    )
    CARD.move(card, "confirm", by=who("anna"))
    refused(Forbidden, "forbidden", lambda: CARD.move(card, "endorse", by=who("anna")))
    refused(Conflict, "both_words", lambda: CARD.move(card, "activate", by=who("time")))
    CARD.move(card, "endorse", by=who("zhanna"))
    refused(Conflict, "word_given", lambda: CARD.move(card, "endorse", by=who("zhanna")))
    CARD.move(card, "activate", by=who("time"))
    CARD.move(card, "pause", by=who("vera"))
    CARD.move(card, "resume", by=who("anna"))
    CARD.move(card, "archive", by=who("anna"))
    assert card.state == "archived"
