"""A new text of a published practice is written and judged while the former stands in the bank."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from best_practices.models import BankPractice, Practice, Review
from best_practices.states import PracticeState
from best_practices.workflow import PRACTICE
from portal.core import clock
from portal.core.actor import Actor
from portal.demo.cast import BY_KEY
from portal.school_practices import access, services
from portal.school_practices.models import SchoolPractice, UnclearDescription
from portal.school_practices.selectors import bank_counts
from portal.school_practices.states import SchoolPracticeState as S
from portal.school_practices.workflow import SCHOOL_PRACTICE
from tenants import post
from tenants.models import School
from tests.practices.sheets import hand_in
from tests.practices.test_journey_of_a_practice import handed_over, reviewed

ActorOf = Callable[..., Actor]
Inside = Callable[[School], Any]
NEW = "Научиться за одну тему видеть по ответам всего класса, с чего начать следующий урок. Новая редакция."


@pytest.fixture
def published(
    drafted: SchoolPractice, school5: School, inside: Inside, actor: ActorOf, sheet: dict[str, Any]
) -> SchoolPractice:
    practice = reviewed(handed_over(drafted, school5, inside, actor, sheet), actor, [sheet, sheet])
    for verb, key in (("recommend", "darya"), ("publish", "semyon")):
        PRACTICE.move(practice, verb, by=actor(key))
    post.deliver_everything()
    return drafted


@pytest.fixture
def sent_anew(published: SchoolPractice, school5: School, inside: Inside, actor: ActorOf) -> SchoolPractice:
    with inside(school5):
        renewed = renewing(published, actor)
        services.edit_practice(renewed, by=actor("boris"), goal=NEW)
        UnclearDescription.objects.create(
            practice=renewed, adoption=uuid4(), revision=1, asked_on=clock.today()
        )
        SCHOOL_PRACTICE.move(renewed, "resubmit", by=actor("zhanna"))
    post.deliver_everything()
    return published


def renewing(practice: SchoolPractice, actor: ActorOf) -> SchoolPractice:
    own = access.practice_for(actor("boris"), practice.uuid)
    SCHOOL_PRACTICE.move(own, "renew", by=actor("boris"))
    return access.practice_for(actor("boris"), practice.uuid)


def test_the_former_stands_in_the_bank_till_the_new_is_published(
    sent_anew: SchoolPractice, school5: School, inside: Inside, actor: ActorOf, sheet: dict[str, Any]
) -> None:
    practice, card = Practice.objects.get(practice=sent_anew.uuid), BankPractice.objects.get()
    assert (practice.state, practice.revision, card.revision) == (PracticeState.SUBMITTED, 2, 1)
    assert card.text.goal != NEW
    with inside(school5):
        assert bank_counts()["published"] == 1
        question = UnclearDescription.objects.get()
        assert (question.closed_on, question.answer) == (clock.today(), "Текст поправлен: редакция 2.")
    darya = actor("darya")
    PRACTICE.move(practice, "receive", by=darya)
    PRACTICE.move(practice, "start_review", by=darya)  # the portal has invited the same experts
    for key in ("nina", "pavel"):
        hand_in(
            Review.objects.get(expert=BY_KEY[key].uuid, practice=practice, revision=2), sheet, by=actor(key)
        )
    for verb, key in (("recommend", "darya"), ("publish", "semyon")):
        PRACTICE.move(Practice.objects.get(pk=practice.pk), verb, by=actor(key))
    now = BankPractice.objects.get()
    assert (now.pk, now.code, now.revision, now.text.goal) == (card.pk, card.code, 2, NEW)


def test_what_is_not_better_leaves_the_former_and_the_school_reads_why(
    sent_anew: SchoolPractice, school5: School, inside: Inside, actor: ActorOf
) -> None:
    practice = Practice.objects.get(practice=sent_anew.uuid)
    PRACTICE.move(practice, "receive", by=actor("darya"))
    PRACTICE.move(practice, "keep_former", by=actor("darya"), comment="Прежняя была яснее.")
    post.deliver_everything()
    card = BankPractice.objects.get()
    assert (card.revision, card.archived_on) == (1, None)
    with inside(school5):
        own = SchoolPractice.objects.get()
        assert own.state == S.PUBLISHED
        assert own.mirror_comment == "Прежняя редакция остаётся в банке. Прежняя была яснее."


def test_authors_who_think_better_of_it_get_the_text_of_the_bank_back(
    published: SchoolPractice, school5: School, inside: Inside, actor: ActorOf
) -> None:
    with inside(school5):
        renewed = renewing(published, actor)
        services.edit_practice(renewed, by=actor("boris"), goal=NEW)
        assert bank_counts() == {"in_school_bank": 1, "published": 1}
        SCHOOL_PRACTICE.move(renewed, "keep_former", by=actor("boris"))
        own = SchoolPractice.objects.get()
        assert (own.state, own.goal) == (S.PUBLISHED, BankPractice.objects.get().text.goal)


def test_a_practice_being_renewed_leaves_the_city_with_its_recall(
    published: SchoolPractice, school5: School, inside: Inside, actor: ActorOf
) -> None:
    with inside(school5):
        SCHOOL_PRACTICE.move(
            renewing(published, actor), "recall", by=actor("zhanna"), comment="Автор против."
        )
    post.deliver_everything()
    assert not BankPractice.objects.exists()
    assert BankPractice.every.get().archived_on == clock.today()
