"""Every page of a school's staff, papers, practices and forms: no finding of axe in light at both widths, and no sideways scroll on a
phone, also with letters twice as large and wide spacing. One browser and one database; the pages are a table."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.core import clock
from portal.core.actor import Actor
from portal.documents.sheets import write_sheet
from portal.local_acts import printing
from portal.local_acts import services as acts
from portal.local_acts.models import ActPdf
from portal.monitoring import services as monitoring
from portal.monitoring.states import FormState
from portal.municipality.letters import AnsweredForm, OpenedCampaign
from portal.school_practices import services as practices
from portal.staff import services as staff
from portal.staff.list_rows import COLUMNS
from portal.staff.models import Employee
from portal.staff.workflow import IMPORT
from tenants.context import in_school
from tenants.models import School
from tests.cast import BY_KEY
from tests.journeys.conftest import PHONE, Visit
from tests.practices.conftest import COMMENT, consent_to_publish, content

pytestmark = pytest.mark.browser
__all__ = ["content"]
Who = Callable[[str], Actor]
PDF = b"%PDF-1.4 signed"
LIGHT, LARGE = "theme=light", "theme=light&size=200&spacing=wide"
LINE = {"last_name": "Данилов", "first_name": "Пётр", "middle_name": "Ильич", "birth_date": "04.07.1990", "position": "учитель", "subjects": "физика",
        "hired_on": "01.09.2021", "ped_stage_years": "5", "education_level": "высшее"}  # fmt: skip
WRONG = [{**LINE, "position": "учитиль"}, {**LINE, "last_name": "Журавлёва", "rate": "3,5", "hired_on": "30.02.2024"}, {**LINE, "last_name": "Ковалёва", "category": "лучшая"},
         {**LINE, "last_name": "", "subjects": "матиматика, магия"}]  # fmt: skip


@contextmanager
def school() -> Iterator[None]:
    with in_school(School.objects.get(number=5)):
        yield


def pdf(name: str = "скан.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF)


def person(key: str) -> Employee:
    return Employee.objects.get(uuid=BY_KEY[key].employee)


def imports(anna: Actor) -> dict[str, str]:
    """Uploads in each stage: waiting, checked with errors, accepted, not read."""

    def upload(*rows: dict[str, Any]) -> Any:
        return staff.upload_staff(SimpleUploadedFile("список.xlsx", write_sheet("Сотрудники", COLUMNS, rows)), by=anna)

    waiting, ready, done, unread = upload(LINE), upload(LINE, *WRONG), upload({**LINE, "last_name": "Юрьев"}, WRONG[0]), upload(LINE)
    for verb in ("start", "fail"):
        IMPORT.move(unread, verb, by=anna, trouble="В ячейке A3 стоит формула. Замените её значением.")
    for one in (ready, done):
        staff.check_rows(by=anna, import_uuid=str(one.uuid))
        one.refresh_from_db()
    staff.confirm_import(done, by=anna)
    staff.accept_rows(by=anna, import_uuid=str(done.uuid))
    urls = {name: f"/s/5/employees/import/{one.uuid}/" for name, one in (("waiting", waiting), ("ready", ready), ("done", done), ("unread", unread))}
    return {**urls, "row": f"{urls['ready']}rows/3/", "subjects": f"{urls['ready']}rows/5/", "good": f"{urls['ready']}?show=good"}


def people(who: Who) -> dict[str, str]:
    anna, zhanna = who("anna"), who("zhanna")
    vera = person("vera")
    draft = staff.prepare_consent(vera, "distribution", by=who("vera"), resources="https://school5.example/", data_allowed=["name"])
    given = staff.prepare_consent(vera, "processing", by=anna)
    staff.give_consent(given, given_on=clock.today(), scan=staff_scan(anna), by=anna)
    office = staff.give_office_by_hand(vera, "psychologist", basis="приказ № 12-к от 01.09.2026", valid_from=clock.today(), by=zhanna)
    fresh = staff.enter_employee(
        by=anna, position="teacher", subjects=["physics"], last_name="Юдина", first_name="Ева", middle_name="", birth_date=clock.today().replace(year=1990),
        hired_on=clock.today().replace(year=2015), ped_stage_years=10, education_level="higher", rate=1, email="",
    )  # fmt: skip
    return {"vera": f"/s/5/employees/{vera.uuid}/", "fresh": f"/s/5/employees/{fresh.uuid}/", "draft": f"/s/5/consents/{draft.uuid}/",
            "given": f"/s/5/consents/{given.uuid}/", "office": f"/s/5/offices/{office.uuid}/"}  # fmt: skip


def staff_scan(by: Actor) -> Any:
    from portal.files.storing import store

    return store(pdf(), by=by)


def papers(who: Who, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    zhanna, today = who("zhanna"), clock.today()
    monkeypatch.setattr(printing, "pdf_is_available", lambda: True)
    monkeypatch.setattr("portal.local_acts.exports.pdf_is_available", lambda: True)
    act = acts.load_municipal_act(by=zhanna)
    acts.approve_act(act, minutes_number="1", minutes_on=today, union_on=today, by=zhanna)
    acts.register_act(act, number="5", approved_on=today, scan=pdf(), by=zhanna)
    act.refresh_from_db()
    failed = acts.load_municipal_act(by=zhanna)
    printing.ask_for_pdf(act, by=zhanna)
    asked = printing.ask_for_pdf(failed, by=zhanna)
    ActPdf.objects.filter(pk=asked.pk).update(trouble="Не получилось сделать PDF. Скачайте файл Word.")
    order = acts.appoint_curator(person("anna"), valid_from=today, valid_to=None, by=zhanna)
    acts.register_order(order, number="1-н", signed_on=today, scan=pdf(), by=zhanna)
    draft = acts.appoint_curator(person("anna"), valid_from=today.replace(year=today.year + 1), valid_to=None, by=zhanna)
    return {"act": f"/s/5/acts/{act.uuid}/", "draft_act": f"/s/5/acts/{failed.uuid}/", "order": f"/s/5/orders/{order.uuid}/",
            "draft_order": f"/s/5/orders/{draft.uuid}/"}  # fmt: skip


def texts(who: Who, content: dict[str, Any]) -> dict[str, str]:
    """A practice in each pair of hands: the author's, the reviewers', the principal's, the city's."""
    boris, lev, author = who("boris"), who("lev"), person("boris")
    consent_to_publish("boris")
    urls = {}
    for number, name in enumerate(("draft", "review", "bank", "city")):
        made = practices.draft_practice(authors=[author], by=boris, has_no_pupil_data=True, has_image_consents=True, **content)
        urls[name] = f"/s/5/practices/{made.uuid}/"
        if number > 0:
            made = practices.move_practice(made, "submit", by=boris)
        if number > 1:
            practices.review_practice(made, scores={"c1": 8, "c2": 7, "c3": 8, "c4": 9, "c5": 7}, comment=COMMENT, recommendation="publish", by=lev)
            made = practices.move_practice(made, "accept", by=lev)
        if name == "city":
            practices.move_practice(made, "hand_over", by=who("zhanna"))
    return urls


def forms(who: Who) -> dict[str, str]:
    """The city's form: fresh, and one that came back."""
    letter = {"year": 2026, "indicators": ["A01", "A02", "A05", "R04"], "due": clock.today()}
    fresh = monitoring.begin_form(OpenedCampaign(campaign=uuid4(), title="Кадровый срез", **letter))
    back = monitoring.begin_form(OpenedCampaign(campaign=uuid4(), title="Старт учебного года: охват и пары", **letter))
    back = monitoring.hand_over_form(back, by=who("zhanna"))
    monitoring.mirror_answer(AnsweredForm(form=back.uuid, revision=back.revision, accepted=False, comment="Уточните, сколько человек вовлечено."))
    back.refresh_from_db()
    assert back.state == FormState.RETURNED
    return {"fresh": f"/s/5/forms/{fresh.uuid}/", "back": f"/s/5/forms/{back.uuid}/"}


Table = dict[str, list[str]]


@pytest.fixture
def pages(who: Who, content: dict[str, Any], visit: Visit, monkeypatch: pytest.MonkeyPatch) -> Table:
    """Who looks at what."""
    with school():
        a, p, d, t, f = imports(who("anna")), people(who), papers(who, monkeypatch), texts(who, content), forms(who)
    s = "/s/5"
    return {
        "anna": [f"{s}/employees/", f"{s}/employees/?q=щщщ", f"{s}/employees/new/", f"{s}/employees/import/", *a.values(), p["vera"],
                 *(f"{p['fresh']}{one}/" for one in ("edit", "name", "dismiss", "invite", "consent/processing", "consent/distribution")), p["draft"], p["given"],
                 f"{s}/offices/", p["office"], f"{s}/acts/", d["draft_act"], f"{s}/orders/", t["bank"], f["fresh"], f"{f['back']}fill/", f"{s}/disclosure/"],
        "zhanna": [f"{s}/employees/", p["vera"], f"{s}/employees/deputy/", f"{s}/offices/", f"{s}/offices/new/", f"{p['office']}end/", f"{s}/curator/", f"{s}/acts/", d["act"],
                   f"{d['act']}pdf/", f"{d['draft_act']}pdf/", f"{d['draft_act']}approve/", f"{s}/orders/", d["order"], d["draft_order"], f"{d['draft_order']}register/",
                   f"{s}/practices/", t["bank"], f"{t['bank']}hand-over/", t["city"], f"{s}/forms/", f["fresh"], f["back"], f"{f['fresh']}fill/",
                   f"{f['fresh']}hand-over/", f"{s}/disclosure/"],
        "kira": [d["draft_order"]],
        "lev": [p["vera"], t["review"], f"{t['review']}review/"],
        "boris": [f"{s}/practices/new/", t["draft"], f"{t['draft']}edit/", f"{s}/acts/"],
        "irina": [f"{s}/employees/"],
    }  # fmt: skip


def test_every_page_of_the_school(pages: Table, visit: Visit) -> None:
    for key, urls in pages.items():
        page = visit.as_(key)
        for url in urls:
            visit.open(page, url)
            visit.look_over(page)
        page.close()


def test_no_page_scrolls_sideways_with_large_letters_and_wide_spacing(pages: Table, visit: Visit) -> None:
    for key, urls in pages.items():
        page = visit.as_(key, LARGE, PHONE)
        for url in urls:
            visit.open(page, url)
            visit.fits(page, LARGE)
        page.close()


def test_errors_at_the_fields_are_as_good_as_the_fields(visit: Visit) -> None:
    for key, url in (("anna", "/s/5/employees/new/"), ("anna", "/s/5/employees/import/"), ("zhanna", "/s/5/offices/new/"), ("boris", "/s/5/practices/new/")):
        for look in (LIGHT, LARGE):
            page = visit.as_(key, look, PHONE)
            page.goto(url)
            page.locator("main form button[type=submit]").last.click()
            page.locator(".err-sum").wait_for()
            visit.look_over(page) if look == LIGHT else visit.fits(page, look)
            page.close()
