"""The sign-in address becomes another one: letters by a real mail server, three days, either mailbox stops
it, and nobody learns who has an account.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from portal.accounts.models import AddressChange, PersonalToken, User
from portal.accounts.services import issue_token
from portal.accounts.states import AddressOutcome
from portal.city_records.models import Notice
from portal.core import clock
from portal.core.actor import Actor
from tenants.context import in_city
from tenants.models import School
from tenants.tasks import run_daily
from tests.cast import BY_KEY
from tests.post_office import Caught, post_office, text_of
from tests.queued import do_queued

__all__ = ["post_office"]
AsPerson = Callable[[str], Client]
PASSWORD, OLD, NEW = "очень длинный пароль", "kravtsov@school5.example", "kravtsov@home.example"
LETTERS, ENDED = "accounts.address_letter", "accounts.address_ended_letter"


@pytest.fixture(autouse=True)
def _nothing_counted(db: None) -> None:
    cache.clear()


@pytest.fixture
def boris(school5: School) -> User:
    user = User.objects.get(pk=BY_KEY["boris"].uuid)
    user.email = OLD
    user.set_password(PASSWORD)
    user.save()
    return user


def seen(answer: Any) -> str:
    return str(answer.content.decode().replace("\xa0", " "))


def signed_in(email: str = OLD, password: str = PASSWORD) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": password})
    return client


def ask(client: Client, email: str = NEW, again: str | None = None) -> Any:
    """As a person does it: the password first, then the new address."""
    asked = client.get("/me/address/new/", follow=True)
    if "Подтвердите, что это вы" in seen(asked):
        client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/me/address/new/"})
    typed = {"email": email, "email_again": email if again is None else again}
    return client.post("/me/address/new/", {**typed, "repeat_key": uuid4().hex}, follow=True)


def link_in(body: str) -> str:
    return re.search(r"http://testserver(/accounts/address/[\w-]+/)", body)[1]  # type: ignore[index]


def pressed(link: str) -> Any:
    """A visitor opens the link of a letter and presses its button."""
    client = Client()
    shown = client.get(link, follow=True)
    assert "Остановить?" in seen(shown)
    assert AddressChange.objects.filter(ended_at=None).exists(), "a link by itself stops nothing"
    return client.post("/accounts/address/", {"repeat_key": uuid4().hex})


def change_of(user: User) -> AddressChange:
    return AddressChange.objects.filter(user=user).latest("pk")


def night_after(hours: float) -> None:
    with clock.at(clock.now() + dt.timedelta(hours=hours)):
        assert run_daily() == 0


def enters(email: str) -> bool:
    return "_auth_user_id" in signed_in(email).session


def test_the_password_is_asked_before_and_both_mailboxes_hear(boris: User, post_office: Caught) -> None:
    client = signed_in()
    assert client.get("/me/address/").status_code == 200
    assert client.get("/me/address/new/")["Location"].startswith("/accounts/reauthenticate/")
    assert (
        client.post("/me/address/new/", {"email": NEW, "email_again": NEW})["Location"] == "/me/address/new/"
    )
    assert not AddressChange.objects.exists(), "without the password nothing is written"
    assert NEW in seen(ask(client))
    assert do_queued(LETTERS) == 2
    told = {to[0]: text_of(raw) for to, raw in post_office.letters}
    assert set(told) == {OLD, NEW}
    assert NEW in told[OLD]
    assert OLD not in told[NEW], "whose mailbox it is to be is not told to a stranger"
    change = change_of(boris)
    assert not {link_in(told[OLD]), link_in(told[NEW])} & {change.old_key, change.new_key}
    assert Notice.objects.filter(recipient=boris.pk, code="account.address_asked").exists()


def test_after_three_days_of_silence_the_next_night_changes_it(boris: User, post_office: Caught) -> None:
    client = signed_in()
    EmailAddress.objects.create(user=boris, email=OLD, primary=True, verified=True)
    ask(client)
    night_after(100)
    assert enters(OLD), "the time does not begin before both letters have left"
    do_queued(LETTERS)
    night_after(71.9)
    assert enters(OLD)
    night_after(24 * 9)  # and eight nights were missed
    assert enters(NEW)
    assert not enters(OLD)
    too_late = Client().get(link_in(next(text_of(raw) for to, raw in post_office.letters if to == [OLD])))
    assert (too_late.status_code, settings.SUPPORT_CONTACT in seen(too_late)) == (410, True)
    assert client.get("/me/address/").status_code == 302, "who was signed in signs in anew"
    assert change_of(boris).outcome == AddressOutcome.DONE
    post_office.letters.clear()
    assert do_queued(ENDED) == 2
    assert {to[0] for to, _ in post_office.letters} == {OLD, NEW}
    assert NEW in seen(signed_in(NEW).get("/me/address/"))


@pytest.mark.parametrize(("mailbox", "outcome"), [(OLD, "stopped"), (NEW, "not_taken")])
def test_either_mailbox_stops_it_once(boris: User, post_office: Caught, mailbox: str, outcome: str) -> None:
    client = signed_in()
    ask(client)
    do_queued(LETTERS)
    link = link_in(next(text_of(raw) for to, raw in post_office.letters if to == [mailbox]))
    assert "Остановлено" in seen(pressed(link))
    assert change_of(boris).outcome == outcome
    assert Client().get(link).status_code == 410
    night_after(24 * 30)
    assert enters(OLD)
    assert not enters(NEW)
    assert "Поменять почту" in seen(client.get("/me/address/"))


def test_its_owner_cancels_it_and_one_waits_at_a_time(boris: User, post_office: Caught) -> None:
    client = signed_in()
    ask(client)
    refused = client.post(
        "/me/address/new/", {"email": "b@b.example", "email_again": "b@b.example", "repeat_key": uuid4().hex}
    )
    assert (refused.status_code, AddressChange.objects.count()) == (409, 1)
    do_queued(LETTERS)
    link = link_in(text_of(post_office.letters[0][1]))
    assert client.post("/me/address/cancel/", {"repeat_key": uuid4().hex}).status_code == 302
    assert client.post("/me/address/cancel/", {"repeat_key": uuid4().hex}).status_code == 409
    assert Client().get(link).status_code == 410
    night_after(24 * 30)
    assert enters(OLD)


def test_a_taken_address_is_answered_as_any_other(boris: User, post_office: Caught) -> None:
    """By the pages and by what the asker is written; only the mailbox itself learns more."""
    anna = User.objects.get(pk=BY_KEY["anna"].uuid)
    client = signed_in()
    free = seen(ask(client))
    client.post("/me/address/cancel/", {"repeat_key": uuid4().hex})
    taken = seen(ask(client, anna.email.upper()))

    def said(page: str) -> str:
        page = re.sub(r"<script.*?</script>|value=\"[^\"]*\"|nonce=\"[^\"]*\"", "", page, flags=re.S)
        return re.sub(r"<[^>]+>", " ", page.split("<main")[1].split("</main")[0]).replace(NEW, "@")

    assert said(free) == said(taken).replace(anna.email, "@")
    do_queued(LETTERS)
    told = {to[0]: text_of(raw) for to, raw in post_office.letters}
    assert "уже входят" in told[anna.email]
    assert "уже входят" not in told[OLD]
    post_office.letters.clear()
    night_after(80)
    change = change_of(boris)
    assert (change.outcome, User.objects.get(pk=boris.pk).email) == ("not_taken", OLD)
    do_queued(ENDED)
    assert [to for to, raw in post_office.letters if "не принял" in text_of(raw)] == [[OLD]]


@pytest.mark.parametrize(
    ("email", "again", "words"),
    [
        (OLD, None, "и так входите"),
        (NEW, "kravtsov@home.exmaple", "по-разному"),
        ("не почта", None, "почт"),
    ],
)
def test_what_is_typed_wrong_is_said_at_its_place(
    boris: User, email: str, again: str | None, words: str
) -> None:
    answer = ask(signed_in(), email, again)
    assert answer.status_code == 422
    assert words in seen(answer).lower()
    assert not AddressChange.objects.exists()


def test_letters_to_strangers_are_not_sent_without_end(boris: User) -> None:
    client = signed_in()
    answers = []
    for nth in range(6):
        answers.append(ask(client, f"b{nth}@home.example").status_code)
        client.post("/me/address/cancel/", {"repeat_key": uuid4().hex})
    assert answers == [200] * 5 + [429]


def test_keys_of_the_api_go_on_and_the_letter_says_so(
    boris: User, school5: School, post_office: Caught
) -> None:
    secret = issue_token(boris, school5, purpose="выгрузка встреч", days=90, by=Actor(user=boris.pk))
    ask(signed_in())
    do_queued(LETTERS)
    night_after(80)
    do_queued(ENDED)
    assert PersonalToken.objects.get().revoked_at is None
    assert Client().get("/s/5/api/v1/me/", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    last = [text_of(raw) for to, raw in post_office.letters if to == [NEW]][-1]
    assert "/keys/" in last


def test_a_link_for_a_new_password_of_the_former_mailbox_ends_with_it(
    boris: User, post_office: Caught
) -> None:
    Client().post("/accounts/password/reset/", {"email": OLD})
    do_queued("accounts.new_password_letter")
    body = text_of(post_office.letters[0][1])
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", body)[1]  # type: ignore[index]
    assert "Задайте новый пароль" in seen(Client().get(link, follow=True))
    ask(signed_in())
    do_queued(LETTERS)
    night_after(80)
    assert "уже не действует" in seen(Client().get(link, follow=True))


def test_an_account_that_was_opened_meanwhile_keeps_its_address(boris: User) -> None:
    ask(signed_in())
    do_queued(LETTERS)
    with in_city():
        User.objects.create_user(NEW, None, last_name="Другова", first_name="Ольга")
    night_after(80)
    assert (User.objects.get(pk=boris.pk).email, change_of(boris).outcome) == (OLD, "not_taken")
