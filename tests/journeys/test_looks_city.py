"""Every page of the city, the bank, the gate and the errors: no finding of axe at both widths, no sideways scroll, enlarged too."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page

from best_practices import search
from best_practices.models import BankPractice, ExpertCandidate, Practice, Review
from portal.accounts.models import Membership
from portal.accounts.services import invite_to_city
from portal.core import clock
from portal.core.actor import Actor
from portal.municipality.models import CampaignSchool, MonitoringCampaign, OfficeInvitation, ReceivedForm, SchoolCounters
from portal.municipality.requisites import inn_with_control
from tenants.context import in_city
from tenants.models import School, SchoolOpening, SchoolState
from tests.cast import BY_KEY
from tests.journeys.conftest import PHONE, Visit
from tests.practices.conftest import content

pytestmark = pytest.mark.browser
__all__ = ["content"]
QUESTION = "наставничества молодых педагогов"
CITY = {
    "semyon": "/ /city/ /city/schools/{school5}/ /schools/ /schools/{draft}/ /schools/{stopped}/ /schools/{school5}/ /schools/new/ /schools/{draft}/agreement/ "
              "/schools/{opened}/ /schools/{opened}/principal/ /campaigns/ /campaigns/{campaign}/ /campaigns/new/ /received-forms/{form}/ /people/ /people/new/ "
              "/people/{darya}/ /people/{semyon}/ /post/ /practices/ /practices/{practice}/ /more/ /places/ /notices/ /me/ /bank/",
    "darya": "/ /practices/experts/ /practices/{practice}/ /expertise/{review}/withdraw/ /bank/{card}/",
    "elena": "/ /city/",
    "nina": "/expertise/ /expertise/{review}/ /me/expert/",
    "pavel": "/s/9/",
    "zoya": "/ /more/ /places/ /me/ /notices/",
    "anna": "/places/ /s/5/more/ /s/5/me/ /keys/ /accounts/2fa/ /accounts/2fa/totp/activate/ /accounts/logout/",
    "vera": f"/s/5/bank/ /s/5/bank/?q={QUESTION.replace(' ', '+')} /s/5/bank/?q=зебра /s/5/bank/{{card}}/ /s/5/notices/",
}  # fmt: skip
OPEN = "/accounts/login/ /accounts/password/reset/ /accounts/password/reset/done/ /help/ /personal-data/ /accessibility/ /ui/ /ui/prefs/ /demo/"
REFUSED = {"/invitation/x/": 410, "/accounts/signup/": 404, "/accounts/login/?next=//evil.example/": 200}


@dataclass(frozen=True)
class Things:
    """Numbers of what the pages are about."""

    uuids: dict[str, str]
    token: str

    def addresses(self, key: str) -> list[str]:
        return [address.format(**self.uuids) for address in CITY[key].split()]


@pytest.fixture
def things(own_database: str, content: dict[str, Any]) -> Things:
    """One of each thing of the city, as if it had come by the post."""
    with in_city():
        made = {**_schools(), **_monitoring(), **_practices(content)}
        made |= {key: Membership.objects.get(user=BY_KEY[key].uuid, school=None) for key in ("darya", "semyon")}
        by = Actor(user=BY_KEY["semyon"].uuid)
        OfficeInvitation.objects.create(full_name="Комарова Ирина Львовна", email="komarova@city.example", office="methodist", basis="приказ ЦДО № 7")
        token = invite_to_city("komarova@city.example", office="methodist", basis="приказ ЦДО № 7", by=by)
        return Things({name: str(thing.uuid) for name, thing in made.items()}, token)


def _schools() -> dict[str, Any]:
    def new(number: int, state: SchoolState) -> School:
        inn = inn_with_control(f"6731000{number:02d}")
        signed = {} if state == SchoolState.DRAFT else {"agreement_number": "С-31", "agreement_on": clock.today()}
        return School.objects.create(
            number=number, code=f"n{number}", short_name=f"Школа № {number}", full_name=f"Школа № {number}", inn=inn, state=state, **signed
        )

    stopped = new(92, SchoolState.DOCS_SIGNED)
    SchoolOpening.objects.create(school=stopped, trouble="OperationalError: связь пропала", step="права", done=3)
    return {"draft": new(91, SchoolState.DRAFT), "stopped": stopped, "opened": new(93, SchoolState.SCHEMA_CREATED), "school5": School.objects.get(number=5)}


def _monitoring() -> dict[str, Any]:
    campaign = MonitoringCampaign.objects.create(title="Кадровый срез, осень 2026: охват молодых педагогов", year=2026, state="open",
                                                 indicators=["A01", "A02", "A05", "R04"], due_school=clock.today() + dt.timedelta(days=3))  # fmt: skip
    figures = {"A01": {"young_covered": 3, "young_total": 4}, "A02": {"involved": 8, "workers": 40},
               "A05": {"teacher_teacher": 3, "head_teacher": 1, "employer_student": 0}, "R04": {"in_school_bank": 4, "published": 2}}  # fmt: skip
    values = [{"indicator": code, "counted": row, "declared": row, "explanation": "Считали по приказам"} for code, row in figures.items()]
    forms = {}
    for school, state in zip(School.objects.filter(number__in=(5, 7, 9, 12)).order_by("number"), ("submitted", "accepted", "returned", ""), strict=True):
        CampaignSchool.objects.create(campaign=campaign, school=school)
        SchoolCounters.objects.create(school=school, counted_on=clock.today(), active_pairs=3, employees=40, young_teachers=4, school_practices=2)
        if state:
            forms[state] = ReceivedForm.objects.create(campaign=campaign, school=school, form=uuid4(), revision=1, values=values, state=state,
                                                       submitted_at=clock.now(), comment="Поправьте число пар.")  # fmt: skip
    return {"campaign": campaign, "form": forms["submitted"]}


def _practices(content: dict[str, Any]) -> dict[str, Any]:
    authors = [{"full_name": "Кравцов Борис Ильич", "position": "учитель математики", "role": ""}]
    schools = {school.number: school for school in School.objects.all()}
    practice = Practice.objects.create(practice=uuid4(), school=schools[5], title=content["title"], content=content, authors=authors, state="municipal_review")
    reviews = {}
    for key in ("nina", "pavel"):
        ExpertCandidate.objects.create(user_id=BY_KEY[key].uuid, subjects=["russian"], basis="собственное согласие от 01.09.2026")
        place = schools[BY_KEY[key].school].short_name
        reviews[key] = Review.objects.create(practice=practice, expert=BY_KEY[key].uuid, expert_schools=[place], due_on=clock.today())
    card = BankPractice.objects.create(
        practice=uuid4(), code="ЛП-2026-0001", title=content["title"], annotation=content["annotation"], nomination=content["nomination"], form=content["form"],
        kinds=content["kinds"], subjects=content["subjects"], content=content, school_name="Школа № 5", school_number=5, authors=authors,
        published_on=clock.today(), signs={"mean": 41.5},
    )  # fmt: skip
    search.ENGINE.index([search.document_of(card)])
    return {"practice": practice, "review": reviews["nina"], "card": card}


def visitor(visit: Visit) -> Page:
    return visit.browser.new_context(base_url=visit.base, locale="ru-RU", reduced_motion="reduce").new_page()


def enlarged(visit: Visit, page: Page) -> None:
    """A phone with text at 200 % and wide spacing: the attributes which the server would print."""
    page.set_viewport_size({"width": PHONE, "height": 900})
    page.evaluate("Object.assign(document.documentElement.dataset, {size: '200', spacing: 'wide'})")
    visit.fits(page, "enlarged")


def test_every_page_of_the_city_the_bank_and_the_gate(things: Things, visit: Visit) -> None:
    for key in CITY:
        page = visit.as_(key)
        for address in things.addresses(key):
            visit.open(page, address)
            visit.look_over(page)
            enlarged(visit, page)
        page.close()
    _the_gate(things, visit)


def _the_gate(things: Things, visit: Visit) -> None:
    page = visitor(visit)
    for address in [*OPEN.split(), f"/invitation/{things.token}/"]:
        visit.open(page, address)
        visit.look_over(page)
        enlarged(visit, page)
    for address, status in REFUSED.items():
        assert page.goto(address).status == status, address
        visit.look_over(page)
        enlarged(visit, page)
    page.close()


def test_refusals_help_and_lose_nothing(things: Things, visit: Visit, who: Callable[[str], Actor]) -> None:
    page = visit.as_("semyon")
    for address, status in (("/practices/experts/", 403), ("/nothing/", 404), (f"/schools/{uuid4()}/", 404)):
        assert page.goto(address).status == status
        visit.look_over(page)
    _stale(things, visit, page)
    _old_tab(visit, page)
    _too_large(visit, page)
    page.close()


def _stale(things: Things, visit: Visit, page: Page) -> None:
    """Two tabs: the second one to save sees both texts, and what it typed is still there."""
    address, other = f"/people/{things.uuids['darya']}/", page.context.new_page()
    page.goto(address)
    other.goto(address)
    for tab, day, document in ((other, "31.08.2027", "приказ ЦДО № 15"), (page, "31.12.2026", "приказ ЦДО № 16 от 20.11.2026")):
        tab.locator('[name="valid_to"]').fill(day)
        tab.locator('[name="reason"]').fill(document)
        tab.locator("main form button[type=submit]").first.click()
        tab.wait_for_load_state()
    text = page.locator("main").inner_text()
    assert "31.12.2026" in text
    assert "31.08.2027" in text
    visit.look_over(page)
    enlarged(visit, page)
    page.get_by_role("button", name="Сохранить этот вариант").click()
    page.wait_for_load_state()
    with in_city():
        assert f"{Membership.objects.get(uuid=things.uuids['darya']).valid_to:%d.%m.%Y}" == "31.12.2026"
    other.close()


def _old_tab(visit: Visit, page: Page) -> None:
    """A form whose key is no longer good is refused, and its text can be copied."""
    page.goto("/people/new/")
    page.locator('[name="basis"]').fill("приказ Управления № 17 о назначении методиста")
    page.locator('main [name="csrfmiddlewaretoken"]').evaluate("field => field.value = 'x'.repeat(64)")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "Страница устарела"
    assert "приказ Управления № 17 о назначении методиста" in page.locator("main").inner_text().replace("\xa0", " ")
    visit.look_over(page)


def _too_large(visit: Visit, page: Page) -> None:
    """The browser really shows our words to a body that is not read to its end."""
    page.goto("/people/new/")
    page.evaluate("""() => { const form = document.querySelector("main form"), field = document.createElement("input"), files = new DataTransfer();
        form.enctype = "multipart/form-data"; field.type = "file"; field.name = "scan";
        files.items.add(new File([new Uint8Array(26 * 1024 * 1024)], "scan.pdf")); field.files = files.files; form.append(field); form.submit() }""")
    page.wait_for_function("document.title.startsWith('Файл')")
    visit.look_over(page)


def test_the_switch_of_places_and_the_whole_menu_work_without_scripts(own_database: str, visit: Visit) -> None:
    with in_city():
        Membership.objects.create(user_id=BY_KEY["anna"].uuid, school=School.objects.get(number=12), office="teacher", basis="совместительство")
    context = visit.browser.new_context(base_url=visit.base, locale="ru-RU", java_script_enabled=False, viewport={"width": PHONE, "height": 900})
    page = context.new_page()
    page.goto("/demo/")
    page.locator('button[name="key"][value="anna"]').click()
    page.goto("/s/5/")
    page.locator("nav.tabbar a").last.click()
    assert page.locator("h1").inner_text() == "Всё меню"
    page.locator("main form button", has_text="Школа № 12").click()
    assert page.url.endswith("/s/12/")
    page.locator("header details.switcher summary").first.click()
    assert "вы здесь" in page.locator("header .menu-float").first.inner_text()
    page.locator("header .menu-float button", has_text="куратор").first.click()
    assert page.url.endswith("/s/5/")
    context.close()
