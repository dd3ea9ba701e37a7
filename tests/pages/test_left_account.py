"""Whoever has left the last place keeps the account for a year, then it is closed with a letter; an
invitation opens it again.
"""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from portal.accounts import address_change, closing
from portal.accounts.models import Invitation, Membership, NameProposal, PersonalToken, User
from portal.accounts.services import begin_membership, invite_to_city
from portal.core import clock
from portal.core.actor import Actor
from tenants.models import School
from tenants.tasks import run_daily
from tests.cast import BY_KEY
from tests.queued import do_queued

PASSWORD = "очень длинный пароль"


@pytest.fixture
def boris(school5: School) -> User:
    cache.clear()
    user = User.objects.get(pk=BY_KEY["boris"].uuid)
    user.set_password(PASSWORD)
    user.save()
    Membership.objects.filter(user=user).update(valid_to=clock.today())
    return user


def night_after(days: int) -> None:
    with clock.at(clock.now() + dt.timedelta(days=days)):
        assert run_daily() == 0


def enters(user: User, password: str = PASSWORD) -> bool:
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": password})
    return "_auth_user_id" in client.session


def test_a_year_after_the_last_place_it_is_closed_with_a_letter(boris: User, mailoutbox: list[Any]) -> None:
    client = Client()
    client.force_login(boris)
    night_after(365)
    assert client.get("/me/").status_code == 200, "a whole year it is the person's"
    night_after(366)
    assert client.get("/me/").status_code == 302
    assert not enters(boris)
    assert do_queued("accounts.closed_letter") == 1
    assert ["вход в него закрыт" in one.body for one in mailoutbox if boris.email in one.to] == [True]
    assert User.objects.get(pk=BY_KEY["anna"].uuid).is_active, "who serves is left as they are"
    assert User.objects.get(pk=BY_KEY["zoya"].uuid).is_active, "who never had a place, too"


def told(user: User, letters: list[Any], *, after: int) -> list[str]:
    """The letters about a left school that the person has got, when those of the nights have left."""
    with clock.at(clock.now() + dt.timedelta(days=after)):
        do_queued("accounts.left_letter")
    return [one.body for one in letters if user.email in one.to and "закончилась" in one.body]


def test_the_night_after_the_last_day_a_letter_says_what_stays_open(
    boris: User, mailoutbox: list[Any]
) -> None:
    night_after(0)
    assert told(boris, mailoutbox, after=0) == [], "the last day is worked"
    night_after(1)
    night_after(2)
    [body] = told(boris, mailoutbox, after=2)
    last_day = clock.today()
    assert f"закончилась {last_day:%d.%m.%Y}" in body
    assert f"до {last_day + dt.timedelta(days=365):%d.%m.%Y}" in body
    assert "/s/5/own-papers/\n" in body
    assert "/me/address/" in body


def test_who_serves_who_left_long_ago_and_whose_night_was_missed(boris: User, mailoutbox: list[Any]) -> None:
    vera = User.objects.get(pk=BY_KEY["vera"].uuid)
    Membership.objects.filter(user=vera).update(valid_to=clock.today() - dt.timedelta(days=20))
    night_after(20)
    assert len(told(boris, mailoutbox, after=20)) == 1, "made good within a month"
    assert told(vera, mailoutbox, after=20) == [], "after it nobody is surprised"
    assert told(User.objects.get(pk=BY_KEY["anna"].uuid), mailoutbox, after=20) == []


def test_another_office_in_the_same_school_is_no_leaving(
    boris: User, school5: School, mailoutbox: list[Any]
) -> None:
    begin_membership(boris, school5, "curator", basis="приказ № 4", by=Actor.system())
    night_after(1)
    assert told(boris, mailoutbox, after=1) == []


def test_who_was_taken_back_before_the_letter_left_gets_none_and_the_next_leaving_counts(
    boris: User, school5: School, mailoutbox: list[Any]
) -> None:
    night_after(1)
    place = Membership.objects.filter(user=boris, school=school5)
    place.update(valid_to=None)
    assert told(boris, mailoutbox, after=1) == []
    place.update(valid_to=clock.today() + dt.timedelta(days=40))
    night_after(41)
    assert len(told(boris, mailoutbox, after=41)) == 1


def test_another_place_keeps_it_open(boris: User, school12: School) -> None:
    begin_membership(boris, school12, "teacher", basis="приказ № 4", by=Actor.system())
    night_after(800)
    assert User.objects.get(pk=boris.pk).is_active


def test_whoever_is_taken_on_in_the_same_minute_is_left_in_peace(
    boris: User, school12: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The night has seen that two have left, and closes the first; the second accepts an invitation."""
    Membership.objects.filter(user=BY_KEY["anna"].uuid).update(valid_to=clock.today())
    two = [boris, User.objects.get(pk=BY_KEY["anna"].uuid)]
    begun: list[User] = []

    def accepts(**closed: Any) -> None:
        begun.extend(one for one in two if str(one.pk) != closed["user_uuid"])
        begin_membership(begun[0], school12, "teacher", basis="приказ № 4", by=Actor.system())

    monkeypatch.setattr(closing, "send_closed_letter", SimpleNamespace(later=accepts))
    night_after(366)
    assert [User.objects.get(pk=one.pk).is_active for one in two] == [one in begun for one in two]
    assert len(begun) == 1


def test_an_invitation_opens_it_again_with_a_new_password(boris: User) -> None:
    night_after(366)
    token = invite_to_city(boris.email, office="methodist", basis="приказ № 7", by=Actor.system())
    client = Client()
    client.get(f"/invitation/{token}/")
    again = "совсем другой пароль"
    typed = {"last_name": "Кравцов", "first_name": "Борис", "password": again, "password_again": again}
    foreign = client.post("/invitation/", {"email": boris.email, **typed, "last_name": "Другов"})
    assert foreign.status_code == 422, "the mailbox has gone to somebody else"
    assert not User.objects.get(pk=boris.pk).is_active
    assert client.post("/invitation/", {"email": boris.email, **typed}).status_code == 302
    assert User.objects.filter(email=boris.email).count() == 1
    assert enters(boris, again)
    assert not enters(boris)


def test_nothing_waits_for_an_account_that_is_closed(boris: User, school5: School) -> None:
    """A change of address, a name that a school has written down, a key."""
    with clock.at(clock.now() + dt.timedelta(days=365)):
        change = address_change.ask_for_address(boris, "boris@home.example", by=Actor(user=boris.pk))
    NameProposal.objects.create(user=boris, school=school5, last_name="Кравцов", first_name="Борис")
    far = clock.now() + dt.timedelta(days=500)
    PersonalToken.objects.create(user=boris, purpose="выгрузка", token_hash="a", expires_at=far)
    night_after(366)
    change.refresh_from_db()
    assert change.outcome == "closed"
    assert User.objects.get(pk=boris.pk).email == boris.email
    assert not NameProposal.objects.filter(answered_at=None).exists()
    assert not PersonalToken.objects.filter(revoked_at=None).exists()
    do_queued("accounts.address_ended_letter")


def test_whom_a_school_still_looks_at_is_left_in_peace(boris: User, school12: School) -> None:
    """The invitation was accepted under another name: the answer must find the account open."""
    asked = Invitation.objects.create(
        token_hash="a",
        address_hmac="b",
        school=school12,
        office="teacher",
        person=BY_KEY["gleb"].person,
        basis="список сотрудников",
        expires_at=clock.now() + dt.timedelta(days=365),
        used_at=clock.now(),
        used_by=boris.pk,
        recognition="waits",
    )
    night_after(366)
    assert User.objects.get(pk=boris.pk).is_active
    Invitation.objects.filter(pk=asked.pk).update(recognition="other")
    night_after(367)
    assert not User.objects.get(pk=boris.pk).is_active
