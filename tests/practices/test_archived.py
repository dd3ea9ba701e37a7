"""A card that was taken off keeps its address, which says so; adoptions and figures stay; a new text tells
those who work by the old one.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from best_practices import bank, search
from best_practices.counted import evidence_of
from best_practices.models import BankAdoption, BankPractice, Practice, PracticeEvidence
from best_practices.states import PracticeState
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden
from portal.pair_work import services
from portal.pair_work.models import Adoption
from portal.school_records.models import Notice
from tenants import post
from tenants.context import in_city
from tenants.models import School
from tests.practices.test_evidence import adopted, said
from tests.workflows import adoption_scenes as adoptions
from tests.workflows.acting import KEYS, of_school5, who
from tests.workflows.practice_scenes import content


def handed_over(school: School, **more: Any) -> Practice:
    """Published, as the expertise leaves it."""
    text = content()
    told = {"title": text["title"], "content": text, "authors": [{"full_name": "Орлов Глеб", "position": ""}]}
    kept = {"state": PracticeState.PUBLISHED, "code": "ЛП-2026-0001", **told, **more}
    return Practice.objects.create(practice=uuid4(), school=school, **kept)


@pytest.fixture
def practice(school12: School) -> Practice:
    made = handed_over(school12)
    bank.put_in(made, Actor.system())
    return made


def card_of(practice: Practice) -> BankPractice:
    return BankPractice.every.get(practice=practice.practice)


def test_the_address_stays_and_says_that_the_practice_was_taken_off(
    practice: Practice, school5: School, as_: Callable[[str], Client]
) -> None:
    card = card_of(practice)
    said(adopted(card, school5), school5, "worked", words="Помогло.")
    bank.take_off(practice)
    gone = card_of(practice)
    assert (gone.uuid, gone.archived_on, gone.content, gone.authors) == (card.uuid, clock.today(), {}, [])
    for key, url in (("semyon", f"/bank/{card.uuid}/"), ("boris", f"/s/5/bank/{card.uuid}/")):
        answer = as_(key).get(url)
        shown = answer.content.decode().replace("\xa0", " ")
        assert answer.status_code == 410
        assert "снята с публикации" in shown
        assert "Помогло." in shown
        assert "Орлов" not in shown
    for url in (f"/bank/{card.uuid}/pdf/", f"/api/v1/bank/{card.uuid}/"):
        assert as_("semyon").get(url).status_code == 410
    assert as_("boris").get(f"/s/5/bank/{card.uuid}/take/").status_code == 410
    assert as_("semyon").get(f"/bank/{uuid4()}/").status_code == 404
    assert search.search_bank(Actor.system(), "урок", {})[1] == []
    assert (evidence_of(gone).ever, BankAdoption.objects.count()) == (1, 1)


def test_figures_go_on_after_the_card_was_taken_off(practice: Practice, school5: School) -> None:
    card = card_of(practice)
    adoption = adopted(card, school5)
    grade = evidence_of(card).grade
    bank.take_off(practice)
    said(adoption, school5, "failed")
    found = PracticeEvidence.objects.get(practice=card.practice)
    assert (found.grade, found.in_work, found.outcomes["failed"]) == (grade, 0, 1)


def test_a_new_publication_continues_the_same_card(practice: Practice) -> None:
    before = card_of(practice)
    bank.take_off(practice)
    practice.revision = 2
    bank.put_in(practice, Actor.system())
    now = card_of(practice)
    assert (now.pk, now.uuid, now.archived_on, now.revision) == (before.pk, before.uuid, None, 2)
    assert now.authors == before.authors
    assert [one.card.pk for one in search.search_bank(Actor.system(), "", {})[1]] == [now.pk]


def test_a_new_text_tells_its_adopters_who_stay_or_move(
    practice: Practice, school5: School, inside: Any, actor: Callable[..., Any], as_: Callable[[str], Client]
) -> None:
    of_school5({key: actor(key, school5) for key in KEYS})
    with inside(school5):
        adoption = adoptions.agreed(who, card_of(practice))
    post.deliver_everything()
    practice.revision = 2
    with in_city():
        bank.put_in(practice, Actor.system())
        bank.put_in(practice, Actor.system())
    post.deliver_everything()
    with inside(school5):
        told = Notice.objects.filter(code="practice_renewed")
        assert {one.recipient for one in told} == {who("boris").user}
        assert Adoption.objects.get().revision == 1
        with pytest.raises(Forbidden):
            services.move_to_new_text(adoption, by=who("vera"))
    boris, url = as_("boris"), f"/s/5/adoptions/{adoption.uuid}/"
    assert "Вышла новая редакция" in boris.get(url).content.decode()
    assert "Вышла новая редакция" not in as_("vera").get(url).content.decode()
    with inside(school5):
        moved = services.move_to_new_text(Adoption.objects.get(), by=who("boris"))
        assert (moved.revision, services.move_to_new_text(moved, by=who("boris")).version) == (
            2,
            moved.version,
        )
    post.deliver_everything()
    assert BankAdoption.objects.get().revision == 2
    with in_city():
        bank.take_off(practice)
    with inside(school5), pytest.raises(Conflict):
        services.move_to_new_text(moved, by=who("boris"))
    assert "Практика снята с публикации" in boris.get(url).content.decode()
