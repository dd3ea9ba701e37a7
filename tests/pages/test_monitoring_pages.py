"""The school's form by its pages, and «что и когда уходит из школы»."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from portal.core import clock
from portal.core.current_contour import record_model
from portal.monitoring import indicators as counting
from portal.monitoring import services
from portal.monitoring.models import FlowSeen, SchoolForm
from portal.monitoring.states import FormState
from portal.municipality.letters import OpenedCampaign
from tenants.context import in_school
from tenants.models import School

SignIn = Callable[[str], Client]
COUNTED = {
    "young_covered": 6,
    "young_total": 7,
    "involved": 20,
    "workers": 40,
    "active_pairs": 5,
    "pairs_by_form": {"teacher_teacher": 5},
    "in_school_bank": 3,
    "published": 1,
}


@pytest.fixture
def form(school5: School, monkeypatch: pytest.MonkeyPatch) -> SchoolForm:
    monkeypatch.setattr(counting, "sources", lambda: dict(COUNTED))
    with in_school(school5):
        letter = OpenedCampaign(
            campaign=uuid4(), title="Кадровый срез", year=2026, indicators=["A01", "R04"], due=clock.today()
        )
        return services.begin_form(letter)


def test_the_journal_says_who_began_a_form(form: SchoolForm, school5: School) -> None:
    with in_school(school5):
        lines = record_model("JournalLine").objects.filter(object_uuid=form.uuid).order_by("id")
        assert lines.values_list("verb", "via").first() == ("begun", "post")


def fields(form: SchoolForm, **more: object) -> dict[str, Any]:
    filled = {
        "A01_young_covered": "6",
        "A01_young_total": "7",
        "A01_explanation": "",
        "R04_in_school_bank": "3",
        "R04_published": "1",
        "R04_explanation": "",
    }
    return {**filled, "version": str(form.version), **more}


def overdue(school: School) -> None:
    with in_school(school):
        SchoolForm.objects.update(due_on=clock.today() - dt.timedelta(days=1))


def stored(school: School) -> SchoolForm:
    with in_school(school):
        return SchoolForm.objects.get()


def test_numbers_are_written_by_a_form_that_asks_for_words_at_the_indicator(
    form: SchoolForm, school5: School, as_: SignIn
) -> None:
    client, url = as_("anna"), f"/s/5/forms/{form.uuid}/fill/"
    page = client.get(url).content.decode().replace("\u00a0", " ")
    assert "Портал посчитал сам 2 из 2 показателей" in page
    assert "Портал посчитал: 6" in page
    refused = client.post(url, fields(form, A01_young_covered="5"))
    assert refused.status_code == 422
    assert "больше чем на 5 %" in refused.content.decode().replace("\u00a0", " ")
    assert 'value="5"' in refused.content.decode()
    assert client.post(url, fields(form, A01_young_covered="две")).status_code == 422
    assert client.post(url, fields(form, version="1")).status_code == 409
    done = client.post(
        url, fields(form, A01_young_covered="5", A01_explanation="Один человек вышел из пары вчера.")
    )
    assert (done.status_code, stored(school5).state) == (302, FormState.IN_WORK)


def test_the_principal_hands_over_once_however_often_the_button_is_pressed(
    form: SchoolForm, school5: School, as_: SignIn
) -> None:
    client, url = as_("zhanna"), f"/s/5/forms/{form.uuid}/hand-over/"
    page = client.get(url).content.decode().replace("\u00a0", " ")
    assert "Останется в школе" in page
    assert "Подписать и сдать форму" in page
    assert as_("anna").get(url).status_code == 403
    body = {"version": str(form.version), "repeat_key": "once"}
    assert [client.post(url, body).status_code for _ in range(3)] == [302, 302, 302]
    assert client.post(url, {**body, "repeat_key": "again"}).status_code == 409
    with in_school(school5):
        assert record_model("Outbox").objects.filter(kind="municipality.form_submitted").count() == 1
        assert record_model("DisclosureLine").objects.count() == 1
    assert client.get(url).status_code == 409
    assert client.get(f"/s/5/forms/{form.uuid}/fill/").status_code == 409


def test_recounting_keeps_what_people_wrote(form: SchoolForm, school5: School, as_: SignIn) -> None:
    client = as_("anna")
    words = "Один человек вышел из пары вчера."
    assert (
        client.post(
            f"/s/5/forms/{form.uuid}/fill/", fields(form, A01_young_covered="5", A01_explanation=words)
        ).status_code
        == 302
    )
    assert client.post(f"/s/5/forms/{form.uuid}/recount/", {"version": "1"}).status_code == 409
    assert client.post(f"/s/5/forms/{form.uuid}/recount/", {}).status_code == 302
    with in_school(school5):
        assert SchoolForm.objects.get().values.get(indicator="A01").declared["young_covered"] == 5


@pytest.mark.parametrize(
    ("who", "status"),
    [("zhanna", 200), ("anna", 200), ("boris", 403), ("gleb", 404), ("semyon", 404), ("", 302)],
)
def test_who_sees_the_forms_of_a_school(who: str, status: int, form: SchoolForm, as_: SignIn) -> None:
    for address in ("/s/5/forms/", "/s/5/disclosure/"):
        assert as_(who).get(address).status_code == status


def test_a_form_is_seen_by_its_page_and_only_in_its_school(
    form: SchoolForm, school5: School, as_: SignIn
) -> None:
    overdue(school5)
    page = as_("zhanna").get(f"/s/5/forms/{form.uuid}/").content.decode().replace("\u00a0", " ")
    assert "уже прошёл" in page
    assert as_("zhanna").get("/s/5/forms/").status_code == 200
    assert as_("olga").get(f"/s/12/forms/{form.uuid}/").status_code == 404
    assert as_("boris").get(f"/s/5/forms/{form.uuid}/").status_code in (403, 404)


def test_the_school_sees_what_may_leave_and_what_has_left(
    form: SchoolForm, school5: School, as_: SignIn
) -> None:
    client = as_("zhanna")
    client.post(f"/s/5/forms/{form.uuid}/hand-over/", {"version": str(form.version)})
    page = client.get("/s/5/disclosure/").content.decode().replace("\u00a0", " ")
    for words in (
        "Сколько действующих пар",
        "Форма мониторинга",
        "каждый раз передаёт человек",
        "само, как согласовано",
        "Кадровый срез, редакция 1",
        "Белова",
    ):
        assert words in page, words
    assert "Перечень прочитан" in page
    assert client.post("/s/5/disclosure/seen/", {}).status_code == 302
    assert client.post("/s/5/disclosure/seen/", {}).status_code == 302
    with in_school(school5):
        assert FlowSeen.objects.count() == 1
    assert "Перечень прочитан" not in client.get("/s/5/disclosure/").content.decode()
    assert as_("boris").post("/s/5/disclosure/seen/", {}).status_code == 403


def test_reads_of_the_api(form: SchoolForm, school5: School, as_: SignIn) -> None:
    overdue(school5)
    listed = as_("anna").get("/s/5/api/v1/forms/").json()["results"]
    assert [row["title"] for row in listed] == ["Кадровый срез"]
    read = as_("anna").get(f"/s/5/api/v1/forms/{form.uuid}/").json()
    assert read["is_overdue"] is True
    assert read["values"][0]["declared"] == {"young_covered": 6, "young_total": 7}
    assert as_("boris").get("/s/5/api/v1/forms/").status_code == 403
    assert as_("olga").get(f"/s/12/api/v1/forms/{form.uuid}/").status_code == 404
