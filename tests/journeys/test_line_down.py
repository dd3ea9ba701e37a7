"""The line goes down while somebody writes: whatever the form, nothing typed is lost, it is sent by itself
when the line is back, and once.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from portal.accounts.models import User
from portal.documents.sheets import write_sheet
from portal.municipality.models import OfficeInvitation
from portal.school_practices.models import SchoolPractice
from portal.staff.list_rows import COLUMNS
from portal.staff.models import StaffImport
from tenants.context import in_school
from tenants.models import School
from tests.cast import BY_KEY
from tests.journeys.conftest import Visit
from tests.journeys.gate import Gate, gate_before
from tests.journeys.scenes import LINE
from tests.journeys.town import PASSWORD
from tests.practices.conftest import content
from tests.practices.test_pages import fields_of

pytestmark = [pytest.mark.browser, pytest.mark.covers("found D1")]
__all__ = ["content"]
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOWN, PORTAL = "Связи нет.", "Портал сейчас не отвечает."
FILLS = """typed => { for (const [name, value] of Object.entries(typed))
    for (const e of document.querySelectorAll(`main [name="${name}"]`)) {
    if (e.type === "checkbox" || e.type === "radio")
        e.checked = [value].flat().includes(e.value) || value === "on";
    else if (e.multiple) [...e.options].forEach(o => o.selected = [value].flat().includes(o.value));
    else e.value = value } }"""
STORED = (
    "indexedDB.databases().then(bases => JSON.stringify([{...localStorage}, {...sessionStorage}, bases]))"
)


@pytest.fixture
def gate(visit: Visit) -> Iterator[Gate]:
    with gate_before(visit.base) as gate:
        visit.base = gate.address
        yield gate


def waiting(page: Page, words: str = DOWN) -> Locator:
    notice = page.locator("[data-press-waits]", has=page.locator("p:not([hidden])", has_text=words))
    notice.wait_for()
    assert "на месте" in notice.inner_text()
    return notice


def press(page: Page) -> None:
    page.locator("main form button[type=submit]").last.click()


def new_person(page: Page, name: str) -> None:
    page.goto("/people/new/")
    for field, value in {
        "full_name": name,
        "email": f"u{len(name)}@city.example",
        "basis": "приказ Управления № 17 от 01.09.2026",
    }.items():
        page.locator(f'main [name="{field}"]').fill(value)
    office = page.locator('main [name="office"]')
    office.select_option("methodist") if office.first.evaluate("e => e.tagName") == "SELECT" else office.and_(
        page.locator('[value="methodist"]')
    ).check(force=True)


def invited(name: str) -> int:
    return OfficeInvitation.objects.filter(full_name=name).count()


def test_a_long_form_waits_for_the_network_and_goes_once(
    gate: Gate, visit: Visit, content: dict[str, Any]
) -> None:
    page = visit.as_("boris")
    page.goto("/s/5/practices/new/")
    page.evaluate(FILLS, fields_of(content))
    page.context.set_offline(True)
    press(page)
    waiting(page)
    assert page.locator('main [name="goal"]').input_value() == content["goal"]
    press_again = page.locator("main form button[type=submit]").last
    press_again.dispatch_event("click")
    stored = page.evaluate(STORED)
    assert content["goal"][:30] not in stored
    assert stored.endswith("[]]")
    page.context.set_offline(False)
    page.wait_for_url("**/practices/*-*-*/")
    with in_school(School.objects.get(number=5)):
        assert SchoolPractice.objects.filter(title=content["title"]).count() == 1
    assert page.locator(".flashes").count() == 1, "what the portal says of the deed is not lost on the way"


def test_a_form_with_a_file_whose_answer_was_lost_is_written_once(gate: Gate, visit: Visit) -> None:
    page = visit.as_("anna")
    page.goto("/s/5/people/import/")
    page.locator('main input[type="file"]').set_input_files(
        {"name": "список.xlsx", "mimeType": SHEET, "buffer": write_sheet("Сотрудники", COLUMNS, [LINE])}
    )
    before, gate.cut = gate.posts, 1
    press(page)
    waiting(page)
    page.wait_for_url("**/import/*-*-*/")
    with in_school(School.objects.get(number=5)):
        assert StaffImport.objects.count() == 1
    assert gate.posts - before == 2, "the request died after its work, and was sent again with the same key"


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_proxy_that_answers_for_the_portal_is_waited_out(status: int, gate: Gate, visit: Visit) -> None:
    page = visit.as_("semyon")
    new_person(page, "Ветрова Ольга Львовна")
    gate.status = status
    press(page)
    waiting(page, PORTAL)
    assert page.locator('main [name="basis"]').input_value() == "приказ Управления № 17 от 01.09.2026"
    gate.status = 0
    page.wait_for_url("**/people/")
    assert invited("Ветрова Ольга Львовна") == 1


def test_a_killed_server_a_cancelled_wait_and_a_refusal_leave_the_form(gate: Gate, visit: Visit) -> None:
    page = visit.as_("semyon")
    new_person(page, "Тихонова Анна Юрьевна")
    gate.down = True
    press(page)
    waiting(page).get_by_role("button", name="Не ждать").click()
    waiting(page, "Больше не ждём.")
    page.locator('main [name="email"]').fill("нет такого адреса")
    gate.down = False
    press(page)
    page.locator(".err-sum").wait_for()
    assert page.locator('main [name="full_name"]').input_value() == "Тихонова Анна Юрьевна"
    assert page.evaluate("document.activeElement.className") == "err-sum"
    page.locator('main [name="email"]').fill("tihonova@city.example")
    press(page)
    page.wait_for_url("**/people/")
    assert invited("Тихонова Анна Юрьевна") == 1


def test_back_from_a_refusal_finds_everything_typed(gate: Gate, visit: Visit) -> None:
    """The answer to a press stands in its place; the page that was pressed is one step back, as it was."""
    page = visit.as_("semyon")
    new_person(page, "Тихонова Анна Юрьевна")
    page.locator('main [name="csrfmiddlewaretoken"]').first.evaluate("field => field.value = 'x'.repeat(64)")
    press(page)
    page.locator("h1", has_text="Страница устарела").wait_for()
    page.go_back()
    assert page.locator('main [name="full_name"]').input_value() == "Тихонова Анна Юрьевна"
    page.go_forward()
    assert page.locator("h1").inner_text() == "Страница устарела"


def test_signing_in_waits_too(gate: Gate, visit: Visit, own_database: str) -> None:
    person = User.objects.get(pk=BY_KEY["vera"].uuid)
    person.set_password(PASSWORD)
    person.save()
    page = visit.browser.new_context(base_url=gate.address, locale="ru-RU").new_page()
    page.goto("/accounts/login/")
    page.locator('[name="login"]').fill(person.email)
    page.locator('[name="password"]').fill(PASSWORD)
    page.context.set_offline(True)
    press(page)
    waiting(page)
    page.context.set_offline(False)
    page.wait_for_url("**/s/5/")


def test_a_list_narrowed_in_place_waits_too(gate: Gate, visit: Visit) -> None:
    page = visit.as_("anna")
    page.goto("/s/5/people/")
    page.locator('form.filters [name="q"]').fill("Кравцов")
    gate.status = 502
    page.locator("#f-show").click()
    waiting(page, PORTAL)
    gate.status = 0
    page.wait_for_url("**q=*")
    page.locator("[data-press-waits]").wait_for(state="detached")
    assert "Соколова" not in page.locator("#list table").inner_text()


def test_what_dies_each_time_is_said_after_some_tries(gate: Gate, visit: Visit) -> None:
    page = visit.as_("semyon")
    new_person(page, "Ветрова Ольга Львовна")
    gate.cut = 99
    press(page)
    waiting(page, "обрывается на середине")
    assert invited("Ветрова Ольга Львовна") == 1
    gate.cut = 0
    press(page)
    page.wait_for_url("**/people/")
    assert invited("Ветрова Ольга Львовна") == 1


def test_a_redirect_to_a_place_on_the_same_page_shows_it_anew(gate: Gate, visit: Visit) -> None:
    page = visit.as_("zoya")
    page.goto("/ui/prefs/")
    page.locator('main [name="size"][value="150"]').check(force=True)
    press(page)
    page.locator("html[data-size='150']").wait_for()
