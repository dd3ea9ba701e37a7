"""Disputes and their arbiter, the methodist's ways out of each state of an assignment, and the reserve."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from best_practices import services as city
from best_practices.models import Practice, Review
from best_practices.states import GONE, PracticeState, ReviewState
from best_practices.workflow import PRACTICE, REVIEW
from portal.core.errors import Invalid
from tests.practices.assigned import (
    at_work,
    home,
    of,
    sheet_of,
    told,
    user,
)
from tests.practices.conftest import COMMENT, expert
from tests.practices.offered import EXPERTS, Acting, As, came, offered
from tests.practices.sheets import hand_in

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
