"""Experts who do not answer hold up no practice."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from best_practices import services as city
from best_practices.interest import assignable
from best_practices.models import ExpertCandidate, Practice, Review
from best_practices.states import WAITED, PracticeState, ReviewState
from best_practices.verdict import Advice, live, missing, verdict
from best_practices.workflow import PRACTICE, REVIEW
from best_practices.workflow.reviews import Declined
from portal.accounts.models import Membership
from portal.city_records.models import Notice
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.core.workflow import by_time
from portal.school_practices.models import SchoolPractice
from portal.school_practices.workflow import SCHOOL_PRACTICE
from tenants import post
from tenants.models import School
from tests.cast import BY_KEY
from tests.practices.conftest import COMMENT, consent_to_publish, expert
from tests.practices.offered import EXPERTS, Acting, As, Inside, came, offered
from tests.practices.test_journey_of_a_practice import handed_over, in_school_bank

ESCAPES = {"reject_copied", "return_incomplete"}


"""What a methodist may say of a text; no way on for want of experts."""


ENDS = {
    PracticeState.REJECTED: "решено",
    PracticeState.ARCHIVED: "решено",
    PracticeState.PUBLISHED: "снимает специалист",
    PracticeState.RETURNED: "передаёт директор",
}


OPEN = [state for state in PracticeState if state not in ENDS]


TWO = list(itertools.combinations_with_replacement(ReviewState, 2))


CASES = [
    (PracticeState.SUBMITTED, ()),
    (PracticeState.FORMAL_CHECK, ()),
    *((PracticeState.FORMAL_CHECK, (one,)) for one in ReviewState),
    *((state, two) for state in (PracticeState.REVIEW, PracticeState.ARBITRATION) for two in TWO),
    *(
        (PracticeState.ARBITRATION, (ReviewState.SUBMITTED, ReviewState.SUBMITTED, one))
        for one in ReviewState
    ),
    (PracticeState.RECOMMENDED, ()),
]


def standing(practice: Practice, state: str, sheets: tuple[str, ...]) -> Practice:
    """The practice in this state with these assignments; sheets that are handed in disagree."""
    for key, one, score in zip(("nina", "pavel", "gleb"), sheets, (9, 4, 9), strict=False):
        filled = {
            "scores": dict.fromkeys(("c1", "c2", "c3", "c4", "c5"), score),
            "total": score * 5,
            "recommendation": "publish",
            "comment": COMMENT,
        }
        Review.objects.create(
            practice=practice,
            expert=BY_KEY[key].uuid,
            due_on=clock.today(),
            state=one,
            **(filled if one == ReviewState.SUBMITTED else {}),
        )
    Practice.objects.filter(pk=practice.pk).update(state=state)
    return Practice.objects.prefetch_related("reviews").get(pk=practice.pk)


def moves(practice: Practice, by: Actor) -> Iterator[Callable[[], Any]]:
    """What an official can really press now, the usual before the last resort."""
    for review in live(practice):
        if review.state in WAITED and any(offer.ready for offer in REVIEW.offers(review, by)):
            yield lambda review=review: REVIEW.move(review, "withdraw", comment="молчит", by=by)  # type: ignore[misc]
    gone = {review.expert for review in practice.reviews.all()}
    for one, _ in assignable(practice):
        if (missing(practice) or verdict(practice).advice is Advice.ARBITRATE) and one.user_id not in gone:
            yield lambda one=one: city.assign_expert(practice, one, by=by)  # type: ignore[misc]
    for offer in PRACTICE.offers(practice, by):
        if offer.ready and offer.transition.verb not in ESCAPES:
            yield lambda verb=offer.transition.verb: PRACTICE.move(  # type: ignore[misc]
                practice, verb, by=by, comment="Экспертов больше нет"
            )


@pytest.mark.covers("found A3")
@pytest.mark.parametrize("pool", [(), EXPERTS], ids=["nobody in the pool", "a pool"])
def test_with_every_expert_silent_each_practice_still_comes_to_an_end(
    pool: tuple[str, ...], content: dict[str, Any], actor: Acting
) -> None:
    """From every state, with assignments in every state: somebody in office always has a press that works,
    and the presses come to an end.
    """
    assert {state for state, _ in CASES} == set(OPEN), "a new state needs its cases"
    led_on = {state for row in PRACTICE.transitions if row.rule is not by_time for state in row.sources}
    taken_off = {PracticeState.PUBLISHED, PracticeState.RETURNED}
    assert led_on & set(ENDS) == taken_off, "the specialist alone, who takes a card off"
    for key in pool:
        expert(key)
    officials = [actor("darya"), actor("semyon")]
    stuck = []
    for state, sheets in CASES:
        with transaction.atomic():
            practice, presses = standing(came(content), state, sheets), 0
            while practice.state in OPEN and presses < 25:
                press = next((move for by in officials for move in moves(practice, by)), None)
                if press is None:
                    break
                press()
                presses = presses + 1
                practice = Practice.objects.prefetch_related("reviews").get(pk=practice.pk)
            if practice.state in OPEN:
                stuck.append((state, sheets, practice.state, presses))
            transaction.set_rollback(True)
    assert not stuck


@pytest.mark.covers("found A3")
def test_what_comes_back_without_an_opinion_costs_the_school_no_second_try(
    drafted: SchoolPractice, school5: School, inside: Inside, actor: Acting, sheet: dict[str, Any]
) -> None:
    in_school_bank(drafted, school5, inside, actor, sheet)
    with inside(school5):
        consent_to_publish("boris")
        SCHOOL_PRACTICE.move(drafted, "hand_over", by=actor("zhanna"))
    for _ in range(3):
        post.deliver_everything()
        practice = PRACTICE.move(Practice.objects.get(), "receive", by=actor("darya"))
        PRACTICE.move(practice, "return_unreviewed", by=actor("darya"), comment="Экспертов пока нет")
        post.deliver_everything()
        with inside(school5):
            mine = SchoolPractice.objects.get(pk=drafted.pk)
            assert (mine.state, mine.city_submissions) == ("returned_municipal", 0)
            assert any(
                offer.ready
                for offer in SCHOOL_PRACTICE.offers(mine, actor("zhanna"))
                if offer.transition.verb == "resubmit"
            )
            SCHOOL_PRACTICE.move(mine, "resubmit", by=actor("zhanna"))


@pytest.mark.covers("found A3")
def test_the_methodist_replaces_a_silent_expert_by_the_pages(
    content: dict[str, Any], as_: As, actor: Acting
) -> None:
    for key in EXPERTS:
        expert(key)
    practice = PRACTICE.move(came(content), "receive", by=actor("darya"))
    review = city.assign_expert(
        practice, ExpertCandidate.objects.get(user=BY_KEY["nina"].uuid), by=actor("darya")
    )
    REVIEW.move(review, "accept", by=actor("nina"))
    Review.objects.filter(pk=review.pk).update(due_on=clock.today() - dt.timedelta(days=1))
    city.assign_expert(practice, ExpertCandidate.objects.get(user=BY_KEY["pavel"].uuid), by=actor("darya"))
    PRACTICE.move(practice, "start_review", by=actor("darya"))
    darya, page = as_("darya"), f"/practices/{practice.uuid}/"
    assert "Эксперт не сдал лист в срок" in darya.get("/").content.decode().replace("\xa0", " ")
    assert f"/expertise/{review.uuid}/withdraw/" in darya.get(page).content.decode()
    form = {"reason": "Лист не сдан в срок", "version": review.version, "repeat_key": uuid4().hex}
    assert darya.post(f"/expertise/{review.uuid}/withdraw/", form).status_code == 302
    assert "Эксперт выбыл, листов не хватает" in darya.get("/").content.decode().replace("\xa0", " ")
    assert as_("nina").get(f"/expertise/{review.uuid}/").status_code == 404
    assert "Лист не сдан в срок" in as_("nina").get("/notices/").content.decode().replace("\xa0", " ")
    with pytest.raises(DomainError):
        REVIEW.move(Review.objects.get(pk=review.pk), "withdraw", comment="ещё раз", by=actor("darya"))
    nobody = Membership.objects.filter(user=BY_KEY["pavel"].uuid)
    nobody.update(valid_to=clock.today() - dt.timedelta(days=1))
    waiting = Review.objects.get(expert=BY_KEY["pavel"].uuid)
    assert as_("pavel").get(f"/expertise/{waiting.uuid}/").status_code == 404, (
        "who has left every school judges no more"
    )
    assert offered(Practice.objects.get()) >= {"gleb"}


def disputed(practice: Practice, actor: Acting, third: str) -> Practice:
    """Two sheets that differ, and the third expert is asked."""
    darya = actor("darya")
    PRACTICE.move(practice, "receive", by=darya)
    for key in ("nina", "pavel"):
        city.assign_expert(practice, expert(key), by=darya)
    PRACTICE.move(practice, "start_review", by=darya)
    for key, score in (("nina", 9), ("pavel", 4)):
        Review.objects.filter(practice=practice, expert=BY_KEY[key].uuid).update(
            state=ReviewState.SUBMITTED,
            scores=dict.fromkeys(("c1", "c2", "c3", "c4", "c5"), score),
            total=score * 5,
            recommendation="publish",
        )
    city.assign_expert(practice, expert(third), by=darya)
    return Practice.objects.get(pk=practice.pk)


@pytest.mark.covers("found B9", "SM-10.go_without_third")
def test_the_school_does_not_wait_for_a_third_expert_who_is_not_there(
    drafted: SchoolPractice, school5: School, inside: Inside, actor: Acting, sheet: dict[str, Any], as_: As
) -> None:
    practice = disputed(handed_over(drafted, school5, inside, actor, sheet), actor, "gleb")
    post.deliver_everything()
    with inside(school5):
        drafted.refresh_from_db()
        assert drafted.state == "arbitration"
    REVIEW.move(Review.objects.get(expert=BY_KEY["gleb"].uuid), "decline", by=actor("gleb"), asked=Declined())
    ExpertCandidate.objects.filter(user_id=BY_KEY["gleb"].uuid).delete()
    answer = as_("darya").post(
        f"/practices/{practice.uuid}/move/",
        {"verb": "go_without_third", "comment": "Глеб отказался, других нет", "version": practice.version},
        follow=True,
    )
    assert "решите по двум" in str([str(line) for line in answer.context["messages"]])
    post.deliver_everything()
    with inside(school5):
        drafted.refresh_from_db()
        assert (drafted.state, drafted.mirror_comment) == ("municipal_review", ""), "experts stay unnamed"
    found = Practice.objects.prefetch_related("reviews").get(pk=practice.pk)
    assert "за методистом" in str(PRACTICE.baton_of(found))


@pytest.mark.covers("found B9", "review.close")
@pytest.mark.parametrize(
    ("verb", "why"), [("recall", "Школа отозвала её."), ("reject_copied", "По ней уже решено.")]
)
def test_an_expert_who_is_not_waited_for_hears_why(
    verb: str, why: str, content: dict[str, Any], actor: Acting
) -> None:
    practice, darya = came(content), actor("darya")
    PRACTICE.move(practice, "receive", by=darya)
    city.assign_expert(practice, expert("nina"), by=darya)
    by = Actor.system(via="post") if verb == "recall" else darya
    PRACTICE.move(practice, verb, by=by, comment="Автор передумал")
    told = Notice.objects.get(recipient=BY_KEY["nina"].uuid, code="review_closed")
    assert why in told.text
