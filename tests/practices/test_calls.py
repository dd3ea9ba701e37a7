"""Orders that are like are gathered into one call of the city; a practice that names it answers them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from best_practices.called import answer_the_call
from best_practices.content import PracticeContent
from best_practices.letters import HandedOver
from best_practices.models import Practice, PracticeCall, PracticeOrder
from best_practices.orders import like, orders_of_school, wanted
from best_practices.services import (
    announce_call,
    answer_order,
    change_call,
    order_practice,
    receive_practice,
)
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid, Stale
from portal.core.workflow import Move, Nothing
from portal.school_practices.calls import name_call, next_steps
from portal.school_practices.models import OrderWaiter, SchoolPractice
from portal.school_records.models import Notice
from tenants import post
from tenants.models import School
from tests.cast import BY_KEY
from tests.things import card_in_bank
from tests.workflows.practice_scenes import content

As = Callable[[str], Client]
Inside = Callable[[School], Any]
Acting = Callable[..., Actor]
DAY = dt.timedelta(days=1)


def read(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


@pytest.fixture
def ordered(school5: School, school12: School, inside: Inside, actor: Acting) -> list[PracticeOrder]:
    """Three wishes of two schools; two people of school 5 wait for one of them."""
    for school, key, text in (
        (school5, "boris", "кружок робототехники"),
        (school5, "vera", "Робототехника: кружок"),
        (school12, "gleb", "кружок робототехники"),
        (school12, "gleb", "роботы на уроке труда"),
        (school5, "anna", "первый родительский сход"),
    ):
        with inside(school):
            order_practice(text, by=actor(key, school))
    post.deliver_everything()
    return list(PracticeOrder.objects.order_by("pk"))


def called(ordered: list[PracticeOrder], by: Actor, **more: Any) -> PracticeCall:
    """The two wishes about robots, in one call."""
    told = {
        "text": "Кружок или урок с роботами",
        "words": "Для 5–6 классов.",
        "due_on": clock.today() + 20 * DAY,
    }
    picked = [one.uuid for one in ordered if "роб" in one.text.lower()][:1]
    picked += [one.uuid for one in ordered if "труда" in one.text]
    return announce_call(picked, **{**told, **more}, by=by)


def test_like_orders_are_one_call_and_its_schools_hear(
    ordered: list[PracticeOrder], school5: School, school12: School, inside: Inside, as_: As, actor: Acting
) -> None:
    call = called(ordered, actor("darya"))
    assert call.orders.count() == 3, "the order with the same words has joined by itself"
    robots, other = wanted()
    assert (robots.text, len(robots.schools), robots.call) == ("Кружок или урок с роботами", 2, call)
    assert (other.text, other.call) == ("первый родительский сход", None)
    assert len(like(robots.first)) == 3
    post.deliver_everything()
    for school, people in ((school5, {"boris", "vera"}), (school12, {"gleb"})):
        with inside(school):
            told = set(Notice.objects.filter(code="order_called").values_list("recipient", flat=True))
            assert told == {BY_KEY[key].uuid for key in people}
    shown = read(as_("boris").get("/s/5/bank/order/"))
    assert f"город ищет до {call.due_on:%d.%m.%Y}" in shown
    for key, address in (("boris", "/s/5/bank/"), ("gleb", "/s/12/bank/")):
        assert "Город ищет практики" in read(as_(key).get(address))
    assert "Для 5–6 классов." in read(as_("gleb").get("/s/12/bank/order/calls/"))
    page = read(as_("darya").get("/practices/orders/"))
    assert "Поиск объявлен" in page
    for key in ("semyon", "boris"):
        with pytest.raises(Forbidden):
            called(ordered, actor(key))


def test_what_is_not_a_call_is_refused_at_its_field(ordered: list[PracticeOrder], actor: Acting) -> None:
    by = actor("darya")
    for field, more in (
        ("text", {"text": "  "}),
        ("text", {"text": "щ" * 201}),
        ("words", {"words": "щ" * 1001}),
        ("due_on", {"due_on": clock.today()}),
        ("due_on", {"due_on": clock.today() + 400 * DAY}),
    ):
        with pytest.raises(Invalid) as refused:
            called(ordered, by, **more)
        assert set(refused.value.fields) == {field}
    assert not PracticeCall.objects.exists()
    called(ordered, by)
    with pytest.raises(Invalid) as refused:
        called(ordered, by)
    assert set(refused.value.fields) == {"orders"}, "they are in a call already"


def test_a_call_is_said_otherwise_and_longer_and_closed_by_the_answer(
    ordered: list[PracticeOrder], actor: Acting, as_: As
) -> None:
    by, call = actor("darya"), called(ordered, actor("darya"))
    told: dict[str, Any] = {"text": call.text, "words": "", "due_on": call.due_on + 10 * DAY}
    with pytest.raises(Stale):
        change_call(call, **told, by=by, version=call.version + 1)
    changed = change_call(call, **told, by=by, version=call.version)
    assert (changed.due_on, changed.words) == (told["due_on"], "")
    assert change_call(changed, **told, by=by).version == changed.version, "nothing is changed twice"
    with clock.at(clock.now() + 40 * DAY):
        assert not PracticeCall.objects.open().exists()
    assert answer_order(call.orders.earliest("pk"), words="Никто не рассказал.", by=by) == 3
    changed.refresh_from_db()
    assert changed.closed_on == clock.today()
    with pytest.raises(Conflict):
        change_call(changed, **told, by=by)
    page = as_("darya").get(f"/practices/calls/{call.uuid}/")
    assert "школам ответили" in read(page)
    assert as_("semyon").get(f"/practices/calls/{call.uuid}/").status_code == 404


def handed_over(call: PracticeCall | None, school: School) -> Practice:
    letter = HandedOver(
        practice=BY_KEY["boris"].person,
        revision=1,
        content=PracticeContent.model_validate(content()),
        authors=[],
        call=call.uuid if call else None,
    )
    return receive_practice(letter, school.uuid, None)


def test_a_published_practice_answers_whoever_asked_once(
    ordered: list[PracticeOrder], school5: School, school12: School, inside: Inside, actor: Acting, as_: As
) -> None:
    call = called(ordered, actor("darya"))
    post.deliver_everything()
    with inside(school5):
        robots = next(one for one in orders_of_school(by=actor("vera")) if "робот" in one.text.lower())
        assert robots.is_mine
    assert as_("vera").post(f"/s/5/bank/order/{robots.uuid}/stop/").status_code == 302
    assert as_("vera").post(f"/s/5/bank/order/{robots.uuid}/stop/").status_code == 302, "harmless"
    practice = handed_over(call, school12)
    assert practice.call == call
    assert practice.title in read(as_("darya").get(f"/practices/calls/{call.uuid}/"))
    card = card_in_bank(content(), practice=practice.practice)
    answer_the_call(practice, Move(by=actor("semyon"), comment="", asked=Nothing(), source=""))
    answer_the_call(practice, Move(by=actor("semyon"), comment="", asked=Nothing(), source=""))
    call.refresh_from_db()
    assert call.closed_on == clock.today()
    assert [one.text for one in wanted()] == ["первый родительский сход"]
    post.deliver_everything()
    for school, people in ((school5, ["boris"]), (school12, ["gleb", "gleb"])):
        with inside(school):
            told = Notice.objects.filter(code="order_answered").order_by("pk")
            assert [one.recipient for one in told] == [BY_KEY[key].uuid for key in people], "one an order"
            assert {one.url for one in told} == {f"/s/{school.code}/bank/{card.uuid}/"}
    with inside(school5):
        assert OrderWaiter.objects.count() == 1, "only the other order is waited for"


def test_a_practice_without_a_call_answers_nobody(
    ordered: list[PracticeOrder], school12: School, actor: Acting
) -> None:
    call = called(ordered, actor("darya"))
    practice = handed_over(None, school12)
    card_in_bank(content(), practice=practice.practice)
    answer_the_call(practice, Move(by=actor("semyon"), comment="", asked=Nothing(), source=""))
    assert call.orders.filter(answered_on=None).count() == 3


def test_in_the_school_a_practice_names_the_call_it_answers(
    ordered: list[PracticeOrder],
    drafted: SchoolPractice,
    school5: School,
    inside: Inside,
    actor: Acting,
    as_: As,
) -> None:
    call = called(ordered, actor("darya"))
    with inside(school5):
        assert [step.situation for step in next_steps(actor("anna"))] == ["practice_call"]
        assert next_steps(actor("vera")) == []
    boris, form = as_("boris"), f"/s/5/practices/{drafted.uuid}/call/"
    assert call.text in read(boris.get(form))
    sent = boris.post(form, {"call": str(call.uuid), "version": str(drafted.version)}, follow=True)
    assert f"Отвечает на поиск города: {call.text}" in read(sent)
    with inside(school5):
        named = SchoolPractice.objects.get(pk=drafted.pk)
        assert named.answers_call == call.uuid
        assert next_steps(actor("anna")) == [], "somebody answers already"
        with pytest.raises(Forbidden):
            name_call(named, None, by=actor("anna"))
        with pytest.raises(Stale):
            name_call(named, None, by=actor("boris"), version=drafted.version)
        SchoolPractice.objects.filter(pk=drafted.pk).update(state="sending")
        with pytest.raises(Conflict):
            name_call(named, None, by=actor("boris"))
    assert as_("vera").get(form).status_code in (403, 404)


def test_by_the_api(ordered: list[PracticeOrder], drafted: SchoolPractice, as_: As) -> None:
    darya, boris, calls = as_("darya"), as_("boris"), "/api/v1/practice-calls/"
    body = {
        "orders": [str(ordered[0].uuid)],
        "text": "Кружок с роботами",
        "due_on": str(clock.today() + 9 * DAY),
    }
    made = darya.post(calls, body, content_type="application/json")
    assert (made.status_code, made.json()["closed_on"]) == (201, None)
    one, etag = f"{calls}{made.json()['uuid']}/", made.headers["ETag"]
    later = {"text": "Кружок с роботами", "due_on": str(clock.today() + 19 * DAY)}
    assert darya.post(f"{one}change/", later, content_type="application/json").status_code == 428
    said = darya.post(f"{one}change/", later, content_type="application/json", headers={"If-Match": etag})
    assert said.json()["due_on"] == later["due_on"]
    assert [row["uuid"] for row in darya.get(calls).json()] == [made.json()["uuid"]]
    assert as_("semyon").get(one).status_code == 404
    assert [row["text"] for row in boris.get("/s/5/api/v1/practice-calls/").json()] == ["Кружок с роботами"]
    practice = f"/s/5/api/v1/school-practices/{drafted.uuid}/"
    etag = boris.get(practice).headers["ETag"]
    named = boris.post(
        f"{practice}call/",
        {"call": made.json()["uuid"]},
        content_type="application/json",
        headers={"If-Match": etag},
    )
    assert (named.status_code, named.json()["answers_call"]) == (200, made.json()["uuid"])
    [mine] = [row for row in boris.get("/s/5/api/v1/practice-orders/").json() if "кружок" in row["text"]]
    assert boris.post(f"/s/5/api/v1/practice-orders/{mine['uuid']}/stop/").status_code == 201
