"""Nobody is locked out by others: neither a city behind one address, nor a person whose password a stranger
tries.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import parse_rates
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from portal.accounts import browsers, services, tries
from portal.accounts.limits import CROWD, LIMITS, REFUSED_KEY, address_of, network_of, over
from portal.accounts.models import User
from portal.audit.journal import request_id
from portal.core import clock
from portal.core.actor import Actor
from tenants.models import School
from tests.queued import do_queued

pytestmark = pytest.mark.covers("found A4")
PASSWORD, MAIL = "очень длинный пароль", "victim@school.example"
START = dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC)
CITY, HOME, ELSEWHERE = "203.0.113.7", "198.51.100.4", "192.0.2.66"
SPOOFED = [
    (0, "9.9.9.9", HOME, HOME),
    (1, "", HOME, HOME),
    (1, CITY, HOME, CITY),
    (1, f"9.9.9.9, {CITY}", HOME, CITY),
    (1, f"9.9.9.9,8.8.8.8 , {CITY}", HOME, CITY),
    (2, f"9.9.9.9, {CITY}, 10.0.0.2", HOME, CITY),
    (2, CITY, HOME, HOME),
    (1, "9.9.9.9, a stranger's text", HOME, HOME),
    (1, f"9.9.9.9, {CITY}:52100", HOME, CITY),
    (1, "[2001:db8::7]:443", HOME, "2001:db8::7"),
    (1, "", "fe80::7%eth0", "fe80::7"),
    (1, f"::ffff:{CITY}", HOME, CITY),
    (1, "", "", "unknown"),
]


@pytest.mark.parametrize(("proxies", "header", "connection_from", "client"), SPOOFED)
def test_the_clients_address_is_counted_from_the_end(
    proxies: int, header: str, connection_from: str, client: str, settings: Any
) -> None:
    settings.BEHIND_PROXY = proxies
    request = RequestFactory(REMOTE_ADDR=connection_from).get("/", HTTP_X_FORWARDED_FOR=header)
    assert address_of(request) == client
    assert network_of(request) == (client if ":" not in client else f"{client.removesuffix('7')}/64")


def test_what_counts_an_address_alone_lets_a_whole_city_through() -> None:
    """Every row of our limits and every one of allauth's; a new one that a school's morning would exhaust
    fails.
    """
    ours = {limit.code: limit.amount for limit in LIMITS.values() if limit.per == "address"}
    theirs = {
        action: rate.amount
        for action, rates in app_settings.RATE_LIMITS.items()
        for rate in parse_rates(rates)
        if rate.per == "ip"
    }
    assert ours
    assert theirs
    assert {code: amount for code, amount in {**ours, **theirs}.items() if amount < CROWD} == {}


@pytest.fixture
def now() -> Iterator[Callable[[float], None]]:
    """A clock that is moved by hand, in seconds from the morning."""
    with ExitStack() as hands:
        hands.enter_context(clock.at(START))
        yield lambda seconds: hands.enter_context(clock.at(clock.now() + dt.timedelta(seconds=seconds)))


@pytest.fixture
def victim(settings: Any) -> User:
    settings.BEHIND_PROXY = 1
    # hundreds of passwords are looked at here
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return User.objects.create_user(MAIL, PASSWORD, last_name="А", first_name="Б")


def sign_in(client: Client, password: str = PASSWORD, *, at: str = CITY, login: str = MAIL) -> Any:
    return client.post(
        "/accounts/login/",
        {"login": login, "password": password},
        headers={"x-forwarded-for": f"9.9.9.9, {at}"},
        REMOTE_ADDR="127.0.0.1",
    )


def said(answer: Any) -> str:
    return str(answer.content.decode().replace("\xa0", " "))


def test_ten_mistakes_of_one_do_not_touch_the_other_three_hundred(victim: User) -> None:
    one = Client()
    answers = [said(sign_in(one, f"не тот {n}", login="one@school.example")) for n in range(12)]
    assert "не подошли друг к другу" in answers[0]
    assert "Слишком много неверных попыток" in answers[-1]
    for number in range(280):  # each of the others has mistyped once
        tries.begin(tries.Who(f"person {number}", CITY))
    assert sign_in(Client()).status_code == 302


def test_a_spoofed_header_does_not_help_the_sender(victim: User) -> None:
    strangers = [
        said(
            Client().post(
                "/accounts/login/",
                {"login": MAIL, "password": str(n)},
                headers={"x-forwarded-for": f"10.0.0.{n}, {ELSEWHERE}"},
            )
        )
        for n in range(12)
    ]
    assert "Слишком много неверных попыток" in strangers[-1]


def test_whoever_is_attacked_still_signs_in(victim: User, now: Callable[[float], None]) -> None:
    """A stranger with many addresses tries each second. A new browser waits once, a known one not at all, and
    no try of the stranger moves that.
    """
    known = Client()
    assert sign_in(known, at=HOME).status_code == 302
    known.post("/accounts/logout/")

    def attack(seconds: int) -> None:
        for second in range(seconds):
            now(1)
            for number in range(3):
                attempt(f"192.0.2.{(second * 3 + number) % 200}")

    attack(120)
    assert sign_in(known, at=ELSEWHERE).status_code == 302
    new = Client()
    refused = said(sign_in(new, at=HOME))
    assert "Подождите 60 секунд" in refused, re.findall("Слишком.{60}", refused)
    attack(tries.LONGEST)
    assert sign_in(new, at=HOME).status_code == 302


def attempt(address: str) -> bool:
    try:
        tries.begin(tries.Who(browsers.fingerprint(MAIL), address))
    except tries.TooOften:
        return False
    return True


def test_guessing_one_account_grows_slower_and_slower(victim: User, now: Callable[[float], None]) -> None:
    """From one address some ten tries in ten minutes; from two hundred addresses no more than one a minute of
    each.
    """
    alone = sum(attempt(ELSEWHERE) for _ in range(600) if not now(1))  # type: ignore[func-returns-value]
    assert alone <= 10
    many = sum(attempt(f"192.0.2.{n}") for _ in range(10) if not now(6) for n in range(20))  # type: ignore[func-returns-value]
    assert many <= 20 + tries.FREE


def test_a_known_browser_is_not_a_way_to_guess(victim: User) -> None:
    """Its own mistakes are counted; a cookie of another account, a forged one or one of a stranger's own
    making is worth nothing.
    """
    known = Client()
    sign_in(known)
    known.post("/accounts/logout/")
    assert "Слишком много" in [said(sign_in(known, f"не тот {n}")) for n in range(11)][-1]
    cookie = known.cookies[browsers.COOKIE]
    assert (cookie["httponly"], cookie["path"], cookie["samesite"]) == (True, "/accounts/", "Lax")
    assert MAIL not in cookie.value
    request = RequestFactory().get("/accounts/login/")
    request.COOKIES[browsers.COOKIE] = cookie.value
    assert browsers.number_of(request, browsers.fingerprint(MAIL))
    assert not browsers.number_of(request, browsers.fingerprint("other@school.example"))
    request.COOKIES[browsers.COOKIE] = cookie.value[:-2]
    assert not browsers.number_of(request, browsers.fingerprint(MAIL))


def test_many_tries_at_once_are_counted_each(victim: User) -> None:
    """The try is counted before the password is looked at."""
    results = [attempt(ELSEWHERE) for _ in range(tries.FREE + 3)]
    assert results == [True] * tries.FREE + [False] * 3


# ── Letters ─────────────────────────────────────────────────────────────────────────────────────────
def ask(email: str, **headers: str) -> Any:
    return Client(headers=headers).post("/accounts/password/reset/", {"email": email})


@pytest.mark.covers("found C5")
def test_time_tells_nothing_of_accounts(victim: User) -> None:
    """The page does the same work for a known address and for an unknown one; letters leave later."""
    ask("warm@school.example")
    asked = {}
    for email in (MAIL, "nobody@school.example"):
        with CaptureQueriesContext(connection) as queries:
            assert ask(email).status_code == 302
        asked[email] = [
            re.sub(r"\"(_django_curs|s\d+_x)\w+", "", query["sql"])[:30] for query in queries.captured_queries
        ]
    assert asked[MAIL] == asked["nobody@school.example"]
    assert mail.outbox == []


@pytest.mark.covers("found C5")
@pytest.mark.parametrize("backend", ["config.mail.Smtp", "config.mail.Kept", "tests.mailbox.Mailbox"])
def test_no_letter_of_anybody_leaves_inside_a_request(backend: str, tmp_path: Path, settings: Any) -> None:
    """The tests' own mailbox says so too: every POST that the suite makes is a walk over letters. allauth's
    own sending is shut.
    """
    settings.EMAIL_FILE_PATH = str(tmp_path)
    token = request_id.set("a request")
    try:
        with pytest.raises(RuntimeError, match="inside a request"):
            mail.send_mail("тема", "текст", None, [MAIL], connection=mail.get_connection(backend))
    finally:
        request_id.reset(token)
    with pytest.raises(RuntimeError, match=r"accounts\.background"):
        get_adapter().send_mail("account/email/password_changed", MAIL, {})


@pytest.mark.covers("found C5")
def test_the_link_of_a_letter_is_the_portals_own(victim: User, settings: Any) -> None:
    settings.PORTAL_URL = "https://estafeta.example.ru"
    settings.ALLOWED_HOSTS = ["testserver", "evil.example"]
    assert ask(MAIL, host="evil.example").status_code == 302
    assert do_queued("accounts.new_password_letter") == 1
    [letter] = mail.outbox
    assert "https://estafeta.example.ru/accounts/password/reset/key/" in letter.body
    assert "evil" not in letter.body


def test_a_stranger_neither_floods_a_mailbox_nor_keeps_the_letter_away(
    victim: User, now: Callable[[float], None]
) -> None:
    statuses = {ask(MAIL).status_code for _ in range(30) if not now(20)}  # type: ignore[func-returns-value]
    assert statuses == {302}
    assert do_queued("accounts.new_password_letter") == 4  # at once, after one minute, two more, four more
    link = next(line for line in mail.outbox[0].body.splitlines() if line.startswith("http"))
    for number in range(30):
        attempt(f"192.0.2.{number}")
    owner = Client(headers={"x-forwarded-for": HOME})
    form = owner.get(link.removeprefix("http://testserver"), follow=True)
    owner.post(
        form.request["PATH_INFO"],
        {"password1": "другой длинный пароль", "password2": "другой длинный пароль"},
    )
    assert sign_in(owner, "другой длинный пароль", at=HOME).status_code == 302, (
        "whoever has the mailbox is known from here on"
    )


# ── Invitations and keys ────────────────────────────────────────────────────────────────────────────
def test_guessing_links_is_slowed_down_and_whoever_has_a_link_gets_in(
    school5: School, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BEHIND_PROXY = 1
    monkeypatch.setattr(
        "portal.accounts.views.invitation.DEAD_INVITATION", few := replace(LIMITS["invitation"], fixed=3)
    )
    token = services.invite_to_city(
        "new@school.example", office="principal", basis="приказ № 3", school=school5, by=Actor.system()
    )
    for _ in range(few.amount):
        over(few, CITY)
    client = Client(headers={"x-forwarded-for": CITY})
    assert client.get("/invitation/guess/").status_code == 429
    assert client.get(f"/invitation/{token}/").status_code == 302
    assert client.get("/invitation/").status_code == 200


def test_refused_keys_slow_down_only_the_address_they_come_from(
    actor: Callable[[str], Actor], school5: School, settings: Any
) -> None:
    settings.BEHIND_PROXY = 1
    settings.API_RATE_PER_MINUTE = 3
    user = User.objects.get(pk=actor("boris").user)  # type: ignore[misc]
    good = services.issue_token(user, school5, purpose="выгрузка", days=30, by=actor("boris"))
    for _ in range(REFUSED_KEY.amount):
        over(REFUSED_KEY, CITY)

    def call(key: str, at: str) -> int:
        answer = Client().get(
            "/s/5/api/v1/me/", headers={"authorization": f"Bearer {key}", "x-forwarded-for": f"8.8.8.8, {at}"}
        )
        return int(answer.status_code)

    assert (call("est_no", CITY), call("est_no", HOME), call(good, CITY)) == (429, 401, 200)
