"""What a hand without a mouse and a sheet of paper meet: the focus is not lost, and nothing covers what is
printed.
"""

import pytest

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser
FOCUSED = "document.activeElement.id"
OPEN = "[...document.querySelectorAll('details[open]')].length"


def test_the_focus_stays_when_the_list_is_exchanged_and_when_a_word_is_dismissed(visit: Visit) -> None:
    page = visit.as_("anna")
    page.goto("/s/5/people/")
    page.locator("#f_q").fill("Соколова")
    page.locator("#f-show").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    page.wait_for_function(f"{FOCUSED} === 'f-show'")
    page.goto("/s/5/")
    page.locator("summary", has_text="внутренний контур").first.focus()
    page.keyboard.press("Enter")
    page.locator('button[name="membership"]').first.focus()
    with page.expect_navigation():  # its button is there before the script that hears it
        page.keyboard.press("Enter")
    page.locator("[data-dismiss]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "main"


def test_paper_opens_no_menu_and_leaves_the_page_as_it_was(visit: Visit) -> None:
    page = visit.as_("anna")
    page.goto("/s/5/pairs/")
    before = page.evaluate(OPEN)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.querySelectorAll('details[data-menu][open]').length") == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(OPEN) == before


def test_a_word_in_the_box_of_the_head_is_continued_and_everything_is_found(visit: Visit) -> None:
    page = visit.as_("anna")
    page.goto("/s/5/pairs/")
    box = page.locator("#q-head")
    box.focus()
    page.keyboard.type("сокол")
    page.keyboard.press("Enter")
    page.wait_for_url("**/s/5/find/?q=*")
    assert "Соколова" in page.locator("main").inner_text()
    visit.look_over(page)
