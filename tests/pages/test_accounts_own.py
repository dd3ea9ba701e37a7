"""What is mine: keys, notices, own data, the switch; the letters really leave by SMTP."""

import datetime as dt
import email
import email.policy
import re
from collections.abc import Callable
from contextlib import closing
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal import notify
from portal.accounts import services
from portal.accounts.models import PersonalToken, User
from portal.core import clock
from portal.core.actor import Actor
from portal.municipality.background import invite_principal_by_mail
from tenants.models import School
from tests.cast import BY_KEY
from tests.markup import squeezed
from tests.post_office import Caught, post_office

__all__ = ["post_office"]

AsPerson = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _nothing_counted(db: None) -> None:
    cache.clear()


def text_of(answer: Any) -> str:
    return str(answer.content.decode().replace("\xa0", " "))


def issue(client: Client, place: str, **fields: str) -> Any:
    return client.post(
        "/keys/",
        {"purpose": "выгрузка встреч", "place": place, "days": "30", "repeat_key": uuid4().hex, **fields},
    )


def api(path: str, secret: str) -> Any:
    return Client().get(path, headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture
def secret(as_: AsPerson, school5: School) -> str:
    client = as_("anna")
    assert issue(client, str(school5.uuid)).status_code == 302
    return str(re.search(r"est_[\w-]+", text_of(client.get("/keys/")))[0])  # type: ignore[index]


def test_a_key_is_shown_once_and_opens_its_own_place_only(secret: str, as_: AsPerson) -> None:
    assert secret not in text_of(as_("anna").get("/keys/"))
    mine = api("/s/5/api/v1/me/", secret)
    assert (mine.status_code, mine.json()["via"]) == (200, "token")
    assert {m["office"] for m in mine.json()["memberships"]} == {"curator", "teacher"}
    for path in ("/s/12/api/v1/me/", "/api/v1/me/"):
        refused = api(path, secret)
        assert (refused.status_code, refused.json()["error"]["code"]) == (401, "token_refused")
    assert Client().get("/s/5/me/", headers={"Authorization": f"Bearer {secret}"}).status_code == 302


def test_a_key_ends_by_time_and_by_revoking(secret: str, as_: AsPerson) -> None:
    with clock.at(clock.now() + dt.timedelta(days=31)):
        assert api("/s/5/api/v1/me/", secret).status_code == 401
    key = PersonalToken.objects.get(user=BY_KEY["anna"].uuid)
    assert as_("boris").post(f"/keys/{key.uuid}/revoke/", {"repeat_key": "x"}).status_code == 404
    assert api("/s/5/api/v1/me/", secret).status_code == 200
    as_("anna").post(f"/keys/{key.uuid}/revoke/", {"repeat_key": "y"})
    assert api("/s/5/api/v1/me/", secret).status_code == 401


def test_a_key_needs_a_purpose_a_sensible_end_and_an_own_place(
    as_: AsPerson, school12: School, school5: School
) -> None:
    anna = as_("anna")
    assert issue(anna, str(school5.uuid), purpose="да").status_code == 422
    assert issue(anna, str(school5.uuid), days="400").status_code == 422
    assert issue(anna, str(school12.uuid)).status_code == 422
    assert PersonalToken.objects.count() == 0


def test_the_api_without_a_person_answers_401_in_its_shape() -> None:
    for path in ("/api/v1/me/", "/s/5/api/v1/me/"):
        answer = Client().get(path)
        assert (answer.status_code, answer.json()["error"]["code"], answer["WWW-Authenticate"]) == (
            401,
            "sign_in",
            "Bearer",
        )


def test_too_many_calls_of_the_api_are_slowed_down(as_: AsPerson, settings: Any) -> None:
    settings.API_RATE_PER_MINUTE = 3
    anna = as_("anna")
    answers = [anna.get("/s/5/api/v1/me/") for _ in range(7)]
    assert answers[0].status_code == 200
    assert (answers[-1].status_code, answers[-1].json()["error"]["code"], answers[-1]["Retry-After"]) == (
        429,
        "throttled",
        "60",
    )


def test_a_write_of_the_api_from_a_browser_needs_the_csrf_key() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(pk=BY_KEY["anna"].uuid))
    assert strict.post("/s/5/api/v1/me/", {}, content_type="application/json").status_code == 403


def test_the_api_is_described_and_browsable() -> None:
    page = Client().get("/api/docs/")
    assert page.status_code == 200
    assert "script-src 'self'" in page["Content-Security-Policy"].split("; "), "directives come in any order"
    assert Client().get("/api/docs/start.js").status_code == 200
    with closing(Client().get("/api/schema/")) as schema:
        assert b"openapi: 3.1" in b"".join(schema.streaming_content)  # type: ignore[attr-defined]


def test_notices_wait_are_counted_and_read(
    as_: AsPerson, school5: School, inside: Callable[[School], Any]
) -> None:
    boris = as_("boris")
    assert "Уведомлений пока нет" in text_of(boris.get("/s/5/notices/"))
    with inside(school5):
        notify.tell([BY_KEY["boris"].uuid], "pair.proposed", "Вас предлагают в наставники", "/s/5/pairs/")
    assert '<span class="count">1</span>' in squeezed(text_of(boris.get("/s/5/")))
    assert "Вас предлагают в наставники" in text_of(boris.get("/s/5/notices/"))
    assert "Вас предлагают в наставники" not in text_of(as_("vera").get("/s/5/notices/"))
    assert boris.post("/s/5/notices/", {"repeat_key": "a"}).status_code == 302
    assert "Отметить всё" not in text_of(boris.get("/s/5/notices/"))


def test_a_person_sees_who_looked_at_their_data(as_: AsPerson) -> None:
    assert "ещё никто не открывал" in text_of(as_("vera").get("/s/5/me/"))
    assert as_("anna").get(f"/s/5/people/{BY_KEY['vera'].person}/").status_code == 200
    looked = text_of(as_("vera").get("/s/5/me/"))
    assert "Мельникова А. В." in looked
    assert f"/s/5/people/{BY_KEY['vera'].person}/" in looked
    assert "Мельникова А. В." not in text_of(as_("lev").get("/s/5/me/")).split('<h2 id="h-looked"')[1]
    assert as_("darya").get("/me/").status_code == 200


def test_choosing_an_office_changes_the_home_and_no_rights(as_: AsPerson, school12: School) -> None:
    services.begin_membership(
        User.objects.get(pk=BY_KEY["semyon"].uuid),
        school12,
        "teacher",
        basis="совместительство",
        by=Actor.system(),
    )
    semyon = as_("semyon")
    assert semyon.get("/").status_code == 200
    shown = text_of(semyon.get("/places/"))
    assert "вы здесь" in shown
    teaching, *others = re.findall(
        r'<button type="submit" name="membership" value="([0-9a-f-]+)"', shown.split("<main")[1]
    )
    assert others == [], "one is already where the other office is"
    assert (
        semyon.post("/places/", {"membership": teaching, "repeat_key": uuid4().hex})["Location"] == "/s/12/"
    )
    assert semyon.get("/")["Location"] == "/s/12/"
    assert semyon.get("/schools/").status_code == 200
    assert semyon.post("/places/", {"membership": str(uuid4()), "repeat_key": "z"}).status_code == 404


@pytest.mark.parametrize("path", ["/help/", "/personal-data/", "/accessibility/"])
def test_pages_about_the_portal_are_open_to_everybody(path: str, as_: AsPerson) -> None:
    for key in ("", "boris", "zoya"):
        answer = as_(key).get(path)
        assert answer.status_code == 200
        assert text_of(answer).count("<h1") == 1


def test_the_look_follows_the_person_to_another_device(as_: AsPerson) -> None:
    as_("boris").post("/ui/prefs/", {"vision": "white-on-black", "size": "150", "repeat_key": "a"})
    assert 'data-vision="white-on-black"' in text_of(as_("boris").get("/s/5/"))
    assert "data-vision" not in text_of(as_("vera").get("/s/5/"))


def test_the_frame_asks_the_same_number_of_questions_for_3_and_30_notices(
    as_: AsPerson, school5: School, inside: Callable[[School], Any]
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            as_("boris").get("/s/5/notices/")
        return len(caught)

    with inside(school5):
        notify.tell([BY_KEY["boris"].uuid] * 3, "a", "три")
    as_("boris").get("/s/5/notices/")
    few = count()
    with inside(school5):
        notify.tell([BY_KEY["boris"].uuid] * 27, "a", "тридцать")
    assert count() == few


def test_an_invitation_really_leaves_by_smtp_and_opens_the_school(
    post_office: Caught, school5: School
) -> None:
    School.objects.filter(pk=school5.pk).update(state="schema_created", principal_email="new@school.example")
    invite_principal_by_mail(by=Actor.system(), school_uuid=str(school5.uuid))
    [(to, raw)] = post_office.letters
    letter = email.message_from_string(raw, policy=email.policy.default)
    assert (to, "Школа № 5" in str(letter["Subject"])) == (["new@school.example"], True)
    body = letter.get_body().get_content()  # type: ignore[union-attr]
    link = re.search(r"http://testserver(/invitation/[\w-]+/)", body)
    assert link is not None
    assert "Школа № 5" in text_of(Client().get(link[1], follow=True))


def test_own_data_lead_to_the_own_card_and_say_in_words_who_looked_where(
    as_: Callable[[str], Client], school5: School
) -> None:
    card = f"/s/5/people/{BY_KEY['boris'].person}/"
    assert as_("anna").get(card).status_code == 200
    page = squeezed(as_("boris").get("/s/5/me/").content.decode())
    assert f'href="{card}"' in page
    assert re.search(r"Мельникова.{1,20}В\.</td><td[^>]*>сотрудники<", page, re.S)
    assert "/people/" not in page.replace(card, "")
