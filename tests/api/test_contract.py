"""What every address of the API promises, whatever is sent: one shape of refusals, stable codes, never a 500
for nonsense.
"""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from portal.accounts import services as accounts
from portal.accounts.models import Membership, PersonalToken, User
from portal.core import clock
from portal.core.actor import Actor
from portal.mentoring.api import reads
from portal.mentoring.models import Pair
from tenants.context import in_school
from tenants.models import School
from tests.cast import BY_KEY
from tests.conftest import acting
from tests.tenancy.test_every_url import addresses
from tests.workflows import mentoring_scenes as scene

As = Callable[[str], Client]
ROOT = "/s/5/api/v1/"
NOBODY = "00000000-0000-4000-8000-000000000000"
CYRILLIC = re.compile("[а-яё]")


@pytest.fixture(autouse=True)
def _nothing_counted(db: None) -> None:
    cache.clear()


@pytest.fixture
def who(school5: School, actor: Callable[..., Actor]) -> Callable[[str], Actor]:
    return lambda key: actor(key, school5)


@pytest.fixture(scope="module", autouse=True)
def made_once(standing: None) -> UUID:
    """Every test finds the pair, whichever comes first."""
    school = School.objects.get(number=5)
    with in_school(school):
        return scene.active(lambda key: acting(key, school)).uuid


@pytest.fixture
def pair(made_once: UUID, inside: Any, school5: School) -> Pair:
    with inside(school5):
        return Pair.objects.get(uuid=made_once)


@pytest.fixture
def key(school5: School, actor: Callable[..., Actor]) -> Callable[..., str]:
    """A key of a person for a school, or for the city."""

    def issued(person: str, school: School | None = school5, days: int = 30) -> str:
        return accounts.issue_token(
            User.objects.get(pk=BY_KEY[person].uuid), school, purpose="проверка", days=days, by=actor(person)
        )

    return issued


def with_key(secret: str, path: str) -> Any:
    return Client().get(path, headers={"Authorization": f"Bearer {secret}"})


def refused(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The one shape: a stable code, a Russian sentence, fields with lists of sentences."""
    assert answer.status_code == status, answer.content.decode()[:600]
    assert answer["Content-Type"].startswith("application/json")
    error = answer.json()["error"]
    assert (set(error), error["code"]) == ({"code", "message", "fields"}, code)
    assert CYRILLIC.search(error["message"])
    assert all(
        isinstance(said, list) and all(isinstance(text, str) for text in said)
        for said in error["fields"].values()
    )
    return dict(error["fields"])


def send(client: Client, path: str, body: Any, method: str = "post", **headers: str) -> Any:
    content = body if isinstance(body, str | bytes) else json.dumps(body, default=str)
    return getattr(client, method)(
        ROOT + path, content, content_type=headers.pop("content_type", "application/json"), headers=headers
    )


# ── Addresses, methods, bodies ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("person", "path", "status", "code"), [
    ("anna", ROOT + "nowhere/", 404, "not_found"), ("anna", "/api/v1/nowhere/", 404, "not_found"),
    ("anna", "/api/", 404, "not_found"),
    ("anna", "/s/99/api/v1/pairs/", 404, "not_found"), ("anna", "/s/12/api/v1/pairs/", 404, "not_found"),
    ("anna", ROOT + "pairs/7/", 404, "not_found"),
    ("", "/s/99/api/v1/pairs/", 401, "sign_in"), ("", "/s/5/api/v1/pairs/", 401, "sign_in"),
    ("", "/api/v1/nowhere/", 401, "sign_in"),
    ("", "/api/v2/", 401, "sign_in"), ("boris", ROOT + "mentoring/coverage/", 403, "forbidden"),
    ("anna", ROOT + f"pairs/{NOBODY}/", 404, "not_found"),
    ("anna", ROOT + "pairs/?page=0", 404, "not_found"),
    ("anna", ROOT + "pairs/?page=99999999999999999999", 404, "not_found"),
    ("anna", ROOT + "pairs/?page=вторая", 404, "not_found"),
])  # fmt: skip
def test_what_is_not_there(person: str, path: str, status: int, code: str, as_: As) -> None:
    refused(as_(person).get(path), status, code)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("delete", "pairs/"),
        ("put", "needs/"),
        ("patch", f"programmes/{NOBODY}/"),
        ("post", "mentoring/coverage/"),
    ],
)
def test_a_method_that_an_address_does_not_have(method: str, path: str, as_: As) -> None:
    answer = send(as_("anna"), path, {}, method)
    refused(answer, 405, "method")
    assert "GET" in answer["Allow"]


@pytest.mark.parametrize(("body", "headers", "status", "code", "field"), [
    ("{", {}, 400, "bad_request", None), ("", {}, 422, "invalid", "mentor"), ("[]", {}, 422, "invalid", ""),
    ('"пара"', {}, 422, "invalid", ""), ("7", {}, 422, "invalid", ""),
    ("null", {}, 422, "invalid", None), ('{"mentor": NaN}', {}, 400, "bad_request", None),
    ("{}", {"content_type": "text/plain"}, 415, "media_type", None),
    ("mentor=1", {"content_type": "application/x-www-form-urlencoded"}, 415, "media_type", None),
    ("\xff\xfe", {}, 400, "bad_request", None),
    ("{}", {"Accept": "application/xml"}, 406, "accept", None), ("[" * 100_000, {}, 400, "bad_request", None),
])  # fmt: skip
def test_a_body_that_is_not_what_was_asked_for(
    body: str, headers: dict[str, str], status: int, code: str, field: str | None, as_: As
) -> None:
    client = as_("anna")
    client.raise_request_exception = False
    fields = refused(
        send(client, "pairs/", body.encode("latin-1") if "\xff" in body else body, **headers), status, code
    )
    assert field is None or field in fields


def test_a_misspelt_field_is_told_not_left_out(pair: Pair, as_: As) -> None:
    body = {"topic": "Листы", "planned_at": clock.now(), "fromat": "online"}
    fields = refused(send(as_("boris"), f"pairs/{pair.uuid}/meetings/", body), 422, "invalid")
    assert list(fields) == ["fromat"]


@pytest.mark.parametrize(("change", "field"), [
    ({"title": ["не", "строка"]}, "title"), ({"title": "a\x00b"}, "title"), ({"title": "a\ud800b"}, "title"),
    ({"title": "я" * 151}, "title"),
    ({"starts_on": "завтра"}, "starts_on"),
    ({"starts_on": "0001-01-01"}, "starts_on"), ({"ends_on": "9999-12-31"}, "ends_on"),
    ({"goals": {}}, "goals"), ({"goals": [{"difficulty": "x"}]}, "goals.0.target"),
    ({"goals": ["цель"]}, "goals.0"), ({"activities": None}, "activities"),
    ({"difficulty_items": "method.assessment"}, "difficulty_items"),
    ({"difficulty_items": ["нет такого"]}, "difficulty_items"),
])  # fmt: skip
def test_wrong_types_are_told_at_their_field(
    change: dict[str, Any], field: str, pair: Pair, as_: As, inside: Any, school5: School
) -> None:
    with inside(school5):
        body = {**scene.text(pair), **change}
    fields = refused(
        send(as_("boris"), f"pairs/{pair.uuid}/programmes/", body),
        422,
        next(iter({"difficulties"} if "нет такого" in str(change) else {"invalid"})),
    )
    assert field in fields, fields


@pytest.mark.parametrize("number", [10**30, -1, 1.5, "много", 21])
def test_a_number_out_of_all_bounds(number: Any, pair: Pair, as_: As, inside: Any, school5: School) -> None:
    with inside(school5):
        body = scene.text(pair)
        body["activities"][0]["goal_number"] = number
    assert "activities.0.goal_number" in refused(
        send(as_("boris"), f"pairs/{pair.uuid}/programmes/", body), 422, "invalid"
    )


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "вчера", "2026-02-30T10:00:00Z", 7, None]
)
def test_a_moment_that_no_calendar_has(moment: Any, pair: Pair, as_: As) -> None:
    assert "planned_at" in refused(
        send(as_("boris"), f"pairs/{pair.uuid}/meetings/", {"topic": "Листы", "planned_at": moment}),
        422,
        "invalid",
    )


@pytest.mark.parametrize(("match", "status", "code"), [
    (None, 428, "version_wanted"),
    ("", 428, "version_wanted"), ('"1"', 409, "stale"), ('W/"1"', 409, "stale"), ("²", 409, "stale"),
    ("9" * 5000, 409, "stale"), ("*", 409, "stale"),
])  # fmt: skip
def test_a_change_says_which_version_it_was_made_from(
    match: str | None, status: int, code: str, pair: Pair, as_: As
) -> None:
    headers = {} if match is None else {"If-Match": match}
    answer = send(
        as_("zhanna"), f"pairs/{pair.uuid}/moves/", {"verb": "suspend", "comment": "болезнь"}, **headers
    )
    refused(answer, status, code)
    if code == "stale":
        assert answer["ETag"] == f'"{answer.json()["current"]["version"]}"'


def test_a_failure_of_ours_has_the_same_shape(as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "coverage", lambda: 1 / 0)
    client = as_("anna")
    client.raise_request_exception = False
    refused(client.get(ROOT + "mentoring/coverage/"), 500, "server_error")


def test_a_browser_without_the_protecting_key_writes_nothing() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(pk=BY_KEY["anna"].uuid))
    refused(send(strict, "pairs/", {}), 403, "csrf")


# ── Keys of people ──────────────────────────────────────────────────────────────────────────────────


def test_a_key_opens_its_own_place_only(key: Any, school5: School, school12: School) -> None:
    mine, citys = key("anna"), key("semyon", None)
    assert with_key(mine, ROOT + "pairs/").status_code == 200
    assert with_key(citys, "/api/v1/schools/").status_code == 200
    for secret, path in (
        (mine, "/s/12/api/v1/pairs/"),
        (mine, "/api/v1/schools/"),
        (mine, "/s/99/api/v1/pairs/"),
        (citys, ROOT + "pairs/"),
        ("est_выдумка", ROOT + "pairs/"),
    ):
        refused(with_key(secret.encode().decode("latin-1"), path), 401, "token_refused")
    assert with_key(mine, "/s/5/pairs/").status_code == 302  # pages are not opened by keys


def test_a_key_that_has_ended_is_refused(key: Any) -> None:
    secret = key("anna", days=2)
    with clock.at(clock.now() + dt.timedelta(days=3)):
        refused(with_key(secret, ROOT + "pairs/"), 401, "token_refused")
    PersonalToken.objects.update(revoked_at=clock.now())
    refused(with_key(secret, ROOT + "pairs/"), 401, "token_refused")


def test_a_key_may_no_more_than_its_person_may_now(key: Any) -> None:
    refused(with_key(key("boris"), ROOT + "mentoring/coverage/"), 403, "forbidden")
    secret = key("anna")
    Membership.objects.filter(user=BY_KEY["anna"].uuid).update(valid_to=clock.today() - dt.timedelta(days=1))
    refused(with_key(secret, ROOT + "pairs/"), 404, "not_found")
    User.objects.filter(pk=BY_KEY["boris"].uuid).update(is_active=False)
    refused(with_key(key("boris"), ROOT + "pairs/"), 401, "token_refused")


@pytest.mark.parametrize("header", ["bearer {}", "BEARER {}", "Bearer  {} "])
def test_the_word_before_a_key_is_read_as_the_standard_says(header: str, key: Any) -> None:
    assert (
        Client().get(ROOT + "me/", headers={"Authorization": header.format(key("anna"))}).status_code == 200
    )


def test_a_key_writes_without_a_browsers_protection(key: Any, pair: Pair) -> None:
    strict = Client(enforce_csrf_checks=True)
    body = {"topic": "Листы самооценки", "planned_at": clock.now()}
    assert (
        send(strict, f"pairs/{pair.uuid}/meetings/", body, Authorization=f"Bearer {key('boris')}").status_code
        == 201
    )


@pytest.mark.parametrize("person", ["anna", "wrong key"])
def test_too_many_calls_are_asked_to_wait(person: str, as_: As, settings: Any) -> None:
    settings.API_RATE_PER_MINUTE = 2
    ask = (
        (lambda: as_("anna").get(ROOT + "me/"))
        if person == "anna"
        else (lambda: with_key("est_none", ROOT + "me/"))
    )
    with time_machine.travel(clock.now(), tick=False):  # one window of a minute, however slow the machine
        last = [ask() for _ in range(3)][-1]
    refused(last, 429, "throttled")
    assert last["Retry-After"].isdigit()


# ── Lists and reads ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("asked", "shown"), [("1", 1), ("0", 25), ("-3", 25), ("много", 25), ("1000", 100)])
def test_a_page_has_its_bounds(asked: str, shown: int, as_: As, inside: Any, school5: School) -> None:
    from portal.staff.models import Employment, Person

    with inside(school5):
        people = Person.objects.bulk_create(
            Person(last_name=f"Новая{n}", first_name="Ева", name_key=f"новая{n}", match_key=f"новая{n}")
            for n in range(110)
        )
        Employment.objects.bulk_create(Employment(person=person) for person in people)
    found = as_("anna").get(ROOT + "people/", {"page_size": asked}).json()
    assert (len(found["results"]), found["count"] > 110) == (shown, True)


def _fields(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {*value, *(name for inner in value.values() for name in _fields(inner))}
    return {name for inner in value for name in _fields(inner)} if isinstance(value, list) else set()


NUMBERED_IN_THE_PLAN = {"pair_work_api:activity_mark"}


@pytest.mark.parametrize(
    ("contour", "module", "person"),
    [("/s/5", "config.urls_school", "anna"), ("", "config.urls_city", "semyon")],
)
def test_only_uuids_leave(contour: str, module: str, person: str, pair: Pair, as_: As) -> None:
    """No address takes and no answer carries the numbers of rows; a deed has its number in the plan."""
    client, seen = as_(person), set()
    for name, path in addresses(module).items():
        if name.split(":")[0].endswith("_api"):
            bare = path.removeprefix("/api/v1")
            assert name in NUMBERED_IN_THE_PLAN or not re.search(r"/\d+/", bare), name
            answer = client.get(contour + path)
            seen |= _fields(answer.json()) if answer.status_code == 200 else set()
    assert seen
    assert not seen & {"id", "pk"}


READS = ("pair-consents/", "meetings/", "personal-consents/", "disclosure/", "next-steps/")


@pytest.mark.parametrize("path", READS)
def test_reads_of_the_journey_answer_their_people(path: str, pair: Pair, as_: As) -> None:
    assert as_("anna").get(ROOT + path).status_code == 200
    assert as_("gleb").get(ROOT + path).status_code == 404
    assert as_("").get(ROOT + path).status_code == 401


def test_consents_are_read_by_their_people(pair: Pair, as_: As, inside: Any, school5: School) -> None:
    assert as_("anna").get(ROOT + "pair-consents/").json()["count"] == 2
    own = as_("vera").get(ROOT + "pair-consents/").json()["results"]
    assert [(row["person"]["uuid"], "private_reason" in row) for row in own] == [
        (str(BY_KEY["vera"].person), False)
    ]
    one = f"pair-consents/{own[0]['uuid']}/"
    answer = as_("vera").get(ROOT + one)
    assert (answer.json()["state"], answer["ETag"]) == ("given", f'"{answer.json()["version"]}"')
    refused(as_("boris").get(ROOT + one), 404, "not_found")
    kept = as_("anna").get(ROOT + "personal-consents/").json()["results"][0]
    assert as_("boris").get(ROOT + f"personal-consents/{kept['uuid']}/").json()["kind"] == "processing"
    refused(as_("vera").get(ROOT + f"personal-consents/{kept['uuid']}/"), 404, "not_found")


def test_a_repeat_gives_the_first_answer_with_its_etag(pair: Pair, as_: As) -> None:
    body, word = {"topic": "Листы самооценки", "planned_at": clock.now()}, uuid4().hex
    first, again = (
        send(as_("boris"), f"pairs/{pair.uuid}/meetings/", body, **{"Idempotency-Key": word})
        for _ in range(2)
    )
    assert (first.status_code, first.json(), first["ETag"]) == (
        again.status_code,
        again.json(),
        again["ETag"],
    )


@pytest.mark.parametrize("word", ["🦊" * 300, "x" * 5000, " "])
def test_an_odd_repeat_key_is_a_key(word: str, pair: Pair, as_: As) -> None:
    body = {"topic": "Листы самооценки", "planned_at": clock.now()}
    answers = [
        send(
            as_("boris"),
            f"pairs/{pair.uuid}/meetings/",
            body,
            **{"Idempotency-Key": word.encode().decode("latin-1")},
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
