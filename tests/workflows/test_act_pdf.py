"""The PDF of the Положение is made by a job, kept, and made once for an edition."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.core.actor import Actor
from portal.core.errors import Unavailable
from portal.documents import word_pdf
from portal.local_acts import printing, services
from portal.local_acts.models import ActPdf, LocalAct
from portal.school_records.models import Outbox
from tenants.models import School

Acting = Callable[..., Actor]


@pytest.fixture
def act(school5: School, inside: Any, actor: Acting) -> LocalAct:
    with inside(school5):
        return services.load_municipal_act(by=actor("zhanna"))


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A LibreOffice of the test: notes each conversion."""
    made: list[int] = []

    def convert(content: bytes, **_: Any) -> bytes:
        made.append(len(content))
        return b"%PDF-1.7 printed"

    monkeypatch.setattr(word_pdf, "available", lambda: True)
    monkeypatch.setattr(word_pdf, "convert", convert)
    return made


def post(client: Client, url: str) -> Any:
    return client.post(url, {"repeat_key": str(uuid.uuid4())})


def test_it_is_asked_for_made_in_the_background_and_downloaded(
    act: LocalAct,
    office: list[int],
    school5: School,
    inside: Any,
    actor: Acting,
    as_: Callable[[str], Client],
) -> None:
    zhanna, url = as_("zhanna"), f"/s/5/acts/{act.uuid}/pdf/"
    assert zhanna.get(url).status_code == 404
    assert [post(zhanna, url).status_code for _ in range(2)] == [302, 302]
    assert office == []
    progress = zhanna.get(url).content.decode()
    assert "<progress" in progress
    assert "hx-get" in progress
    assert zhanna.get(f"{url}file/").status_code == 404
    with inside(school5):
        jobs = Outbox.objects.filter(kind="job", payload__job="local_acts.make_pdf")
        assert jobs.count() == 1
        for _ in range(2):
            printing.make_pdf(by=actor("zhanna"), **jobs.get().payload["arguments"])
    assert len(office) == 1
    assert zhanna.get(url, headers={"HX-Request": "true"}).headers["HX-Redirect"] == url
    assert b"".join(zhanna.get(f"{url}file/").streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert f"/acts/{act.uuid}/pdf/file/" in zhanna.get(f"/s/5/acts/{act.uuid}/").content.decode()
    assert as_("vera").get(f"{url}file/").status_code == 404
    with inside(school5):
        other = LocalAct.objects.create(title="Прежнее Положение", state="repealed")
        LocalAct.objects.filter(pk=other.pk).update(version=LocalAct.objects.get(pk=act.pk).version)
    assert zhanna.get(f"/s/5/acts/{other.uuid}/pdf/file/").status_code == 404, "the PDF is of this very act"
    with inside(school5):
        LocalAct.objects.get(pk=act.pk).save_change()
    assert zhanna.get(f"{url}file/").status_code == 404, "and of its text as it is now"


def test_what_failed_is_said_kindly_and_may_be_tried_again(
    act: LocalAct,
    school5: School,
    inside: Any,
    actor: Acting,
    office: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(content: bytes, **_: Any) -> bytes:
        raise Unavailable("word_pdf_failed", "Не получилось сделать PDF. Скачайте файл Word.")

    zhanna = actor("zhanna")
    with inside(school5):
        asked = printing.ask_for_pdf(act, by=zhanna)
        monkeypatch.setattr(word_pdf, "convert", fail)
        printing.make_pdf(by=zhanna, pdf_uuid=str(asked.uuid))
        assert ActPdf.objects.get().trouble == "Не получилось сделать PDF. Скачайте файл Word."
        again = printing.ask_for_pdf(act, by=zhanna)
        assert (again.pk, again.is_waiting, Outbox.objects.filter(kind="job").count()) == (asked.pk, True, 2)


def test_where_there_is_no_libreoffice_it_is_not_offered(
    act: LocalAct, monkeypatch: pytest.MonkeyPatch, as_: Callable[[str], Client]
) -> None:
    monkeypatch.setattr(word_pdf, "available", lambda: False)
    zhanna, url = as_("zhanna"), f"/s/5/acts/{act.uuid}/"
    text = zhanna.get(url).content.decode().replace("\xa0", " ")
    assert "PDF на этом сервере не делается" in text
    assert "Сделать PDF" not in text
    assert post(zhanna, f"{url}pdf/").status_code == 503
