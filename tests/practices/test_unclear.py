"""«Не хватило описания» is a task of the authors, who change the text or answer; in no figure a failure."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from best_practices.counted import evidence_of
from best_practices.models import BankPractice, Practice, PracticeRecheck
from best_practices.states import PracticeState
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.school_practices import unclear
from portal.school_practices.models import SchoolPractice, UnclearDescription
from portal.school_practices.states import SchoolPracticeState
from portal.school_records.models import Notice
from portal.staff.models import Employment
from tenants import post
from tenants.context import in_city
from tenants.models import School
from tests.home import tasks
from tests.practices.test_evidence import adopted, said
from tests.things import card_in_bank
from tests.workflows import practice_scenes as practices
from tests.workflows.acting import KEYS, of_school5, who
from tests.workflows.mentoring_scenes import person

WORDS = "Из третьего шага не понять, кто ведёт запись."
Inside = Callable[[School], Any]


@pytest.fixture
def card(school5: School, inside: Inside, actor: Callable[..., Actor]) -> BankPractice:
    """A practice of Борис that stands in the bank."""
    of_school5({key: actor(key, school5) for key in KEYS})
    with inside(school5):
        own = practices.in_bank(who)
        SchoolPractice.objects.filter(pk=own.pk).update(state=SchoolPracticeState.PUBLISHED)
    text = practices.content()
    told = {"title": text["title"], "content": text, "authors": [], "state": PracticeState.PUBLISHED}
    Practice.objects.create(practice=own.uuid, school=school5, **told)
    return card_in_bank(text, practice=own.uuid, signs={"mean": 40.0}, school_number=5)


def asked(card: BankPractice, school: School, words: str = WORDS) -> UUID:
    adoption = adopted(card, school)
    said(adoption, school, "unclear", words=words)
    post.deliver_everything()
    return adoption


def steps(key: str) -> list[str]:
    return [step.title for step in unclear.next_steps(who(key))]


def test_it_is_a_task_of_the_author_until_it_is_answered(
    card: BankPractice, school5: School, school12: School, inside: Inside, as_: Callable[[str], Client]
) -> None:
    before = evidence_of(card)
    asked(card, school12)
    after = evidence_of(card)
    assert (after.grade, after.cost, after.effect) == (before.grade, before.cost, before.effect)
    assert (after.outcomes["unclear"], after.outcomes["failed"]) == (1, 0)
    assert not PracticeRecheck.objects.exists()
    boris = as_("boris")
    [task] = [one for one in tasks(boris.get("/s/5/").content.decode()) if "не хватило описания" in one.title]
    with inside(school5):
        question = UnclearDescription.objects.select_related("practice").get()
        assert Notice.objects.get(code="practice_unclear").url == f"/s/5/practices/unclear/{question.uuid}/"
        assert steps("vera") == steps("zhanna") == []
        with pytest.raises(Forbidden):
            unclear.answer_unclear(question, answer="Всё ясно", by=who("anna"))
        with pytest.raises(Invalid):
            unclear.answer_unclear(question, answer="  ", by=who("boris"))
    url = f"/s/5/practices/unclear/{question.uuid}/"
    assert task.url == url
    page = boris.get(url).content.decode().replace("\xa0", " ")
    assert WORDS in page
    assert school12.short_name not in page
    own = boris.get(f"/s/5/practices/{question.practice.uuid}/").content.decode()
    assert WORDS in own.replace("\xa0", " ")
    told = {"answer": "Об этом второй абзац шага.", "version": question.version}
    assert boris.post(url, told).status_code == 302
    with inside(school5):
        closed = UnclearDescription.objects.get()
        assert (closed.closed_on, closed.answer) == (clock.today(), "Об этом второй абзац шага.")
        assert steps("boris") == []
        with pytest.raises(Conflict):
            unclear.answer_unclear(closed, answer="ещё раз", by=who("boris"))


def test_mended_words_replace_the_old_and_what_is_taken_back_waits_no_more(
    card: BankPractice, school5: School, school12: School, inside: Inside
) -> None:
    adoption = asked(card, school12)
    said(adoption, school12, "unclear", words="И ещё: где взять карту?")
    post.deliver_everything()
    with inside(school5):
        assert UnclearDescription.objects.get().words == "И ещё: где взять карту?"
        assert len(steps("boris")) == 1
    said(adoption, school12, "worked")
    post.deliver_everything()
    with inside(school5):
        assert not UnclearDescription.objects.exists()
        assert steps("boris") == []


def test_without_its_author_it_waits_for_whoever_keeps_the_practice(
    card: BankPractice, school5: School, school12: School, inside: Inside
) -> None:
    asked(card, school12)
    with inside(school5):
        yesterday = clock.today() - dt.timedelta(days=1)
        Employment.objects.filter(person=person("boris")).update(ended_on=yesterday)
        assert len(steps("zhanna")) == 1
        assert steps("anna") == []
        question = UnclearDescription.objects.get()
        unclear.answer_unclear(question, answer="Автор уехал, описание полное.", by=who("zhanna"))
        assert steps("zhanna") == []


def test_of_a_practice_that_was_taken_off_nothing_is_asked(
    card: BankPractice, school5: School, school12: School, inside: Inside
) -> None:
    asked(card, school12)
    with inside(school5):
        SchoolPractice.objects.update(state=SchoolPracticeState.ARCHIVED)
        assert steps("boris") == []
    with in_city():
        assert evidence_of(card).outcomes["unclear"] == 1
