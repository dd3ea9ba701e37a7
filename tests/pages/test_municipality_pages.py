"""The department's pages as its people meet them: each answers, forms refuse kindly, doors hide."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from portal.core import clock
from portal.municipality.models import CampaignSchool, MonitoringCampaign, ReceivedForm
from portal.municipality.requisites import inn_with_control
from portal.municipality.states import ReceivedState
from tenants.models import School, SchoolOpening, SchoolState
from tests.things import school_99

SignIn = Callable[[str], Client]
NEW: dict[str, Any] = {
    "number": "31",
    "short_name": "Лицей № 31",
    "full_name": "Лицей № 31",
    "code": "lyceum-31",
    "kind": "school",
    "inn": inn_with_control("673100031"),
}


@pytest.fixture
def draft(db: None) -> School:
    return school_99()


@pytest.fixture
def received(school5: School) -> ReceivedForm:
    campaign = MonitoringCampaign.objects.create(
        title="Кадровый срез", year=2026, indicators=["A01"], due_school=clock.today(), state="open"
    )
    CampaignSchool.objects.create(campaign=campaign, school=school5)
    values = [
        {
            "indicator": "A01",
            "counted": {"young_covered": 1, "young_total": 2},
            "declared": {"young_covered": 1, "young_total": 2},
            "explanation": "",
        }
    ]
    return ReceivedForm.objects.create(
        campaign=campaign, school=school5, form=uuid4(), revision=1, values=values, submitted_at=clock.now()
    )


@pytest.mark.parametrize(
    "address",
    [
        "/schools/",
        "/schools/new/",
        "/campaigns/",
        "/campaigns/new/",
        "/post/",
        "/schools/?export=xlsx",
        "/schools/?state=draft&q=99",
    ],
)
def test_the_specialist_opens_every_page(address: str, draft: School, as_: SignIn) -> None:
    assert as_("semyon").get(address).status_code == 200


@pytest.mark.parametrize(
    ("address", "who", "status"),
    [
        ("/schools/", "darya", 200),
        ("/schools/new/", "darya", 403),
        ("/campaigns/new/", "darya", 403),
        ("/post/", "darya", 403),
        ("/schools/", "zhanna", 403),
        ("/campaigns/", "elena", 403),
        ("/post/", "zoya", 403),
        ("/schools/", "", 302),
    ],
)
def test_who_opens_what(address: str, who: str, status: int, as_: SignIn) -> None:
    assert as_(who).get(address).status_code == status


def test_a_school_is_added_by_a_form_that_keeps_what_was_typed(as_: SignIn) -> None:
    client = as_("semyon")
    refused = client.post("/schools/new/", NEW | {"inn": "1234567890"})
    assert refused.status_code == 422
    assert "Такого ИНН не бывает" in refused.content.decode().replace("\u00a0", " ")
    assert 'value="lyceum-31"' in refused.content.decode()
    all_at_once = (
        client.post("/schools/new/", NEW | {"inn": "1234567890", "ogrn": "12", "code": "5"})
        .content.decode()
        .replace("\u00a0", " ")
    )
    assert [
        words in all_at_once
        for words in ("Такого ИНН не бывает", "Такого ОГРН не бывает", "Этот код уже у другой школы")
    ] == [True] * 3
    assert "Он пишется так: school5.example.ru" in client.post(
        "/schools/new/", NEW | {"site_url": "сайт школы"}
    ).content.decode().replace("\u00a0", " ")
    added = client.post("/schools/new/", NEW)
    assert added.status_code == 302
    school = School.objects.get(code="lyceum-31")
    assert added["Location"] == f"/schools/{school.uuid}/"


def test_a_name_stays_in_one_line(as_: SignIn) -> None:
    """It becomes the subject of letters: with a second line none of them would ever leave."""
    fields = {**NEW, "short_name": "Лицей\n№ 31", "full_name": "Муниципальный\x0bлицей\u2028№ 31\r\nгорода"}
    assert as_("semyon").post("/schools/new/", fields).status_code == 302
    made = School.objects.get(code=NEW["code"])
    assert (made.short_name, made.full_name) == ("Лицей № 31", "Муниципальный лицей № 31 города")


def test_the_way_of_a_school_by_its_page(draft: School, as_: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    from tenants import jobs

    monkeypatch.setattr(jobs, "enqueue", lambda *rest: None)
    client, home = as_("semyon"), f"/schools/{draft.uuid}/"
    assert "Записать соглашение" in client.get(home).content.decode()
    assert client.get(f"{home}agreement/").status_code == 200
    assert (
        client.post(
            f"{home}agreement/", {"agreement_number": "С-99", "agreement_on": "31.02.2026"}
        ).status_code
        == 422
    )
    agreed = {
        "agreement_number": "С-99",
        "agreement_on": "01.09.2026",
        "agreed_counters": ["employees"],
        "version": str(draft.version),
    }
    assert client.post(f"{home}agreement/", agreed).status_code == 302
    assert client.post(f"{home}agreement/", agreed).status_code == 409
    assert "Открыть школу" in client.get(home).content.decode()
    assert client.post(f"{home}opening/", {}).status_code == 302
    mine, others = client.get(home).content.decode(), as_("darya").get(home).content.decode()
    assert "hx-get" in mine
    assert "every 1s" not in others
    assert "<progress" in others
    SchoolOpening.objects.filter(school=draft).update(finished_at=clock.now())
    School.objects.filter(pk=draft.pk).update(state=SchoolState.SCHEMA_CREATED)
    assert client.get(f"{home}progress/")["HX-Redirect"] == home
    assert "ход за Управлением: пригласить директора" in client.get(home).content.decode().replace(
        "\u00a0", " "
    )
    assert client.get(f"{home}principal/").status_code == 200
    assert client.post(f"{home}principal/", {"name": "Комарова И. Л.", "email": "нет"}).status_code == 422
    assert (
        client.post(
            f"{home}principal/", {"name": "Комарова И. Л.", "email": "k@school99.example"}
        ).status_code
        == 302
    )
    assert "ход за директором: принять приглашение" in client.get(home).content.decode().replace(
        "\u00a0", " "
    )


def test_moves_want_a_reason_and_a_fresh_page(school5: School, as_: SignIn) -> None:
    client, url = as_("semyon"), f"/schools/{school5.uuid}/moves/"
    assert client.post(url, {"verb": "suspend", "version": "999", "comment": "ремонт"}).status_code == 409
    assert client.post(url, {"verb": "open"}).status_code >= 400
    assert client.post(url, {"verb": "nonsense"}).status_code == 409
    assert as_("darya").post(url, {"verb": "suspend", "comment": "ремонт"}).status_code == 403
    assert client.post(url, {"verb": "suspend", "comment": "ремонт"}).status_code == 302


def test_a_campaign_by_its_pages(as_: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    from tenants import jobs

    queued: list[str] = []
    monkeypatch.setattr(jobs, "enqueue", lambda job, *rest: queued.append(job.name))
    client, today = as_("semyon"), clock.today()
    fields = {
        "title": "Срез",
        "indicators": ["A01"],
        "open_from": f"{today:%d.%m.%Y}",
        "due_school": f"{today - dt.timedelta(days=1):%d.%m.%Y}",
    }
    assert client.post("/campaigns/new/", fields).status_code == 422
    made = client.post("/campaigns/new/", fields | {"due_school": f"{today:%d.%m.%Y}"})
    assert made.status_code == 302
    assert "Школы ещё не знают" in client.get(made["Location"]).content.decode().replace("\u00a0", " ")
    assert client.post(f"{made['Location']}moves/", {"verb": "open"}).status_code == 302
    assert queued == ["municipality.send_campaign"]
    assert client.get(made["Location"]).status_code == 200


def test_a_form_is_returned_with_words_or_accepted(received: ReceivedForm, as_: SignIn) -> None:
    client, url = as_("semyon"), f"/received-forms/{received.uuid}/"
    assert "Принять форму" in client.get(url).content.decode()
    assert as_("zhanna").get(url).status_code == 404
    assert client.post(url, {"verb": "return", "comment": ""}).status_code == 422
    assert client.post(url, {"verb": "accept", "version": str(received.version)}).status_code == 302
    received.refresh_from_db()
    assert received.state == ReceivedState.ACCEPTED
    assert client.post(url, {"verb": "return", "comment": "поздно"}).status_code == 409
    assert "Форма принята" in client.get(url).content.decode()


@pytest.mark.parametrize("address", ["schools", "campaigns", "received-forms", "counters"])
def test_reads_of_the_api(address: str, received: ReceivedForm, as_: SignIn) -> None:
    answer = as_("semyon").get(f"/api/v1/{address}/")
    assert answer.status_code == 200
    assert "results" in answer.json()
    assert as_("zhanna").get(f"/api/v1/{address}/").json()["error"]["code"] == "forbidden"


def test_single_reads_of_the_api_and_their_doors(received: ReceivedForm, as_: SignIn) -> None:
    addresses = [
        f"schools/{received.school.uuid}",
        f"campaigns/{received.campaign.uuid}",
        f"received-forms/{received.uuid}",
    ]
    for address in addresses:
        assert as_("semyon").get(f"/api/v1/{address}/").status_code == 200
        assert as_("zhanna").get(f"/api/v1/{address}/").status_code == 404
