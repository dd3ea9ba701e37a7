"""A principal asks for somebody who cannot sign in: a reason, letters to everybody concerned, and nothing
where the person has another place.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client

from portal.accounts.models import AddressChange, PersonalToken, User
from portal.accounts.services import begin_membership, issue_token
from portal.core import clock
from portal.core.actor import Actor
from portal.school_records.models import DisclosureLine, JournalLine, Notice
from portal.staff.models import Person
from tenants import post
from tenants.context import in_school
from tenants.models import School
from tenants.tasks import run_daily
from tests.cast import BY_KEY
from tests.post_office import Caught, post_office, text_of
from tests.queued import do_queued

__all__ = ["post_office"]
AsPerson = Callable[[str], Client]
PAGE = f"/s/5/people/{BY_KEY['boris'].person}/access/"
OLD, NEW, PASSWORD = "kravtsov@school5.example", "kravtsov@home.example", "очень длинный пароль"
REASON = "Ящик школы удалён при переезде почты, человек пришёл сам."


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


def ask(as_: AsPerson, key: str = "zhanna", **fields: str) -> Any:
    typed = {"what": "address", "email": NEW, "reason": REASON, "repeat_key": uuid4().hex, **fields}
    answer = as_(key).post(PAGE, typed)
    post.deliver_everything()
    do_queued("accounts.address_letter")
    return answer


def told_principal(school: School) -> list[str]:
    post.deliver_everything()
    with in_school(school):
        found = Notice.objects.filter(recipient=BY_KEY["zhanna"].uuid, code="staff.access_answered")
        return [text.replace("\xa0", " ") for text in found.order_by("pk").values_list("text", flat=True)]


def night_after(hours: float) -> None:
    with clock.at(clock.now() + dt.timedelta(hours=hours)):
        assert run_daily() == 0


def enters(email: str) -> bool:
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return "_auth_user_id" in client.session


def test_a_lost_mailbox_is_mended_with_a_reason_and_everybody_hears(
    boris: User, school5: School, as_: AsPerson, post_office: Caught
) -> None:
    issue_token(boris, school5, purpose="выгрузка встреч", days=90, by=Actor(user=boris.pk))
    assert ask(as_).status_code == 302
    told = {to[0]: text_of(raw) for to, raw in post_office.letters}
    assert set(told) == {OLD, NEW}
    for words in ("Школа № 5", NEW, REASON):
        assert words in told[OLD].replace("\xa0", " ")
    assert REASON not in told[NEW], "if the address is mistyped, a stranger learns nothing"
    [begun] = told_principal(school5)
    assert "через 72 часа" in begun
    with in_school(school5):
        assert JournalLine.objects.get(verb="access_asked").comment == REASON
        assert DisclosureLine.objects.filter(kind="accounts.access_asked").exists()
    assert REASON in seen(as_("boris").get("/me/address/"))
    night_after(60)
    assert enters(OLD)
    night_after(80)
    assert enters(NEW)
    assert not enters(OLD)
    assert PersonalToken.objects.get().revoked_at is not None
    assert "готово" in told_principal(school5)[-1]
    do_queued("accounts.address_ended_letter")
    assert "/accounts/password/reset/" in [text_of(raw) for to, raw in post_office.letters if to == [NEW]][-1]


def test_whoever_still_reads_the_mailbox_stops_it_and_the_principal_hears(
    boris: User, school5: School, as_: AsPerson, post_office: Caught
) -> None:
    ask(as_)
    body = next(text_of(raw) for to, raw in post_office.letters if to == [OLD])
    link = re.search(r"http://testserver(/accounts/address/[\w-]+/)", body)[1]  # type: ignore[index]
    client = Client()
    client.get(link)
    assert "Остановлено" in seen(client.post("/accounts/address/"))
    assert "остановлено" in told_principal(school5)[-1]
    night_after(100)
    assert enters(OLD)


def test_the_person_sees_it_at_home_and_cancels_it(
    boris: User, school5: School, as_: AsPerson, post_office: Caught
) -> None:
    ask(as_)
    assert as_("boris").post("/me/address/cancel/", {"repeat_key": uuid4().hex}).status_code == 302
    assert "отменено" in told_principal(school5)[-1]
    night_after(100)
    assert enters(OLD)


def test_whoever_has_left_the_school_is_not_its_to_mend(boris: User, school5: School, as_: AsPerson) -> None:
    with clock.at(clock.now() - dt.timedelta(days=2)):
        begin_membership(boris, None, "methodist", basis="приказ № 3", by=Actor.system())
    boris.memberships.exclude(school=None).update(valid_to=clock.today() - dt.timedelta(days=1))
    ask(as_)
    assert not AddressChange.objects.exists()
    assert "нет этого человека" in told_principal(school5)[-1]


@pytest.mark.parametrize("became", ["left", "city", "city later", "archived elsewhere"])
def test_what_has_changed_in_the_three_days_is_asked_again(
    boris: User, school5: School, school12: School, as_: AsPerson, post_office: Caught, became: str
) -> None:
    ask(as_)
    if became == "left":
        boris.memberships.update(valid_to=clock.today() + dt.timedelta(days=1))
    elif became == "archived elsewhere":
        begin_membership(boris, school12, "teacher", basis="приказ № 3", by=Actor.system())
        School.objects.filter(pk=school12.pk).update(state="archived")
    else:
        begins = clock.today() + dt.timedelta(days=30 if became == "city later" else 1)
        begin_membership(boris, None, "methodist", basis="№ 3", by=Actor.system(), valid_from=begins)
    night_after(80)
    happens = became == "archived elsewhere"
    assert (enters(NEW), enters(OLD)) == (happens, not happens)
    assert AddressChange.objects.get().outcome == ("done" if happens else "moved")
    assert ("готово" if happens else "ничего не сменилось") in told_principal(school5)[-1]
    post_office.letters.clear()
    assert do_queued("accounts.address_ended_letter") == 2
    assert happens or all("осталась прежней" in text_of(raw) for _, raw in post_office.letters)


def test_a_place_that_is_yet_to_begin_is_not_passed_by(boris: User, school5: School, as_: AsPerson) -> None:
    begins = clock.today() + dt.timedelta(days=30)
    begin_membership(boris, None, "methodist", basis="№ 3", by=Actor.system(), valid_from=begins)
    ask(as_)
    assert "ждём согласия" in told_principal(school5)[-1]
    night_after(100)
    assert enters(OLD)


def test_a_merged_card_is_still_the_school_s_person(boris: User, school5: School, as_: AsPerson) -> None:
    """The city knows the number of the card that is no longer found."""
    boris.memberships.update(person=uuid4())
    ask(as_)
    assert AddressChange.objects.get().new_email == NEW


def test_what_the_person_has_asked_stands_and_a_slip_of_the_school_is_mended(
    boris: User, school5: School, as_: AsPerson, post_office: Caught
) -> None:
    ask(as_, email="kravtsow@home.example")
    ask(as_)
    assert list(AddressChange.objects.order_by("pk").values_list("outcome", "new_email")) == [
        ("cancelled", "kravtsow@home.example"),
        ("", NEW),
    ]
    as_("boris").post("/me/address/cancel/", {"repeat_key": uuid4().hex})
    typed = {"email": "b@b.example", "email_again": "b@b.example", "repeat_key": uuid4().hex}
    client = Client()
    client.post("/accounts/login/", {"login": OLD, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/me/address/new/"})
    assert client.post("/me/address/new/", typed).status_code == 302
    ask(as_)
    assert AddressChange.objects.get(ended_at=None).new_email == "b@b.example"
    assert "сам уже попросил" in told_principal(school5)[-1]


def test_a_lost_telephone_is_forgotten_after_three_days(
    boris: User, school5: School, as_: AsPerson, post_office: Caught
) -> None:
    ask(as_, what="factor", email="")
    assert "отключать нечего" in told_principal(school5)[-1]
    totp.TOTP.activate(boris, totp.generate_totp_secret())
    RecoveryCodes.activate(boris)
    assert not enters(OLD), "a code is asked after the password"
    ask(as_, what="factor", email="")
    assert [(to, "второй шаг" in text_of(raw)) for to, raw in post_office.letters] == [([OLD], True)]
    night_after(60)
    assert Authenticator.objects.filter(user=boris).count() == 2
    night_after(80)
    assert not Authenticator.objects.filter(user=boris).exists()
    assert enters(OLD)
    assert "готово" in told_principal(school5)[-1]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": ""}, "Укажите новую почту"),
        ({"reason": "надо"}, "Напишите, что случилось"),
        ({"email": "colleague@school5.example"}, "уже записана у другого сотрудника"),
    ],
)
def test_what_is_missing_is_said_at_its_place(
    boris: User, school5: School, as_: AsPerson, fields: dict[str, str], words: str
) -> None:
    with in_school(school5):
        Person.objects.filter(uuid=BY_KEY["lev"].person).update(email="colleague@school5.example")
    answer = ask(as_, **fields)
    assert answer.status_code == 422
    assert words in seen(answer)


@pytest.mark.parametrize(("key", "status"), [("anna", 403), ("kira", 403), ("boris", 403), ("vera", 404)])
def test_nobody_but_the_principal_asks(
    boris: User, school5: School, as_: AsPerson, key: str, status: int
) -> None:
    assert ask(as_, key).status_code == status
    assert "Не может войти" not in seen(as_(key).get(PAGE.replace("access/", "")))
