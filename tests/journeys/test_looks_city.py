"""What a person meets in the middle of work: refusals with everything typed, two tabs, the switch without
scripts; pages are walked in test_every_page.py.
"""

from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page

from portal.accounts.models import Membership
from tenants.context import in_city
from tenants.models import School
from tests.cast import BY_KEY
from tests.journeys import scenes_of_city
from tests.journeys.conftest import PHONE, Visit, settled
from tests.practices.conftest import content

pytestmark = pytest.mark.browser
__all__ = ["content"]


@pytest.fixture
def darya(content: dict[str, Any], own_database: str) -> str:
    """The office of the methodist, as the city has it."""
    return scenes_of_city.the_city(content)["people/<uuid:pk>/"][0]


def test_refusals_help_and_lose_nothing(darya: str, visit: Visit) -> None:
    page = visit.as_("semyon")
    for address, status in (("/practices/experts/", 403), ("/nothing/", 404), (f"/schools/{uuid4()}/", 404)):
        assert page.goto(address).status == status  # type: ignore[union-attr]
        visit.look_over(page)
    _stale(darya, visit, page)
    _old_tab(visit, page)
    _too_large(visit, page)
    page.close()


def _stale(darya: str, visit: Visit, page: Page) -> None:
    """Two tabs: the second one to save sees both texts, and what it typed is still there."""
    address, other = f"/people/{darya}/", page.context.new_page()
    page.goto(address)
    other.goto(address)
    for tab, day, document in (
        (other, "31.08.2027", "приказ ЦДО № 15"),
        (page, "31.12.2026", "приказ ЦДО № 16 от 20.11.2026"),
    ):
        tab.locator('[name="valid_to"]').fill(day)
        tab.locator('[name="reason"]').fill(document)
        tab.locator("main form button[type=submit]").first.click()
        settled(tab)
    text = page.locator("main").inner_text()
    assert "31.12.2026" in text
    assert "31.08.2027" in text
    visit.look_everywhere(page)
    page.get_by_role("button", name="Сохранить этот вариант").click()
    settled(page)
    with in_city():
        assert f"{Membership.objects.get(uuid=darya).valid_to:%d.%m.%Y}" == "31.12.2026"
    other.close()


def _old_tab(visit: Visit, page: Page) -> None:
    """A form whose key is no longer good is refused, and its text can be copied."""
    page.goto("/people/new/")
    page.locator('[name="basis"]').fill("приказ Управления № 17 о назначении методиста")
    page.locator('main [name="csrfmiddlewaretoken"]').evaluate("field => field.value = 'x'.repeat(64)")
    page.locator("main form button[type=submit]").first.click()
    settled(page)
    assert page.locator("h1").inner_text() == "Страница устарела"
    assert "приказ Управления № 17 о назначении методиста" in page.locator("main").inner_text().replace(
        "\xa0", " "
    )
    visit.look_over(page)


def _too_large(visit: Visit, page: Page) -> None:
    """The browser really shows our words to a body that is not read to its end."""
    page.goto("/people/new/")
    page.evaluate("""() => {
        const form = document.querySelector("main form");
        const field = document.createElement("input");
        const files = new DataTransfer();
        form.enctype = "multipart/form-data"; field.type = "file"; field.name = "scan";
        files.items.add(new File([new Uint8Array(26 * 1024 * 1024)], "scan.pdf"));
        field.files = files.files;
        form.append(field);
        form.requestSubmit();
    }""")
    page.locator("h1", has_text="Файл слишком большой").wait_for()
    visit.look_over(page)


def test_the_switch_of_places_and_the_whole_menu_work_without_scripts(
    own_database: str, visit: Visit
) -> None:
    with in_city():
        Membership.objects.create(
            user_id=BY_KEY["anna"].uuid,
            school=School.objects.get(number=12),
            office="teacher",
            basis="совместительство",
        )
    context = visit.browser.new_context(
        base_url=visit.base,
        locale="ru-RU",
        java_script_enabled=False,
        viewport={"width": PHONE, "height": 900},
    )
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
