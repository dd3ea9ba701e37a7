"""Two terms of an expert, the reserve, reminders, an arbiter: what time and the portal do by themselves."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.test import Client, override_settings

from best_practices import services as city
from best_practices.asking import write_to_expert
from best_practices.minding import mind_reviews
from best_practices.models import Practice, Review
from best_practices.states import GONE, PracticeState, ReviewState
from best_practices.workflow import PRACTICE, REVIEW
from best_practices.workflow.reviews import Declined, LaterTerm
from portal.city_records.models import Notice
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Invalid
from tests.cast import BY_KEY
from tests.practices.conftest import COMMENT, expert
from tests.practices.offered import EXPERTS, Acting, As, came, offered
from tests.practices.sheets import hand_in

BEGINS = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
"""A Monday; the term to answer is Thursday, 3 December, that of the sheet 21 December."""
DAY = dt.timedelta(days=1)


def night(days: float) -> None:
    """The night's work, so many days later."""
    with clock.at(BEGINS + days * DAY):
        mind_reviews(Actor.system())


def user(key: str) -> UUID:
    return BY_KEY[key].uuid


def at_work(content: dict[str, Any], actor: Acting, *reserve: str) -> Practice:
    """Нина and Павел are invited on Monday; the rest stand in the reserve in this order."""
    with clock.at(BEGINS):
        darya = actor("darya")
        for key in EXPERTS:
            expert(key)
        practice = PRACTICE.move(came(content), "receive", by=darya)
        for key in ("nina", "pavel"):
            city.assign_expert(practice, expert(key), by=darya)
        PRACTICE.move(practice, "start_review", by=darya)
        city.name_reserve(practice, [user(key) for key in reserve], by=darya)
    return Practice.objects.get()


def of(key: str) -> Review:
    return Review.objects.filter(expert=user(key)).latest("pk")


def told(key: str, code: str = "review_reminded") -> list[str]:
    rows = Notice.objects.filter(recipient=user(key), code=code).order_by("pk")
    return [row.text for row in rows]


def agrees(key: str, actor: Acting) -> None:
    with clock.at(BEGINS):
        city.move_review(of(key), "accept", by=actor(key))


def home(client: Client) -> str:
    return client.get("/").content.decode().replace("\xa0", " ")


def declines(key: str, actor: Acting) -> None:
    city.move_review(of(key), "decline", by=actor(key), asked=Declined())


def sheet_of(score: int, advice: str = "publish") -> dict[str, Any]:
    codes = ("c1", "c2", "c3", "c4", "c5")
    return {"scores": dict.fromkeys(codes, score), "comment": COMMENT, "recommendation": advice}


# ── The two terms ───────────────────────────────────────────────────────────────────────────────────


def test_three_working_days_to_answer_and_fifteen_to_judge(content: dict[str, Any], actor: Acting) -> None:
    at_work(content, actor)
    assert of("nina").answer_due_on == dt.date(2026, 12, 3)
    with clock.at(BEGINS + 2 * DAY):
        city.move_review(of("nina"), "accept", by=actor("nina"))
    assert of("nina").due_on == dt.date(2026, 12, 23), "counted from the consent"


@override_settings(EXPERT_ANSWER_WORKDAYS=5, EXPERT_SHEET_WORKDAYS=10)
def test_the_city_says_how_long_the_terms_are(content: dict[str, Any], actor: Acting) -> None:
    at_work(content, actor)
    agrees("nina", actor)
    assert (of("nina").answer_due_on, of("nina").due_on) == (dt.date(2026, 12, 7), dt.date(2026, 12, 14))


# ── Silent, and declined ────────────────────────────────────────────────────────────────────────────


@pytest.mark.covers("review.replace_silent")
@pytest.mark.parametrize("nights", [[0, 1, 2, 3, 4, 4, 5, 6], [11], [4, 11, 18]], ids=["each", "one", "few"])
def test_a_silent_expert_is_replaced_once_by_the_next_of_the_reserve(
    nights: list[int], content: dict[str, Any], actor: Acting
) -> None:
    """Each night, or one after the clock was stopped for a week."""
    at_work(content, actor, "gleb")
    agrees("pavel", actor)
    for number in nights:
        night(number)
        if number < 4:
            assert of("nina").state == ReviewState.INVITED, "Thursday is the last day to answer"
    assert (of("nina").state, of("gleb").state) == (ReviewState.REPLACED, ReviewState.INVITED)
    assert of("gleb").instead_of == of("nina")
    assert Review.objects.filter(expert=user("gleb")).count() == 1
    assert Practice.objects.get().reserve == []
    assert len(told("nina", "review_withdrawn")) == len(told("gleb", "review_assigned")) == 1
    assert "ответа ждали до 03.12.2026" in told("nina", "review_withdrawn")[0]
    assert "приглашён следующий" in told("darya", "review_handed_on")[0]


def test_with_nobody_in_the_reserve_the_methodist_hears_once_and_holds_the_step(
    content: dict[str, Any], actor: Acting, as_: As
) -> None:
    at_work(content, actor)
    for number in (4, 5, 12):
        night(number)
    assert of("nina").state == ReviewState.INVITED, "a late consent is still welcome"
    assert len(told("darya", "review_unanswered")) == 2, "of each of the two, once"
    with clock.at(BEGINS + 5 * DAY):
        assert "Эксперт не ответил на приглашение" in home(as_("darya"))
        city.name_reserve(Practice.objects.get(), [user("gleb")], by=actor("darya"))
    night(6)
    assert [of(key).state for key in ("nina", "pavel", "gleb")].count(ReviewState.INVITED) == 2
    assert of("gleb").state == ReviewState.INVITED


def test_whoever_in_the_reserve_may_not_be_asked_is_passed_by(content: dict[str, Any], actor: Acting) -> None:
    """Глеб has become bound since; he stays in the reserve, Тимур is invited."""
    practice = at_work(content, actor, "gleb", "timur")
    Practice.objects.filter(pk=practice.pk).update(not_ask=[user("gleb")])
    declines("nina", actor)
    assert of("timur").instead_of == of("nina")
    assert Practice.objects.get().reserve == [user("gleb")]
    assert not Review.objects.filter(expert=user("gleb")).exists()


def test_one_of_the_school_of_the_silent_one_may_take_the_place(
    content: dict[str, Any], actor: Acting
) -> None:
    """Глеб and Тимур work in one school: the one who is replaced does not stand in the other's way."""
    at_work(content, actor, "gleb", "timur")
    declines("nina", actor)
    assert of("gleb").state == ReviewState.INVITED
    city.move_review(of("gleb"), "replace", by=actor("darya"), comment="болеет")
    assert (of("timur").state, of("timur").instead_of) == (ReviewState.INVITED, of("gleb"))


@pytest.mark.covers("review.decline")
def test_a_refusal_invites_the_reserve_at_once(content: dict[str, Any], actor: Acting, as_: As) -> None:
    at_work(content, actor, "gleb")
    nina, page = as_("nina"), f"/expertise/{of('nina').uuid}/"
    sent = {"version": of("nina").version, "repeat_key": uuid4().hex, "refusal": "not_mine"}
    assert nina.get(page + "decline/").status_code == 405, "opening a link changes nothing"
    assert nina.post(page + "decline/", sent).status_code == 302
    assert (of("nina").state, of("nina").refusal) == (ReviewState.DECLINED, "not_mine")
    assert of("gleb").state == ReviewState.INVITED
    assert "Эксперт отказался, приглашён следующий" in told("darya", "review_handed_on")[0]
    shown = as_("darya").get(f"/practices/{Practice.objects.get().uuid}/").content.decode()
    assert "не моя тема" in shown
    assert "вместо: Тарасова" in shown.replace("\xa0", " ")


# ── Reminders ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("nights", "times"),
    [
        (range(35), 3),
        ([*range(17), *range(24, 35)], 2),
        ([0, 25], 1),
        ([16, 16, 16], 1),
    ],
    ids=["every night", "a week is missed", "only one night after the term", "the same night thrice"],
)
def test_each_reminder_is_told_once_however_the_nights_went(
    nights: list[int], times: int, content: dict[str, Any], actor: Acting
) -> None:
    """The sheet is due on 21 December: reminders on the 16th, the 21st and the 23rd."""
    at_work(content, actor, "gleb")
    for key in ("nina", "pavel"):
        agrees(key, actor)
    for number in nights:
        night(number)
    assert len(told("nina")) == times, told("nina")
    assert len(set(told("nina"))) == min(times, 2), "before the term, and after it"
    late = 1 if max(nights) >= 24 else 0
    assert len(told("darya", "review_late")) == 2 * late, "of both sheets, once"
    assert of("nina").state == ReviewState.ACCEPTED, "a late sheet is replaced by the methodist only"


def test_on_which_days_the_reminders_come(content: dict[str, Any], actor: Acting) -> None:
    at_work(content, actor, "gleb")
    for key in ("nina", "pavel"):
        agrees(key, actor)
    days = {"expert": [], "methodist": []}  # type: dict[str, list[int]]
    for number in range(35):
        before = len(told("nina")), len(told("darya", "review_late"))
        night(number)
        days["expert"] += [number] * (len(told("nina")) - before[0])
        days["methodist"] += [number] * bool(len(told("darya", "review_late")) - before[1])
    begins = BEGINS.date()
    assert [begins + number * DAY for number in days["expert"]] == [
        dt.date(2026, 12, 16),
        dt.date(2026, 12, 21),
        dt.date(2026, 12, 23),
    ]
    assert [begins + number * DAY for number in days["methodist"]] == [dt.date(2026, 12, 24)]


def test_a_longer_term_is_reminded_of_anew(content: dict[str, Any], actor: Acting) -> None:
    at_work(content, actor)
    agrees("nina", actor)
    night(16)
    with clock.at(BEGINS + 17 * DAY):
        until = LaterTerm(until=dt.date(2027, 1, 15))
        city.move_review(of("nina"), "prolong", by=actor("darya"), comment="болеет", asked=until)
    night(18)
    assert len(told("nina")) == 1
    night(43)
    assert len(told("nina")) == 2
    assert "15.01.2027" in told("nina")[-1]


def test_a_day_before_the_answer_is_late_it_is_asked_for(content: dict[str, Any], actor: Acting) -> None:
    at_work(content, actor)
    for number in (1, 2, 3, 3):
        night(number)
    assert len(told("nina")) == 1
    assert "последний день ответить" in told("nina")[0]


def test_the_letter_leads_to_a_page_that_answers_by_one_press(
    content: dict[str, Any], actor: Acting, as_: As
) -> None:
    at_work(content, actor)
    write_to_expert.run(Actor.system(), {"review_uuid": str(of("nina").uuid)})
    letter = mail.outbox[-1]
    page = f"/expertise/{of('nina').uuid}/"
    assert (page in letter.body, "03.12.2026" in letter.body, "Кравцов" in letter.body) == (True, True, False)
    nina = as_("nina")
    shown = nina.get(page).content.decode()
    assert f'action="{page}accept/"' in shown
    assert f'action="{page}decline/"' in shown
    assert of("nina").state == ReviewState.INVITED, "reading is no answer"
    nina.post(page + "accept/", {"version": of("nina").version, "repeat_key": uuid4().hex})
    assert of("nina").state == ReviewState.ACCEPTED
    city.move_review(of("nina"), "withdraw", by=actor("darya"), comment="болеет")
    write_to_expert.run(Actor.system(), {"review_uuid": str(of("nina").uuid)})
    assert len(mail.outbox) == 1, "whoever is not waited for is not written to"


# ── Arbitration ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.covers("SM-10.arbitrate")
@pytest.mark.parametrize(
    ("scores", "advice"),
    [((9, 6), "publish"), ((8, 8), "reject")],
    ids=["more than ten points", "opposite advice"],
)
def test_a_dispute_invites_the_arbiter_with_the_second_sheet(
    scores: tuple[int, int], advice: str, content: dict[str, Any], actor: Acting, as_: As
) -> None:
    at_work(content, actor, "gleb")
    hand_in(of("nina"), sheet_of(scores[0]), by=actor("nina"))
    assert not Review.objects.filter(expert=user("gleb")).exists()
    hand_in(
        of("pavel"), {**sheet_of(scores[1], advice), "comment": "Особое мнение. " * 20}, by=actor("pavel")
    )
    practice, third = Practice.objects.get(), of("gleb")
    assert (practice.state, third.stage) == (PracticeState.ARBITRATION, "arbitration")
    assert "третий эксперт приглашён" in told("darya", "practice_dispute")[0]
    gleb = as_("gleb")
    seen = [gleb.get(f"/expertise/{third.uuid}/"), gleb.get("/expertise/"), gleb.get("/api/v1/reviews/")]
    for answer in seen:
        text = answer.content.decode()
        assert not any(word in text for word in ("Тарасова", "Ефимов", "Особое мнение", COMMENT[:40])), text
    for key in ("nina", "pavel"):
        assert gleb.get(f"/expertise/{of(key).uuid}/").status_code == 404
        assert gleb.get(f"/expertise/{of(key).uuid}/sheet/").status_code == 404


def test_without_a_reserve_the_methodist_holds_the_dispute(
    content: dict[str, Any], actor: Acting, as_: As
) -> None:
    at_work(content, actor)
    hand_in(of("nina"), sheet_of(9), by=actor("nina"))
    hand_in(of("pavel"), sheet_of(4), by=actor("pavel"))
    assert Practice.objects.get().state == PracticeState.REVIEW
    assert "Назначить третьего эксперта" in home(as_("darya"))
    city.assign_expert(Practice.objects.get(), expert("gleb"), by=actor("darya"))
    assert Practice.objects.get().state == PracticeState.ARBITRATION


def test_sheets_that_came_before_the_sending_are_disputed_at_the_sending(
    content: dict[str, Any], actor: Acting
) -> None:
    darya = actor("darya")
    for key in EXPERTS:
        expert(key)
    practice = PRACTICE.move(came(content), "receive", by=darya)
    for key in ("nina", "pavel"):
        city.assign_expert(practice, expert(key), by=darya, reserve=[user("gleb")])
    hand_in(of("nina"), sheet_of(9), by=actor("nina"))
    hand_in(of("pavel"), sheet_of(4), by=actor("pavel"))
    assert not Review.objects.filter(expert=user("gleb")).exists()
    PRACTICE.move(practice, "start_review", by=darya)
    assert (Practice.objects.get().state, of("gleb").stage) == (PracticeState.ARBITRATION, "arbitration")


# ── The methodist's ways, and the reserve ───────────────────────────────────────────────────────────


def test_from_every_state_of_an_assignment_the_methodist_has_a_way_on(
    content: dict[str, Any], actor: Acting
) -> None:
    """Silent, agreed, late, handed in: some step of the assignment or of the practice is ready; what is over
    leaves the place free for another.
    """
    practice = at_work(content, actor, "gleb", "timur")
    darya, ways = actor("darya"), {}
    for state in ReviewState:
        Review.objects.filter(expert=user("nina")).update(
            state=state, due_on=dt.date(2026, 12, 1), answer_due_on=dt.date(2026, 12, 1)
        )
        Review.objects.filter(expert=user("pavel")).update(state=ReviewState.WITHDRAWN)
        own = {offer.transition.verb for offer in REVIEW.offers(of("nina"), darya) if offer.ready}
        ways[state] = own or {"name another"} & ({"name another"} if state in GONE else set())
    waited = {"prolong", "replace", "withdraw"}
    assert ways[ReviewState.INVITED] == ways[ReviewState.ACCEPTED] == waited
    assert all(ways[state] == {"name another"} for state in GONE)
    Review.objects.filter(expert__in=[user("nina"), user("pavel")]).update(
        state=ReviewState.SUBMITTED,
        scores=dict.fromkeys(("c1", "c2", "c3", "c4", "c5"), 8),
        total=40,
        recommendation="publish",
    )
    found = Practice.objects.prefetch_related("reviews").get(pk=practice.pk)
    assert "recommend" in {offer.transition.verb for offer in PRACTICE.offers(found, darya) if offer.ready}


@pytest.mark.covers("review.replace", "review.prolong")
def test_the_methodist_replaces_and_prolongs_by_the_pages(
    content: dict[str, Any], actor: Acting, as_: As
) -> None:
    practice = at_work(content, actor)
    darya, page = as_("darya"), f"/practices/{practice.uuid}/"
    reserve = darya.get(page + "reserve/").content.decode()
    assert "Орлов" in reserve
    sent = {"version": Practice.objects.get().version, "repeat_key": uuid4().hex}
    named = {"place_1": str(expert("gleb").uuid), "place_2": ""}
    assert darya.post(page + "reserve/", {**sent, **named}).status_code == 302
    assert Practice.objects.get().reserve == [user("gleb")]
    shown = darya.get(page).content.decode().replace("\xa0", " ")
    assert "Орлов" in shown
    assert "ждём ответа до 03.12.2026" in shown
    own = f"/expertise/{of('nina').uuid}/"
    assert "Орлов" in darya.get(own + "replace/").content.decode()
    later = {"until": "10.12.2026", "comment": "просит неделю", "version": of("nina").version}
    assert darya.post(own + "prolong/", {**later, "repeat_key": uuid4().hex}).status_code == 302
    assert of("nina").answer_due_on == dt.date(2026, 12, 10)
    early = {**later, "until": "01.12.2026", "version": of("nina").version, "repeat_key": uuid4().hex}
    refused = darya.post(own + "prolong/", early)
    assert (refused.status_code, "просит неделю" in refused.content.decode()) == (422, True)
    why = {"reason": "не отвечает", "version": of("nina").version, "repeat_key": uuid4().hex}
    assert darya.post(own + "replace/", why).status_code == 302
    assert (of("nina").state, of("gleb").state) == (ReviewState.REPLACED, ReviewState.INVITED)
    assert as_("nina").get(own).status_code == 404
    assert offered(Practice.objects.get()) == set(), "who was replaced is not asked again, Тимур is of 12"


def test_the_reserve_is_named_of_those_who_may_judge_and_goes_with_the_decision(
    content: dict[str, Any], actor: Acting
) -> None:
    practice, darya = at_work(content, actor, "gleb"), actor("darya")
    with pytest.raises(Invalid, match="просить нельзя"):
        city.name_reserve(practice, [user("nina")], by=darya)
    with pytest.raises(Invalid, match="просить нельзя"):
        city.name_reserve(practice, [user("boris")], by=darya)
    assert Practice.objects.get().reserve == [user("gleb")]
    PRACTICE.move(practice, "reject_copied", by=darya, comment="Текст из сборника 2019 года")
    assert Practice.objects.get().reserve == []


@pytest.mark.usefixtures("content")
def test_the_life_of_an_assignment_by_the_api(
    content: dict[str, Any], actor: Acting, as_: Callable[[str], Client]
) -> None:
    practice = at_work(content, actor)

    def call(key: str, method: str, path: str, body: dict[str, Any], version: int) -> Any:
        headers = {"If-Match": f'"{version}"', "Idempotency-Key": uuid4().hex}
        client = as_(key)
        return getattr(client, method)(
            f"/api/v1/{path}", body, content_type="application/json", headers=headers
        )

    page = f"practices/{practice.uuid}/"
    answer = call(
        "darya", "put", page + "reserve/", {"experts": [str(expert("gleb").uuid)]}, practice.version
    )
    assert (answer.status_code, answer.json()["reserve"]) == (200, [str(user("gleb"))])
    move = f"reviews/{of('nina').uuid}/move/"
    assert call("pavel", "post", move, {"verb": "accept"}, 1).status_code == 404
    answer = call("nina", "post", move, {"verb": "accept"}, of("nina").version)
    assert (answer.status_code, answer.json()["state"]) == (200, "assigned")
    half = call("nina", "post", move, {"verb": "submit", "comment": COMMENT, "c1": 8}, of("nina").version)
    assert half.status_code == 422
    sheet = {**sheet_of(8)["scores"], "recommendation": "publish", "comment": COMMENT, "verb": "submit"}
    assert call("nina", "post", move, sheet, of("nina").version).json()["total"] == 40
    led = f"sheets/{of('pavel').uuid}/move/"
    later = {"verb": "prolong", "until": "2026-12-11", "comment": "болеет"}
    answer = call("darya", "post", led, later, of("pavel").version)
    assert (answer.status_code, answer.json()["answer_due_on"]) == (200, "2026-12-11")
    assert call("pavel", "post", led, later, of("pavel").version).status_code == 404
    why = {"verb": "replace", "comment": "не отвечает"}
    assert call("darya", "post", led, why, of("pavel").version).json()["state"] == "replaced"
    rows = as_("darya").get(f"/api/v1/{page}reviews/").json()["results"]
    assert {(row["state"], row["instead_of"]) for row in rows} == {
        ("submitted", None),
        ("replaced", None),
        ("invited", str(of("pavel").uuid)),
    }
