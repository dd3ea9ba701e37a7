"""The gate: signing in, invitations bound to their address, the second factor."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from portal.accounts import services
from portal.accounts.models import Invitation, Membership, User
from portal.core.actor import Actor
from tenants import post
from tenants.models import School
from tests.cast import BY_KEY

AsPerson = Callable[[str], Client]
GOOD = {"email": "new@school.example", "last_name": "Новая", "first_name": "Ольга", "middle_name": "Игоревна", "password": "очень длинный пароль", "password_again": "очень длинный пароль"}


@pytest.fixture
def token(school5: School) -> str:
    return services.invite_to_city("new@school.example", office="principal", basis="приказ № 3", school=school5, by=Actor.system())


def accept(client: Client, token: str, **fields: str) -> Any:
    """Open the link of the letter (it leaves the address bar at once), then send the form."""
    client.get(f"/invitation/{token}/")
    return client.post("/invitation/", {**GOOD, **fields, "repeat_key": uuid4().hex})


def test_an_invitation_makes_an_account_and_a_membership(token: str, school5: School) -> None:
    client = Client()
    shown = client.get(f"/invitation/{token}/", follow=True)
    assert shown.status_code == 200
    assert token not in shown.content.decode()
    assert "new@school.example" not in shown.content.decode()
    assert accept(client, token)["Location"] == "/s/5/"
    assert Membership.objects.get(user__email="new@school.example").office == "principal"
    assert client.get("/s/5/").status_code == 200
    post.deliver_everything()


@pytest.mark.parametrize(("field", "value", "sentence"), [
    ("email", "other@school.example", "другую почту"), ("password", "1234567890", "цифр"), ("password_again", "не тот же пароль", ""), ("last_name", "", ""),
])  # fmt: skip
def test_a_mistake_is_told_and_the_invitation_lives_on(field: str, value: str, sentence: str, token: str) -> None:
    client = Client()
    answer = accept(client, token, **{field: value})
    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("\xa0", " ")
    assert not User.objects.filter(email="new@school.example").exists()
    assert accept(client, token).status_code == 302


def test_a_used_invitation_is_over(token: str) -> None:
    assert accept(Client(), token).status_code == 302
    for dead in (token, "never-was"):
        assert Client().get(f"/invitation/{dead}/", follow=True).status_code == 410
    assert Invitation.objects.get().used_at is not None


def test_a_signed_in_person_accepts_in_one_click(school12: School, as_: AsPerson) -> None:
    token = services.invite_to_city(BY_KEY["boris"].email, office="teacher", basis="совместительство", school=school12, by=Actor.system())
    assert "другую почту" in accept(as_("vera"), token).content.decode().replace("\xa0", " ")
    assert accept(as_("boris"), token)["Location"] == "/s/12/"
    assert as_("boris").get("/s/12/").status_code == 200


def test_signing_in_by_password_and_a_wrong_one() -> None:
    User.objects.create_user("pass@school.example", "очень длинный пароль", last_name="А", first_name="Б")
    client = Client()
    page = client.get("/accounts/login/").content.decode()
    assert "Вход" in page
    assert page.count("<h1") == 1
    wrong = client.post("/accounts/login/", {"login": "pass@school.example", "password": "не тот"})
    assert wrong.status_code == 200
    assert client.post("/accounts/login/", {"login": "pass@school.example", "password": "очень длинный пароль"}).status_code == 302


def test_nobody_signs_up_alone() -> None:
    assert "приглашение" in Client().get("/accounts/signup/").content.decode()


def test_a_forgotten_password_is_answered_by_a_letter() -> None:
    User.objects.create_user("pass@school.example", "очень длинный пароль", last_name="А", first_name="Б")
    Client().post("/accounts/password/reset/", {"email": "pass@school.example"})
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("key", "required"), [("zhanna", True), ("anna", True), ("semyon", True), ("boris", False)])
def test_the_second_factor_is_asked_of_those_who_decide(key: str, required: bool, as_: AsPerson, settings: Any) -> None:
    settings.MFA_REQUIRED = True
    home = f"/s/{BY_KEY[key].school}/" if BY_KEY[key].school else "/"
    answer = as_(key).get(home)
    assert (answer.status_code == 302 and answer["Location"].startswith("/accounts/2fa/")) is required
    assert as_(key).get("/accounts/2fa/", follow=True).status_code == 200
