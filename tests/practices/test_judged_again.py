"""A mended practice is judged by the same experts: invited first by the portal, they read what has changed
and how their own remarks were answered, and nobody's name.
"""

from typing import Any

import pytest

from best_practices import services as city
from best_practices.differences import Kind, differences_for, parts_of
from best_practices.models import ExpertCandidate, PastRevision, Practice, Review
from best_practices.states import ReviewState
from best_practices.workflow import PRACTICE
from portal.city_records.models import Notice
from portal.core import clock
from portal.core.actor import Actor
from portal.school_practices import access, services
from portal.school_practices.models import CityRemark, SchoolPractice
from portal.school_practices.remarks import RemarkAnswer
from portal.school_practices.workflow import SCHOOL_PRACTICE
from tenants import post
from tenants.models import School
from tests.cast import BY_KEY
from tests.posts.rows import words_of
from tests.practices.assigned import user
from tests.practices.offered import Acting, As, Inside, also_in
from tests.practices.test_journey_of_a_practice import handed_over
from tests.practices.test_remarks import NINA, returned

ADDED = "Проверяем вторую четверть вместе с Кравцовым Борисом Ильичом."


@pytest.fixture
def mended(
    drafted: SchoolPractice, school5: School, inside: Inside, actor: Acting, sheet: dict[str, Any]
) -> Practice:
    """Returned with remarks, mended, answered, handed over again; the methodist has not taken it yet."""
    practice = handed_over(drafted, school5, inside, actor, sheet)
    returned(practice, actor)
    boris = actor("boris")
    with inside(school5):
        found = access.practice_for(boris, drafted.uuid)
        said = {one.uuid: RemarkAnswer(True, "Дописали.") for one in CityRemark.objects.all()}
        services.edit_practice(found, by=boris, answers=said, goal=f"{found.goal} Срок: до конца четверти.")
        SCHOOL_PRACTICE.move(found, "resubmit", by=actor("zhanna"))
    post.deliver_everything()
    return Practice.objects.get(pk=practice.pk)


def taken(practice: Practice, actor: Acting) -> dict[str, str]:
    """Who stands how with the new revision, once the methodist has taken it on."""
    PRACTICE.move(practice, "receive", by=actor("darya"))
    people = {BY_KEY[key].uuid: key for key in BY_KEY}
    rows = Review.objects.filter(practice=practice, revision=2).order_by("pk")
    return {people[row.expert]: row.state for row in rows}


def test_the_same_experts_are_invited_first(mended: Practice, actor: Acting) -> None:
    assert taken(mended, actor) == {"nina": ReviewState.INVITED, "pavel": ReviewState.INVITED}
    notice = Notice.objects.filter(recipient=user("nina"), code="review_assigned").latest("pk")
    assert "Авторы исправили практику" in notice.text
    assert "приглашены" in Notice.objects.filter(recipient=user("darya")).latest("pk").text
    assert (
        PRACTICE.move(Practice.objects.get(), "start_review", by=actor("darya")).state == "municipal_review"
    )


@pytest.mark.parametrize("why", ["pause", "full", "bound", "left"])
def test_whoever_may_not_be_asked_today_is_not(why: str, mended: Practice, actor: Acting) -> None:
    """Pause, load, ties and the place in the pool are looked at anew; the other is invited all the same."""
    nina = ExpertCandidate.objects.get(user=user("nina"))
    if why == "pause":
        city.pause_as_expert(first=clock.today(), last=clock.today(), by=Actor(user=nina.user_id))
    elif why == "full":
        ExpertCandidate.objects.filter(pk=nina.pk).update(most_load=0)
    elif why == "bound":
        also_in("nina", 5)
    else:
        city.leave_pool(by=Actor(user=nina.user_id))
    assert taken(mended, actor) == {"pavel": ReviewState.INVITED}
    assert "назовите ещё" in Notice.objects.filter(recipient=user("darya")).latest("pk").text


def test_an_expert_reads_what_has_changed_and_the_answers_to_own_remarks(
    mended: Practice, actor: Acting, as_: As
) -> None:
    taken(mended, actor)
    own = Review.objects.get(expert=user("nina"), revision=2)
    found = {one.field: one for one in differences_for(own)}
    assert set(found) == {"goal", "steps", "results"}, "what has changed, and what was remarked"
    assert (
        "".join(part.text for part in found["goal"].parts if part.kind == Kind.NEW)
        .strip()
        .endswith("Срок: до конца четверти.")
    )
    assert found["goal"].remarks == (), "the other expert's remark stays the other's"
    assert [(one.text, one.answer) for one in found["steps"].remarks] == [(NINA["steps"], "Дописали.")]
    page = as_("nina").get(f"/expertise/{own.uuid}/")
    text = page.content.decode()
    assert "<ins>" in text
    assert "добавлено" in text
    assert NINA["steps"] in words_of(page)
    read = as_("nina").get(f"/api/v1/reviews/{own.uuid}/differences/").json()
    assert {row["field"]: row["is_changed"] for row in read} == {
        "goal": True,
        "steps": False,
        "results": False,
    }
    assert as_("pavel").get(f"/api/v1/reviews/{own.uuid}/differences/").status_code == 404


def test_names_are_put_out_of_both_texts_and_of_the_answers(mended: Practice, actor: Acting, as_: As) -> None:
    taken(mended, actor)
    past = PastRevision.objects.get()
    content = {**mended.content, "goal": f"{mended.content['goal']} {ADDED}"}
    Practice.objects.filter(pk=mended.pk).update(content=content)
    assert past.content["goal"] != content["goal"]
    own = Review.objects.get(expert=user("nina"), revision=2)
    page = words_of(as_("nina").get(f"/expertise/{own.uuid}/"))
    assert "Кравцов" not in page
    assert "вместе с [автор]" in page


def test_an_expert_who_judges_for_the_first_time_sees_no_differences(
    mended: Practice, actor: Acting, as_: As
) -> None:
    taken(mended, actor)
    city.move_review(
        Review.objects.get(expert=user("pavel"), revision=2), "decline", by=actor("pavel"), asked=_no()
    )
    from tests.practices.conftest import expert

    fresh = city.assign_expert(Practice.objects.get(), expert("gleb"), by=actor("darya"))
    assert differences_for(fresh) == []
    assert (
        "Что изменилось" not in words_of(as_("gleb").get(f"/expertise/{fresh.uuid}/")).split("Какая была")[0]
    )


def _no() -> Any:
    from best_practices.workflow.reviews import Declined

    return Declined()


@pytest.mark.parametrize(
    ("then", "now", "parts"),
    [
        ("одно и то же", "одно и то же", [("same", "одно и то же")]),
        ("", "новое", [("new", "новое")]),
        ("старое", "", [("gone", "старое")]),
        (
            "раз два три",
            "раз пять три",
            [("same", "раз "), ("gone", "два "), ("new", "пять "), ("same", "три")],
        ),
        (
            "шаг 1\nшаг 2\n",
            "шаг 1\nновый\nшаг 2\n",
            [("same", "шаг 1\n"), ("new", "новый\n"), ("same", "шаг 2\n")],
        ),
    ],
)
def test_words_are_compared(then: str, now: str, parts: list[tuple[str, str]]) -> None:
    found = parts_of(then, now)
    assert [(str(part.kind), part.text) for part in found] == parts
    assert "".join(part.text for part in found if part.kind != Kind.NEW) == then
    assert "".join(part.text for part in found if part.kind != Kind.GONE) == now


def test_two_long_texts_are_compared_in_no_time() -> None:
    then = " ".join(f"слово{number % 97} и ещё" for number in range(5000))
    began = clock.now()
    assert parts_of(then, then.replace("слово5 ", "другое "))
    assert (clock.now() - began).total_seconds() < 5
