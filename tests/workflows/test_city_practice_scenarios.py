"""SM-10 in the city: the practice handed over, and the sheets of its experts."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from best_practices import services as city
from best_practices.content import AuthorCard, PracticeContent
from best_practices.letters import HandedOver, Recalled
from best_practices.models import Practice, Review
from best_practices.workflow import PRACTICE, REVIEW
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden
from portal.school_practices import access, services
from portal.school_practices.workflow import SCHOOL_PRACTICE
from tenants import post
from tenants.models import School
from tests.cast import BY_KEY
from tests.practices.conftest import expert
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import refused, who
from tests.workflows.practice_scenes import (
    content,
    drafted,
    handed_in,
    sheet,
)
from tests.workflows.scenarios import Change, Scenario, change, walk

CITY: dict[str, Actor] = {}


@pytest.fixture
def in_city_as(actor: Callable[..., Actor]) -> None:
    """Actors of the city."""
    for key in ("darya", "semyon", "nina", "pavel", "elena"):
        CITY[key] = actor(key)
    CITY["time"] = Actor.system(via="post")


def official(key: str) -> Actor:
    return CITY[key]


def received(w: Any) -> Practice:
    author = AuthorCard(full_name="Кравцов Борис Ильич", position="учитель математики")
    letter = HandedOver(
        practice=uuid4(),
        revision=1,
        content=PracticeContent.model_validate(content()),
        authors=[author],
        school_total=38.0,
    )
    return city.receive_practice(letter, School.objects.get(number=5).uuid, None)


def checked(w: Any) -> Practice:
    return PRACTICE.move(received(w), "receive", by=w("darya"))


def experts(*keys: str) -> Change:
    def assign(practice: Practice) -> None:
        for key in keys:
            city.assign_expert(practice, expert(key), by=CITY["darya"])

    return assign


def by_hand(key: str) -> Change:
    """A third has been asked, and the practice has not gone on yet."""
    return lambda practice: Review.objects.create(
        practice=practice, expert=BY_KEY[key].uuid, stage="arbitration", due_on=clock.today()
    )


def gone(key: str, state: str = "declined") -> Change:
    """The expert has said no."""
    return lambda practice: Review.objects.filter(practice=practice, expert=BY_KEY[key].uuid).update(
        state=state
    )


def experts_in_pool(key: str) -> Change:
    return lambda practice: expert(key)


def gone_from_pool(key: str) -> Change:
    return lambda practice: city.leave_pool(by=Actor(user=BY_KEY[key].uuid))


def sheets(**said: dict[str, Any]) -> Change:
    """Sheets of the experts, written anew."""

    def write(practice: Practice) -> None:
        for key, one in said.items():
            values = {
                "state": "submitted",
                "scores": one["scores"],
                "total": sum(one["scores"].values()),
                "recommendation": one["recommendation"],
            }
            Review.objects.filter(practice=practice, expert=BY_KEY[key].uuid).update(**values)

    return write


def reviewing(w: Any) -> Practice:
    practice = checked(w)
    experts("nina", "pavel")(practice)
    return PRACTICE.move(practice, "start_review", by=w("darya"))


def published(w: Any) -> Practice:
    practice = reviewing(w)
    sheets(nina=sheet(8), pavel=sheet(8))(practice)
    PRACTICE.move(practice, "recommend", by=w("darya"))
    return PRACTICE.move(Practice.objects.get(pk=practice.pk), "publish", by=w("semyon"))


DISPUTE = sheets(nina=sheet(9), pavel=sheet(4))


IN_CITY = {
    "published": Scenario("submitted_municipal", received, (
        ("semyon", "receive", {}, "forbidden"), ("darya", "receive", {}, "formal_check"),
        ("darya", "start_review", {}, "experts"), experts("nina"),
        ("darya", "start_review", {}, "experts"), experts("pavel"),
        ("darya", "start_review", {}, "municipal_review"),
        ("darya", "recommend", {}, "threshold"), sheets(nina=sheet(8), pavel=sheet(8, c5=1)),
        ("darya", "recommend", {}, "threshold"),
        sheets(nina=sheet(8), pavel=sheet(8)), ("semyon", "recommend", {}, "forbidden"),
        ("darya", "recommend", {}, "recommended"),
        ("darya", "publish", {}, "forbidden"), ("semyon", "publish", {}, "published"),
        ("semyon", "archive", {}, "comment_required"),
        ("darya", "archive", {"comment": "устарела"}, "forbidden"),
        ("semyon", "archive", {"comment": "устарела"}, "archived"),
    )),
    "a dispute": Scenario("municipal_review", reviewing, (
        ("time", "arbitrate", {}, "third_expert"), DISPUTE, ("darya", "recommend", {}, "threshold"),
        by_hand("gleb"), ("darya", "arbitrate", {}, "forbidden"), ("time", "arbitrate", {}, "arbitration"),
        ("darya", "recommend", {}, "threshold"), sheets(gleb=sheet(9)),
        ("darya", "recommend", {}, "recommended"),
    )),
    "returned and sent again": Scenario("municipal_review", reviewing, (
        sheets(nina=sheet(8), pavel=sheet(8)), ("darya", "return", {"comment": "числа"}, "return_band"),
        sheets(nina=sheet(6), pavel=sheet(6)),
        ("darya", "return", {}, "comment_required"),
        ("darya", "return", {"comment": "Добавьте числа"}, "returned_municipal"),
        ("darya", "resubmit", {}, "forbidden"), ("time", "resubmit", {}, "submitted_municipal"),
        ("darya", "receive", {}, "formal_check"),
        ("darya", "return_incomplete", {}, "comment_required"),
        ("darya", "return_incomplete", {"comment": "Нет шагов"}, "returned_municipal"),
    )),
    "rejected": Scenario("municipal_review", reviewing, (
        sheets(nina=sheet(6), pavel=sheet(6)), ("darya", "reject", {"comment": "слабо"}, "reject_band"),
        sheets(nina=sheet(3), pavel=sheet(3)),
        ("darya", "reject", {}, "comment_required"),
        ("darya", "reject", {"comment": "Нет результата"}, "rejected"),
    )),
    "somebody else's text": Scenario("formal_check", checked, (
        ("semyon", "reject_copied", {"comment": "чужой текст"}, "forbidden"),
        ("darya", "reject_copied", {}, "comment_required"),
        ("darya", "reject_copied", {"comment": "Текст из сборника 2019 года"}, "rejected"),
    )),
    "nobody to ask": Scenario("municipal_review", reviewing, (
        ("darya", "return_unreviewed", {"comment": "Экспертов нет"}, "experts_left"), gone("pavel"),
        experts_in_pool("gleb"),
        ("darya", "return_unreviewed", {"comment": "Экспертов нет"}, "experts_left"), gone_from_pool("gleb"),
        ("semyon", "return_unreviewed", {"comment": "Экспертов нет"}, "forbidden"),
        ("darya", "return_unreviewed", {}, "comment_required"),
        ("darya", "return_unreviewed", {"comment": "Экспертов нет"}, "returned_municipal"),
    )),
    "no third": Scenario("municipal_review", reviewing, (
        ("darya", "go_without_third", {"comment": "Третьего нет"}, "two_sheets"), DISPUTE, by_hand("gleb"),
        ("time", "arbitrate", {}, "arbitration"),
        ("darya", "go_without_third", {"comment": "Третьего нет"}, "two_sheets"), gone("gleb"),
        experts_in_pool("timur"),
        ("darya", "go_without_third", {"comment": "Третьего нет"}, "third_left"), gone_from_pool("timur"),
        ("darya", "go_without_third", {}, "comment_required"),
        ("darya", "go_without_third", {"comment": "Третьего нет"}, "municipal_review"),
        ("darya", "return", {"comment": "Числа"}, "returned_municipal"),
    )),
    "a new text of what stands in the bank": Scenario("published", published, (
        ("darya", "resubmit", {}, "forbidden"), ("time", "resubmit", {}, "submitted_municipal"),
        ("darya", "receive", {}, "formal_check"),
        ("darya", "reject_copied", {"comment": "Чужой текст"}, "in_bank"),
        ("darya", "start_review", {}, "municipal_review"), sheets(nina=sheet(3), pavel=sheet(3)),
        ("darya", "reject", {"comment": "Нет результата"}, "in_bank"),
        ("semyon", "keep_former", {"comment": "Стало хуже"}, "forbidden"),
        ("darya", "keep_former", {}, "comment_required"),
        ("darya", "keep_former", {"comment": "Стало хуже"}, "published"),
        ("time", "resubmit", {}, "submitted_municipal"),
        ("semyon", "archive", {"comment": "устарела"}, "archived"),
        ("time", "resubmit", {}, "submitted_municipal"),
        ("semyon", "archive", {"comment": "устарела"}, "forbidden"),
    )),
    "taken back by the school": Scenario("published", published,
        (("semyon", "recall", {}, "forbidden"), ("time", "recall", {"comment": "автор"}, "archived"))),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_CITY)
@pytest.mark.usefixtures("in_city_as")
@pytest.mark.covers(
    "SM-10.receive", "SM-10.start_review", "SM-10.return_incomplete", "SM-10.arbitrate", "SM-10.recommend",
    "SM-10.return (practice)",
    "SM-10.reject (practice)", "SM-10.reject_copied", "SM-10.publish", "SM-10.archive",
    "SM-10.resubmit (practice)", "SM-10.recall (practice)",
    "SM-10.return_unreviewed", "SM-10.go_without_third", "SM-10.keep_former (practice)",
)  # fmt: skip
def test_a_practice_in_the_city(name: str) -> None:
    walk(PRACTICE, IN_CITY[name], official)
    post.deliver_everything()


def assigned(w: Any) -> Review:
    practice = checked(w)
    experts("nina")(practice)
    return Review.objects.get(practice=practice)


def bound(key: str) -> Change:
    """The school has named the expert among those who are not to be asked."""
    return lambda review: Practice.objects.filter(pk=review.practice_id).update(not_ask=[BY_KEY[key].uuid])


def decided(state: str) -> Change:
    return lambda review: Practice.objects.filter(pk=review.practice_id).update(state=state)


def in_reserve(key: str) -> Change:
    """The expert is in the pool and stands in the reserve of the practice."""

    def name(review: Review) -> None:
        expert(key)
        Practice.objects.filter(pk=review.practice_id).update(reserve=[BY_KEY[key].uuid])

    return name


def day(days: int) -> Any:
    return lambda: clock.today() + dt.timedelta(days=days)


WHY = {"comment": "молчит"}
SHEETS = {
    "handed in": Scenario("invited", assigned, (
        ("pavel", "accept", {}, "forbidden"), ("darya", "accept", {}, "forbidden"),
        ("nina", "submit", handed_in(8), "wrong_state"), ("nina", "accept", {}, "assigned"),
        ("pavel", "submit", handed_in(8), "forbidden"), ("darya", "submit", handed_in(8), "forbidden"),
        ("nina", "submit", handed_in(8, c4=11), "score"),
        ("nina", "submit", handed_in(8, comment="Хорошо."), "comment"),
        ("nina", "submit", handed_in(8, "maybe"), "recommendation"),
        ("nina", "submit", handed_in(8, remarks=(("licence", "Другая."),)), "remarks"),
        ("nina", "submit", handed_in(8, remarks=(("goal", "Спросите Тарасову."),)), "signed"),
        ("nina", "submit", handed_in(8), "submitted"),
        ("nina", "submit", handed_in(9), "wrong_state"),
        ("darya", "set_aside", {"comment": "связана с автором"}, "no_interest"), bound("nina"),
        ("nina", "set_aside", {"comment": "сама"}, "forbidden"),
        ("darya", "set_aside", {}, "comment_required"), decided("recommended"),
        ("darya", "set_aside", {"comment": "связана с автором"}, "decided"), decided("formal_check"),
        ("darya", "set_aside", {"comment": "связана с автором"}, "withdrawn"),
    )),
    "bound before the answer": Scenario("invited", assigned,
        (bound("nina"), ("nina", "accept", {}, "interest"), ("nina", "decline", {}, "declined"))),
    "bound meanwhile": Scenario("invited", assigned, (
        ("nina", "accept", {}, "assigned"), bound("nina"),
        ("nina", "submit", handed_in(8), "interest"), ("nina", "decline", {}, "declined"),
    )),
    "silent": Scenario("invited", assigned, (
        ("nina", "withdraw", {"comment": "сама"}, "forbidden"),
        ("semyon", "withdraw", WHY, "forbidden"),
        ("darya", "withdraw", {}, "comment_required"),
        ("darya", "withdraw", WHY, "withdrawn"),
        ("nina", "accept", {}, "wrong_state"), ("nina", "submit", handed_in(8), "wrong_state"),
    )),
    "silent, with a reserve": Scenario("invited", assigned, (
        ("time", "replace_silent", WHY, "reserve"), in_reserve("pavel"),
        ("darya", "replace_silent", WHY, "forbidden"), ("time", "replace_silent", WHY, "replaced"),
    )),
    "replaced by the methodist": Scenario("invited", assigned, (
        ("darya", "replace", WHY, "reserve"), in_reserve("pavel"), ("nina", "replace", WHY, "forbidden"),
        ("darya", "replace", {}, "comment_required"), ("darya", "replace", WHY, "replaced"),
    )),
    "more time": Scenario("invited", assigned, (
        ("nina", "prolong", {"until": day(9), **WHY}, "forbidden"),
        ("darya", "prolong", {"until": day(9)}, "comment_required"),
        ("darya", "prolong", {"until": day(0), **WHY}, "later"),
        ("darya", "prolong", {"until": day(91), **WHY}, "later"),
        ("darya", "prolong", {"until": day(9), **WHY}, "invited"), ("nina", "accept", {}, "assigned"),
        ("darya", "prolong", {"until": day(9), **WHY}, "later"),
        ("darya", "prolong", {"until": day(40)}, "comment_required"),
        ("darya", "prolong", {"until": day(40), **WHY}, "assigned"),
    )),
    "decided without it": Scenario("invited", assigned, (
        ("darya", "close", {"comment": "решено"}, "forbidden"),
        ("time", "close", {"comment": "решено"}, "withdrawn"),
    )),
    "declined": Scenario("invited", assigned, (
        ("pavel", "decline", {}, "forbidden"), ("nina", "decline", {"refusal": "luna"}, "refusal"),
        ("nina", "decline", {"refusal": "busy"}, "declined"),
        ("nina", "submit", handed_in(8), "wrong_state"),
    )),
}  # fmt: skip


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.usefixtures("in_city_as")
@pytest.mark.covers(
    "review.accept", "review.submit", "review.decline", "review.replace_silent", "review.replace",
    "review.prolong", "review.withdraw", "review.set_aside", "review.close",
)  # fmt: skip
def test_a_sheet(name: str) -> None:
    walk(REVIEW, SHEETS[name], official)


@pytest.mark.usefixtures("in_school5")
def test_what_was_on_the_table_before_the_review_is_not_changed_by_an_old_page() -> None:
    practice = drafted(who)
    page = access.practice_for(who("boris"), practice.uuid)
    SCHOOL_PRACTICE.move(practice, "submit", by=who("boris"))
    refused(
        Conflict,
        "not_editable",
        lambda: services.edit_practice(page, by=who("boris"), title="Другое название"),
    )
    refused(
        Forbidden,
        "forbidden",
        lambda: services.attach_file(page, scene.scan(), title="Опоздавший файл", by=who("boris")),
    )


@pytest.mark.usefixtures("in_city_as")
def test_a_school_reaches_no_practice_of_another_school() -> None:
    """The post knows the sender by its schema: a number of somebody else's practice in a letter opens
    nothing.
    """
    practice = published(official)
    other = School.objects.get(number=12)
    refused(
        Forbidden,
        "forbidden",
        lambda: city.recall_practice(Recalled(practice=practice.practice, reason="Не наша"), other.uuid),
    )
    change(state="returned_municipal")(practice)
    author = AuthorCard(full_name="Чужой Автор", position="учитель")
    letter = HandedOver(
        practice=practice.practice,
        revision=2,
        content=PracticeContent.model_validate(content()),
        authors=[author],
        school_total=1.0,
    )
    refused(Forbidden, "forbidden", lambda: city.receive_practice(letter, other.uuid, None))
    practice.refresh_from_db()
    assert (practice.state, practice.revision, practice.school.number) == ("returned_municipal", 1, 5)
    assert city.receive_practice(letter, practice.school.uuid, None).revision == 2
