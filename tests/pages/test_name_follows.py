"""The name of an account follows the card of the one school; where there are two, the person says whose name
it is, and the other school hears it.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from portal.accounts.models import NameProposal, User
from portal.accounts.services import begin_membership
from portal.core import clock
from portal.core.actor import Actor
from portal.school_records.models import Notice
from portal.staff import services as staff
from portal.staff.models import Person
from tenants import post
from tenants.context import in_school
from tenants.models import School
from tests.cast import BY_KEY

AsPerson = Callable[[str], Client]


def seen(answer: Any) -> str:
    return str(answer.content.decode().replace("\xa0", " "))


@pytest.fixture
def boris(school5: School) -> User:
    return User.objects.get(pk=BY_KEY["boris"].uuid)


@pytest.fixture
def rename(school5: School, actor: Callable[..., Actor]) -> Callable[..., None]:
    def change(**name: Any) -> None:
        with in_school(school5):
            person = Person.objects.get(uuid=BY_KEY["boris"].person)
            staff.edit_person(person, by=actor("anna"), **name)
        post.deliver_everything()

    return change


@pytest.fixture
def both(boris: User, school12: School) -> Person:
    """He teaches in school 12 as well, and has a card there."""
    with in_school(school12):
        there = Person.objects.create(
            last_name=boris.last_name,
            first_name=boris.first_name,
            middle_name=boris.middle_name,
            user=boris.pk,
        )
    begin_membership(
        boris, school12, "teacher", basis="совместительство", by=Actor.system(), person=there.uuid
    )
    post.deliver_everything()
    return there


def told(school: School, code: str = "staff.name_answered") -> list[tuple[Any, str]]:
    post.deliver_everything()
    with in_school(school):
        return list(Notice.objects.filter(code=code).values_list("recipient", "text"))


def test_it_follows_the_one_school_by_itself(boris: User, rename: Callable[..., None], as_: AsPerson) -> None:
    rename(last_name="Новиков")
    assert User.objects.get(pk=boris.pk).full_name.startswith("Новиков ")
    assert User.objects.get(pk=boris.pk).name_key != boris.name_key, "lists are in order by it"
    assert not NameProposal.objects.exists()
    assert "Новиков" in seen(as_("boris").get("/me/name/"))


@pytest.mark.parametrize("number", [None, uuid4()])
def test_the_city_may_know_the_card_by_no_number_or_by_that_of_a_merged_one(
    boris: User, rename: Callable[..., None], number: Any
) -> None:
    """A principal is invited by the city, before there is a card."""
    boris.memberships.update(person=number)
    rename(last_name="Новиков")
    assert User.objects.get(pk=boris.pk).last_name == "Новиков"


def test_it_follows_before_the_first_day(boris: User, rename: Callable[..., None]) -> None:
    boris.memberships.update(valid_from=clock.today() + dt.timedelta(days=20))
    rename(last_name="Новиков")
    assert User.objects.get(pk=boris.pk).last_name == "Новиков"


def test_what_is_no_name_sends_nothing(school5: School, boris: User, rename: Callable[..., None]) -> None:
    rename(last_name=boris.last_name, education_level="higher")
    assert User.objects.get(pk=boris.pk).full_name == boris.full_name
    assert not NameProposal.objects.exists()


def test_with_two_schools_the_person_is_asked_and_the_other_school_hears(
    boris: User, both: Person, school5: School, school12: School, rename: Callable[..., None], as_: AsPerson
) -> None:
    boris.memberships.filter(school=school12).update(person=uuid4())
    rename(last_name="Новиков")
    assert User.objects.get(pk=boris.pk).last_name == boris.last_name
    [asked] = NameProposal.objects.all()
    assert "это ваше имя?" in seen(as_("boris").get("/s/5/")), "it is a step at home"
    page = seen(as_("boris").get("/me/name/"))
    assert "записала вас как" in page
    assert asked.full_name in page
    answered = as_("boris").post(f"/me/name/{asked.uuid}/", {"answer": "yes", "repeat_key": uuid4().hex})
    assert answered.status_code == 302
    assert User.objects.get(pk=boris.pk).last_name == "Новиков"
    there = told(school12)
    assert {who for who, _ in there} == {BY_KEY["timur"].uuid}, "the curator of the other school"
    assert all("Новиков" in text and "Сверьте карточку" in text for _, text in there)
    assert told(school5) == []
    with in_school(school12):
        assert Person.objects.get(pk=both.pk).last_name == boris.last_name, "the card is the school's"


def test_not_my_name_changes_nothing_and_the_school_hears(
    boris: User, both: Person, school5: School, school12: School, rename: Callable[..., None], as_: AsPerson
) -> None:
    rename(last_name="Новиков")
    [asked] = NameProposal.objects.all()
    address = f"/me/name/{asked.uuid}/"
    assert as_("vera").post(address, {"answer": "yes", "repeat_key": uuid4().hex}).status_code == 404
    assert as_("boris").post(address, {"answer": "no", "repeat_key": uuid4().hex}).status_code == 302
    assert as_("boris").post(address, {"answer": "yes", "repeat_key": uuid4().hex}).status_code == 409
    assert User.objects.get(pk=boris.pk).last_name == boris.last_name
    assert {who for who, _ in told(school5)} >= {BY_KEY["anna"].uuid}
    assert told(school12) == []


def test_a_name_that_the_school_has_mended_itself_asks_nobody(
    boris: User, both: Person, rename: Callable[..., None]
) -> None:
    rename(last_name="Новиков")
    rename(last_name="Новикова")
    assert [one.last_name for one in NameProposal.objects.all()] == ["Новикова"]
    rename(last_name=boris.last_name)
    assert not NameProposal.objects.exists()
