"""T-27: certificates of authors and experts: issued by themselves, once, revoked; what they do not tell."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from best_practices.certifying import certify_expert, certify_experts, judged
from best_practices.models import Practice, Review
from best_practices.workflow import PRACTICE
from portal.accounts.models import Membership
from portal.certificates import services
from portal.certificates.background import print_certificate
from portal.certificates.models import Certificate
from portal.certificates.workflow import CERTIFICATE
from portal.city_records.models import JournalLine, Notice, ReadLine, StoredFile
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden
from portal.core.school_year import SchoolYear
from tests.cast import BY_KEY
from tests.practices.offered import came
from tests.queued import do_queued
from tests.workflows import test_city_practice_scenarios as scene
from tests.workflows.practice_scenes import content, sheet
from tests.workflows.test_city_practice_scenarios import in_city_as

__all__ = ["in_city_as"]
AsPerson = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("in_city_as")
AUTHORS = ("Кравцов Борис Ильич", "Соколова Вера Андреевна")


def recommended(*authors: str) -> Practice:
    practice = came(content(), authors=authors or AUTHORS[:1])
    PRACTICE.move(practice, "receive", by=scene.official("darya"))
    scene.experts("nina", "pavel")(practice)
    PRACTICE.move(practice, "start_review", by=scene.official("darya"))
    scene.sheets(nina=sheet(8), pavel=sheet(8))(practice)
    Review.objects.filter(practice=practice).update(submitted_at=clock.now())
    return PRACTICE.move(practice, "recommend", by=scene.official("darya"))


def published(*authors: str) -> Practice:
    return PRACTICE.move(recommended(*authors), "publish", by=scene.official("semyon"))


def text_of(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


@pytest.mark.covers("T-27")
def test_each_author_gets_one_when_the_practice_is_published(as_: AsPerson) -> None:
    practice = published(*AUTHORS)
    boris, vera = Certificate.objects.order_by("pk")
    assert [one.holder for one in (boris, vera)] == [BY_KEY[key].uuid for key in ("boris", "vera")]
    assert (boris.name, boris.name_dative) == ("Кравцов Борис Ильич", "Кравцову Борису Ильичу")
    assert practice.title in boris.deed
    assert practice.code in boris.deed
    assert (boris.number, vera.number) == (f"{clock.today().year}-0001", f"{clock.today().year}-0002")
    assert boris.code != vera.code
    assert (boris.signer_post, boris.signer_name) == ("Специалист Управления", "С. А. Воронов")
    assert Notice.objects.filter(recipient=BY_KEY["boris"].uuid, code="certificate:issued").count() == 1
    page = as_("boris").get("/me/certificates/").content.decode()
    assert boris.number in page
    assert vera.number not in page
    said = text_of(as_("boris").get(f"/certificates/{boris.uuid}/pdf/"))
    for words in ("Кравцову Борису Ильичу", boris.number, boris.spaced_code, boris.signer_name):
        assert words in said.replace("\u00a0", " ")


def test_published_again_gives_no_second_one_and_a_revoked_one_does_not_come_back() -> None:
    practice = published(*AUTHORS)
    CERTIFICATE.move(
        Certificate.objects.earliest("pk"), "revoke", by=scene.official("darya"), comment="Текст чужой"
    )
    Practice.objects.filter(pk=practice.pk).update(state="recommended", title="Название поправили")
    PRACTICE.move(Practice.objects.get(), "publish", by=scene.official("semyon"))
    assert [(one.name, one.state) for one in Certificate.objects.order_by("pk")] == [
        (AUTHORS[0], "revoked"),
        (AUTHORS[1], "valid"),
    ]


def test_a_practice_taken_off_leaves_the_certificate() -> None:
    practice = published()
    PRACTICE.move(practice, "archive", by=scene.official("semyon"), comment="Устарела")
    assert Certificate.objects.get().is_valid, "the practice was published: what the paper says is still true"


def test_a_name_that_nobody_can_decline_stands_as_it_is(as_: AsPerson) -> None:
    names = ("Шевчук Саша", "ван дер Берг Анна Мария Луиза")
    practice = published(*names)
    rows = list(Certificate.objects.order_by("pk"))
    assert [one.name for one in rows] == list(names)
    assert practice.author_people == []
    assert [one.holder for one in rows] == [None, None]
    for one in rows:
        said = text_of(as_("darya").get(f"/certificates/{one.uuid}/pdf/"))
        assert one.name in said
        assert "владелец" in said
        assert "выдан" not in said.lower()


def test_whoever_joins_later_finds_it_and_whoever_leaves_keeps_it(as_: AsPerson) -> None:
    Membership.objects.filter(user=BY_KEY["vera"].uuid).update(person=None)
    published(AUTHORS[1])
    assert Certificate.objects.get().holder is None
    services.give_to_accounts(Actor.system())
    assert Certificate.objects.get().holder is None
    Membership.objects.filter(user=BY_KEY["vera"].uuid).update(person=BY_KEY["vera"].person)
    for _ in range(2):
        services.give_to_accounts(Actor.system())
    assert Certificate.objects.get().holder == BY_KEY["vera"].uuid
    assert Notice.objects.filter(recipient=BY_KEY["vera"].uuid, code="certificate:issued").count() == 1
    Membership.objects.filter(user=BY_KEY["vera"].uuid).update(valid_to=clock.today() - dt.timedelta(days=1))
    assert Certificate.objects.get().number in as_("vera").get("/me/certificates/").content.decode()


def test_the_paper_is_printed_once_and_stays_as_it_was(as_: AsPerson) -> None:
    published()
    do_queued("certificates.print")
    made = Certificate.objects.select_related("file").get()
    assert made.file is not None
    kept: Any = as_("boris").get(f"/certificates/{made.uuid}/pdf/")
    first = b"".join(kept.streaming_content)
    Certificate.objects.update(deed="за другое")
    print_certificate(by=Actor.system(), certificate_uuid=str(made.uuid))
    again: Any = as_("boris").get(f"/certificates/{made.uuid}/pdf/")
    assert b"".join(again.streaming_content) == first
    assert StoredFile.objects.filter(media_type="application/pdf").count() == 1
    assert "attachment" in again["Content-Disposition"]


# ── Experts ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.covers("T-27")
def test_an_expert_takes_the_certificate_of_the_year_and_it_grows(as_: AsPerson) -> None:
    nina, year = as_("nina"), SchoolYear.current()
    assert "Получить сейчас" not in nina.get("/me/certificates/").content.decode()
    assert nina.post("/me/expert/certificate/").status_code == 403, "she was never asked to judge"
    recommended()
    Practice.objects.update(decided_on=None)
    assert nina.post("/me/expert/certificate/").status_code == 409, "nothing was decided by her sheet"
    Practice.objects.update(decided_on=clock.today())
    assert "1 экспертный лист" in nina.get("/me/certificates/").content.decode()
    for _ in range(2):
        assert nina.post("/me/expert/certificate/").status_code == 302
    first = Certificate.objects.get()
    assert first.deed == f"за экспертизу практик наставничества: 1 экспертный лист в {year} учебном году"
    assert "Получить сейчас" not in nina.get("/me/certificates/").content.decode()
    recommended()
    nina.post("/me/expert/certificate/")
    former, new = Certificate.objects.order_by("pk")
    assert (former.state, new.state) == ("replaced", "valid")
    assert "2 экспертных листа" in new.deed
    CERTIFICATE.move(new, "revoke", by=scene.official("darya"), comment="Листы писал другой человек")
    assert "Получить сейчас" not in nina.get("/me/certificates/").content.decode()
    assert nina.post("/me/expert/certificate/").status_code == 409
    recommended()
    assert nina.post("/me/expert/certificate/").status_code == 409


def test_a_sheet_counts_once_its_practice_is_decided_about() -> None:
    practice, year = recommended(), SchoolYear.current()
    assert judged(year).count() == 2
    Practice.objects.update(decided_on=None)
    assert judged(year).count() == 0
    with pytest.raises(Conflict):
        certify_expert(BY_KEY["nina"].uuid, year, by=Actor.system())
    Practice.objects.update(revision=practice.revision + 1)
    assert judged(year).count() == 2, "a new version has come: the former was decided about"
    Review.objects.filter(expert=BY_KEY["nina"].uuid).update(state="withdrawn")
    assert judged(year).count() == 1
    assert judged(SchoolYear(year.first - 1)).count() == 0


def test_after_the_year_it_comes_by_itself() -> None:
    recommended()
    year = SchoolYear.current()
    with clock.at(dt.datetime(year.first + 1, 8, 30, 12, tzinfo=dt.UTC)):
        certify_experts(Actor.system())
        assert not Certificate.objects.exists()
    with clock.at(dt.datetime(year.first + 1, 9, 2, 12, tzinfo=dt.UTC)):
        for _ in range(2):
            certify_experts(Actor.system())
    issued = Certificate.objects.order_by("pk")
    assert {one.holder for one in issued} == {BY_KEY[key].uuid for key in ("nina", "pavel")}
    CERTIFICATE.move(issued[0], "revoke", by=scene.official("darya"), comment="Листы писал другой человек")
    recommended()
    with clock.at(dt.datetime(year.first + 1, 9, 3, 12, tzinfo=dt.UTC)):
        certify_experts(Actor.system())
    assert sorted(one.state for one in Certificate.objects.all()) == ["replaced", "revoked", "valid"]


@pytest.mark.covers("SM-10.publish")
def test_an_experts_certificate_tells_nobody_whose_practice_it_was(as_: AsPerson) -> None:
    practice = published(*AUTHORS)
    as_("nina").post("/me/expert/certificate/")
    hers = Certificate.objects.get(kind="expert")
    pages = [
        as_("nina").get(f"/certificates/{hers.uuid}/").content.decode(),
        Client().get(f"/verify/{hers.spaced_code}/").content.decode(),
        text_of(as_("nina").get(f"/certificates/{hers.uuid}/pdf/")),
        hers.ground,
    ]
    names = (practice.title, practice.code, str(practice.uuid), practice.school.short_name, *AUTHORS)
    assert not [name for page in pages for name in names if name in page]
    told = Notice.objects.filter(recipient=BY_KEY["boris"].uuid).values_list("text", "url")
    shown = as_("boris").get("/me/certificates/").content.decode() + str(list(told))
    assert BY_KEY["nina"].last_name not in shown
    assert hers.number not in shown
    for where in (f"/certificates/{hers.uuid}/", f"/certificates/{hers.uuid}/pdf/"):
        assert as_("boris").get(where).status_code == 404


# ── Revoking, the register ──────────────────────────────────────────────────────────────────────────


def test_the_methodist_revokes_with_a_reason_that_anybody_reads(as_: AsPerson) -> None:
    published()
    found = Certificate.objects.get()
    where = f"/certificates/{found.uuid}/"
    press = {"verb": "revoke", "version": found.version, "comment": "Текст взят из чужой статьи"}
    assert as_("semyon").post(f"{where}move/", press).status_code == 403
    assert as_("boris").post(f"{where}move/", press).status_code == 403
    assert as_("darya").post(f"{where}move/", {**press, "comment": " "}).status_code == 422
    assert as_("darya").post(f"{where}move/", press).status_code == 302
    found.refresh_from_db()
    assert (found.state, found.revoked_on) == ("revoked", clock.today())
    told = Notice.objects.get(recipient=BY_KEY["boris"].uuid, code="certificate:revoke")
    assert "Текст взят из чужой статьи" in told.text
    checked = Client().get(f"/verify/{found.code}/").content.decode().replace("\u00a0", " ")
    assert "Текст взят из чужой статьи" in checked
    line = JournalLine.objects.get(object_uuid=found.uuid, verb="revoke")
    assert (line.actor, line.comment) == (BY_KEY["darya"].uuid, "Текст взят из чужой статьи")
    with pytest.raises(Conflict):
        CERTIFICATE.move(found, "revoke", by=scene.official("darya"), comment="ещё раз")


def test_the_register_is_the_citys(as_: AsPerson) -> None:
    published(*AUTHORS)
    assert as_("zhanna").get("/certificates/").status_code == 403
    page = as_("elena").get("/certificates/").content.decode()
    assert all(name in page.replace("\u00a0", " ") for name in AUTHORS)
    first = Certificate.objects.earliest("pk")
    for asked in (first.number, first.spaced_code, first.code.lower(), "кравцов"):
        found = as_("darya").get("/certificates/", {"q": asked}).content.decode().replace("\u00a0", " ")
        assert AUTHORS[0] in found, asked
        assert AUTHORS[1] not in found, asked
    assert ReadLine.objects.filter(subjects__contains=[BY_KEY["boris"].uuid]).exists()


@pytest.mark.covers("T-27")
def test_the_api_lists_reads_and_revokes(as_: AsPerson) -> None:
    published()
    own = as_("boris").get("/api/v1/me/certificates/").json()["results"]
    assert [one["name"] for one in own] == ["Кравцов Борис Ильич"]
    where = f"/api/v1/certificates/{own[0]['uuid']}/"
    assert own[0]["address"].endswith(f"/verify/{own[0]['code']}/")
    assert "holder" not in own[0]
    assert as_("boris").get("/api/v1/certificates/").status_code == 403
    assert as_("vera").get(where).status_code == 404
    read = as_("darya").get(where)
    body = {"comment": "Текст взят из чужой статьи"}
    ask: dict[str, Any] = {"content_type": "application/json", "headers": {"If-Match": read["ETag"]}}
    assert as_("darya").post(f"{where}revoke/", body, content_type="application/json").status_code == 428
    assert as_("boris").post(f"{where}revoke/", body, **ask).status_code == 403
    assert as_("darya").post(f"{where}revoke/", body, **ask).json()["state"] == "revoked"


@pytest.mark.covers("T-27", "certificate.reissue")
def test_a_wrong_name_is_mended_by_a_new_certificate_that_the_former_one_names(as_: AsPerson) -> None:
    """By the page, then once more by the API: number and code are new each time, nothing else is."""
    published()
    first = Certificate.objects.get()
    darya, where = as_("darya"), f"/certificates/{first.uuid}/reissue/"
    assert "Кравцов Борис Ильич" in darya.get(where).content.decode()
    typed = {"name": "Кравцова Борислава Ильинична", "version": first.version}
    assert as_("semyon").post(where, {**typed, "name": "Иванова Мария Петровна"}).status_code == 403
    for wrong in ("Кравцова", "Кравцов Борис Ильич"):
        assert darya.post(where, {**typed, "name": wrong}).status_code == 422
    assert Certificate.objects.count() == 1
    assert darya.post(where, typed).status_code == 302
    first.refresh_from_db()
    second = Certificate.objects.latest("pk")
    assert (first.state, first.replaced_by, second.state) == ("replaced", second, "valid")
    assert (second.name, second.name_dative) == (typed["name"], "Кравцовой Бориславе Ильиничне")
    assert first.name == "Кравцов Борис Ильич", "the former paper stays as it was"
    same = ("kind", "deed", "issuer", "signer", "signer_post", "signer_name", "ground", "holder", "person")
    assert all(getattr(first, name) == getattr(second, name) for name in same)
    assert (first.number == second.number, first.code == second.code) == (False, False)
    checked = Client().get(f"/verify/{first.code}/").content.decode().replace("\u00a0", " ")
    assert (f"№ {second.number}" in checked, second.spaced_code in checked) == (True, False)
    told = Notice.objects.filter(recipient=BY_KEY["boris"].uuid, code="certificate:issued")
    assert [second.number in row.text for row in told.order_by("pk")] == [False, True]
    read = darya.get(f"/api/v1/certificates/{second.uuid}/")
    body = {"name": second.name, "name_dative": "Кравцовой Бориславе"}
    ask: dict[str, Any] = {"content_type": "application/json", "headers": {"If-Match": read["ETag"]}}
    made = darya.post(f"/api/v1/certificates/{second.uuid}/reissue/", body, **ask)
    assert made.status_code == 201
    third = Certificate.objects.latest("pk")
    assert (made.json()["number"], third.name_dative) == (third.number, "Кравцовой Бориславе")
    verified = Client().get(f"/api/v1/verify/{second.spaced_code}/").json()
    assert (verified["state"], verified["replaced_by"]) == ("replaced", third.number)
    assert {"uuid", "version", "holder"} & set(verified) == set()


def test_the_rule_is_asked_by_the_step_itself() -> None:
    published()
    with pytest.raises(Forbidden):
        CERTIFICATE.move(
            Certificate.objects.get(), "revoke", by=scene.official("semyon"), comment="Текст чужой"
        )
