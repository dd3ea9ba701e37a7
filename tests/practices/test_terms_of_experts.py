"""Two terms of an expert, the reserve, reminders, an arbiter: what time and the portal do by themselves."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import override_settings

from best_practices import services as city
from best_practices.asking import write_to_expert
from best_practices.models import Practice, Review
from best_practices.states import ReviewState
from best_practices.workflow.reviews import LaterTerm
from portal.core import clock
from portal.core.actor import Actor
from tests.practices.assigned import (
    BEGINS,
    DAY,
    agrees,
    at_work,
    declines,
    home,
    night,
    of,
    told,
    user,
)
from tests.practices.offered import Acting, As

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
    nights: list[int], content: dict[str, Any], actor: Acting, as_: As
) -> None:
    """Each night, or one after the clock was stopped for a week. The letter of before says why it is over."""
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
    letter = f"/expertise/{of('nina').uuid}/"
    for reader, said in (("nina", True), ("pavel", False), ("darya", False)):
        answer = as_(reader).get(letter)
        assert answer.status_code == 404
        assert ("больше не ждут" in answer.content.decode().replace("\xa0", " ")) is said


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
