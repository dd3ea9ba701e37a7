"""The gate: signing in, invitations bound to their address, the second factor, a form carried through
sign-in.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client

from portal.accounts import services
from portal.accounts.hashes import hash_of
from portal.accounts.letters import InvitationLetter, OfficeLetter
from portal.accounts.models import Invitation, Membership, User
from portal.city_records.models import JournalLine
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Invalid
from tenants import post
from tenants.models import School
from tests.cast import BY_KEY
from tests.queued import do_queued

AsPerson = Callable[[str], Client]
PASSWORD = "очень длинный пароль"
GOOD = {
    "email": "new@school.example",
    "last_name": "Новая",
    "first_name": "Ольга",
    "middle_name": "Игоревна",
    "password": PASSWORD,
    "password_again": PASSWORD,
}


@pytest.fixture(autouse=True)
def _nobody_tried_before(db: None) -> None:
    cache.clear()


@pytest.fixture
def token(school5: School) -> str:
    return services.invite_to_city(
        "new@school.example", office="principal", basis="приказ № 3", school=school5, by=Actor.system()
    )


def text_of(answer: Any) -> str:
    return str(answer.content.decode().replace("\xa0", " "))


def accept(client: Client, token: str, **fields: str) -> Any:
    client.get(f"/invitation/{token}/")
    return client.post("/invitation/", {**GOOD, **fields, "repeat_key": uuid4().hex})


def test_an_invitation_makes_an_account_and_a_membership(token: str, school5: School) -> None:
    invited = JournalLine.objects.get(verb="invited")
    assert invited.object_uuid == Invitation.objects.get(token_hash=hash_of(token)).uuid
    client = Client()
    link = client.get(f"/invitation/{token}/")
    assert (link.status_code, link["Location"], link["Referrer-Policy"]) == (
        302,
        "/invitation/",
        "no-referrer",
    )
    shown = client.get("/invitation/")
    assert "Школа № 5, директор" in text_of(shown)
    assert "new@school.example" not in text_of(shown)
    assert token not in text_of(shown)
    assert accept(client, token)["Location"] == "/s/5/"
    assert Membership.objects.get(user__email="new@school.example").office == "principal"
    assert client.get("/s/5/").status_code == 200
    post.deliver_everything()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("email", "other@school.example", "другую почту"),
        ("password", "1234567890", "цифр"),
        ("password_again", "не тот же пароль", "Пароли разные"),
        ("last_name", "", "написать"),
    ],
)
def test_a_mistake_is_told_and_the_invitation_lives_on(
    field: str, value: str, sentence: str, token: str
) -> None:
    client = Client()
    answer = accept(client, token, **{field: value})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not User.objects.filter(email="new@school.example").exists()
    assert accept(client, token).status_code == 302


def test_a_used_invitation_is_over_and_says_what_to_do(token: str) -> None:
    assert accept(Client(), token).status_code == 302
    for dead in (token, "never-was"):
        answer = Client().get(f"/invitation/{dead}/")
        assert answer.status_code == 410
        assert "отправить письмо ещё раз" in text_of(answer)
    assert Client().get("/invitation/").status_code == 410
    assert Invitation.objects.get().used_at is not None


def test_an_invitation_that_nobody_took_is_over_in_its_time(token: str) -> None:
    client = Client()
    assert client.get(f"/invitation/{token}/").status_code == 302
    with clock.at(Invitation.objects.get().expires_at + dt.timedelta(seconds=1)):
        assert client.get("/invitation/").status_code == 410
        assert accept(client, token).status_code == 410
        assert Client().get(f"/invitation/{token}/").status_code == 410
    assert not User.objects.filter(email="new@school.example").exists()
    assert accept(client, token).status_code == 302


def test_a_second_click_on_accept_harms_nothing(token: str) -> None:
    client = Client()
    assert accept(client, token).status_code == 302
    assert accept(client, token).status_code == 410
    assert Membership.objects.filter(user__email="new@school.example").count() == 1


def test_a_signed_in_person_accepts_in_one_click_only_at_the_letters_address(
    school12: School, as_: AsPerson
) -> None:
    token = services.invite_to_city(
        BY_KEY["boris"].email, office="teacher", basis="совместительство", school=school12, by=Actor.system()
    )
    vera = as_("vera")
    assert "на другую почту" in text_of(accept(vera, token))
    assert not Membership.objects.filter(school=school12, user=BY_KEY["vera"].uuid).exists()
    boris = as_("boris")
    assert accept(boris, token)["Location"] == "/s/12/"
    assert boris.get("/s/12/").status_code == 200


def test_whoever_has_an_account_signs_in_first_and_returns(school12: School) -> None:
    User.objects.create_user("pass@school.example", PASSWORD, last_name="А", first_name="Б")
    token = services.invite_to_city(
        "pass@school.example", office="teacher", basis="совместительство", school=school12, by=Actor.system()
    )
    client = Client()
    assert "/accounts/login/?next=/invitation/" in text_of(accept(client, token, email="pass@school.example"))
    signed = client.post(
        "/accounts/login/?next=/invitation/",
        {"login": "pass@school.example", "password": PASSWORD, "next": "/invitation/"},
    )
    assert signed["Location"] == "/invitation/"
    assert client.post("/invitation/", {"repeat_key": uuid4().hex})["Location"] == "/s/12/"


@pytest.fixture
def person() -> User:
    return User.objects.create_user("pass@school.example", PASSWORD, last_name="А", first_name="Б")


def sign_in(client: Client, password: str = PASSWORD, **fields: str) -> Any:
    return client.post("/accounts/login/", {"login": "pass@school.example", "password": password, **fields})


def test_signing_in_by_password_and_a_wrong_one(person: User) -> None:
    client = Client()
    page = text_of(client.get("/accounts/login/"))
    assert page.count("<h1") == 1
    assert "Рабочая почта" in page
    assert "не подошли друг к другу" in text_of(sign_in(client, "не тот"))
    assert sign_in(client).status_code == 302
    assert client.post("/accounts/logout/", {"repeat_key": "a"})["Location"] == "/accounts/login/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\\\evil.example/",
        "javascript:alert(1)",
        "///evil.example",
    ],
)
def test_nobody_is_led_to_another_site(elsewhere: str, person: User, as_: AsPerson) -> None:
    client = Client()
    assert (
        "evil.example"
        not in client.post(
            f"/accounts/login/?next={elsewhere}",
            {"login": person.email, "password": PASSWORD, "next": elsewhere},
        )["Location"]
    )
    for address, fields in (("/accounts/logout/", {}), ("/ui/prefs/", {"theme": "dark"})):
        leads = as_("boris").post(address, {**fields, "next": elsewhere})["Location"]
        assert leads in ("/", "/accounts/login/", "/ui/prefs/"), address
    assert as_("boris").get("/accounts/login/", {"next": elsewhere})["Location"] == "/"


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "password/set/", "confirm-email/", "confirm-email/abc/"]
)
def test_what_the_portal_does_not_have_leads_to_a_kind_page(path: str, as_: AsPerson) -> None:
    for key in ("", "boris"):
        answer = as_(key).get(f"/accounts/{path}")
        assert answer.status_code == 404
        assert "по приглашению" in text_of(answer)


def test_a_forgotten_password_is_answered_by_a_letter_and_nobody_learns_who_is_here(person: User) -> None:
    client = Client()
    known = client.post("/accounts/password/reset/", {"email": "pass@school.example"}, follow=True)
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@school.example"}, follow=True)
    assert mail.outbox == []
    assert do_queued("accounts.new_password_letter") == 2
    assert len(mail.outbox) == 1
    assert text_of(known) == text_of(unknown)
    link = next(line for line in mail.outbox[0].body.splitlines() if line.startswith("http"))
    form = client.get(link.removeprefix("http://testserver"), follow=True)
    changed = client.post(
        form.request["PATH_INFO"],
        {"password1": "другой длинный пароль", "password2": "другой длинный пароль"},
        follow=True,
    )
    assert "Пароль сохранён" in text_of(changed)
    assert sign_in(Client(), "другой длинный пароль").status_code == 302


@pytest.mark.parametrize(
    ("key", "required"), [("zhanna", True), ("anna", True), ("semyon", True), ("boris", False)]
)
def test_the_second_factor_is_asked_of_those_who_decide(
    key: str, required: bool, as_: AsPerson, settings: Any
) -> None:
    settings.MFA_REQUIRED = True
    home = f"/s/{BY_KEY[key].school}/" if BY_KEY[key].school else "/"
    answer = as_(key).get(home)
    assert (
        answer.status_code == 302 and answer["Location"].startswith("/accounts/2fa/totp/activate/")
    ) is required
    assert as_(key).get("/accounts/2fa/", follow=True).status_code == 200
    assert (as_(key).get(f"{home}api/v1/me/").status_code == 403) is required


def test_a_principal_is_led_through_the_second_factor(person: User, school5: School, settings: Any) -> None:
    settings.MFA_REQUIRED = True
    services.begin_membership(person, school5, "principal", basis="приказ", by=Actor.system())
    client = Client()
    sign_in(client)
    page = client.get("/s/5/", follow=True)
    assert "Подтвердите, что это вы" in text_of(page)
    page = client.post(
        "/accounts/reauthenticate/",
        {"password": PASSWORD, "next": "/accounts/2fa/totp/activate/"},
        follow=True,
    )
    assert "Подключите второй шаг входа" in text_of(page)
    assert "data:image/svg+xml" in text_of(page)
    assert client.post("/accounts/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    done = client.post(
        "/accounts/2fa/totp/activate/", {"code": code_of(page.context["form"].secret)}, follow=True
    )
    assert "Запасные коды" in text_of(done)
    assert client.get("/s/5/").status_code == 200
    again = Client()
    assert sign_in(again)["Location"].startswith("/accounts/2fa/authenticate/")
    assert "Второй шаг входа" in text_of(again.get("/accounts/2fa/authenticate/"))
    key = {"purpose": "выгрузка встреч", "place": str(school5.uuid), "days": "30"}
    # this session began without the code
    assert client.post("/keys/", {**key, "repeat_key": uuid4().hex}).status_code == 403
    cache.clear()  # a code works once: the same half-minute must not matter here
    assert (
        again.post("/accounts/2fa/authenticate/", {"code": code_of(page.context["form"].secret)}).status_code
        == 302
    )
    assert again.post("/keys/", {**key, "repeat_key": uuid4().hex}).status_code == 302


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def test_a_form_posted_after_the_session_ended_is_carried_through_sign_in(
    person: User, school5: School
) -> None:
    services.begin_membership(person, school5, "teacher", basis="приказ", by=Actor.system())
    client = Client()
    typed = {"title": "Пять минут «обратной» связи", "repeat_key": uuid4().hex}
    asked = client.post("/s/5/practices/new/", typed)
    assert asked.status_code == 401
    assert "написанное на месте" in text_of(asked)
    carried = asked.context["carried"]
    again = sign_in(client, "не тот", carried=carried, next="/accounts/resume/")
    assert carried in again.content.decode()
    assert sign_in(client, carried=carried, next="/accounts/resume/")["Location"] == "/accounts/resume/"
    resumed = text_of(client.get("/accounts/resume/"))
    assert 'action="/s/5/practices/new/"' in resumed
    assert typed["repeat_key"] in resumed
    assert "Пять минут «обратной» связи" in resumed


def test_a_foreign_or_forged_form_is_not_carried(person: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/s/5/practices/new/", {"title": "чужое"}).context["carried"] == ""
    client = Client()
    sign_in(client, carried="forged")
    assert client.get("/accounts/resume/").status_code == 404


def test_an_old_tab_says_what_to_do(as_: AsPerson) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(pk=BY_KEY["boris"].uuid))
    answer = strict.post("/s/5/practices/new/", {"title": "x"})
    assert answer.status_code == 403
    assert "обновите её и повторите" in text_of(answer)
    lost = strict.post(
        "/s/5/practices/new/",
        {"title": "Пять минут обратной связи", "password": "слон окно чай"},
        headers={"referer": "http://testserver/s/5/practices/new/"},
    )
    assert "Пять минут обратной связи" in text_of(lost)
    assert "слон окно чай" not in text_of(lost)
    assert 'href="http://testserver/s/5/practices/new/"' in text_of(lost)
    foreign = strict.post(
        "/s/5/practices/new/", {"title": "Пять минут"}, headers={"referer": "https://evil.example/"}
    )
    assert "evil.example" not in text_of(foreign)
    api = strict.post("/s/5/api/v1/me/", {}, content_type="application/json")
    assert api.status_code in (403, 405)


def test_a_letter_of_a_school_gives_offices_of_schools_only(school5: School) -> None:
    """Whatever a school writes, the offices of the city are given by the city."""
    boris, basis = BY_KEY["boris"], "приказ № 1"
    invited = InvitationLetter(
        token_hash="a",
        address_hmac="b",
        office="methodist",
        person=uuid4(),
        basis=basis,
        valid_from=clock.today(),
        expires_at=clock.now(),
    )
    given = OfficeLetter(
        person=boris.person,
        user=boris.uuid,
        office="department_specialist",
        basis=basis,
        valid_from=clock.today(),
    )
    before = Membership.objects.count()
    with pytest.raises(Invalid):
        services.keep_invitation(invited, uuid4(), school5.uuid)
    with pytest.raises(Invalid):
        services.keep_office(given, school5.uuid)
    with pytest.raises(Invalid):
        services.begin_membership(
            User.objects.get(pk=boris.uuid), None, "curator", basis=basis, by=Actor.system()
        )
    assert (Invitation.objects.count(), Membership.objects.count()) == (0, before)
