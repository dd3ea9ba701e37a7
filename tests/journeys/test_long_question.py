"""A whole page of text put into the field of search: an address cannot carry it, and the reader is told what
was read.
"""

import pytest

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.covers("found A10")]


def test_a_question_of_thirty_thousand_letters_is_answered(visit: Visit) -> None:
    page = visit.as_("boris")
    page.goto("/s/5/bank/")
    field = page.locator("#q-page")
    field.fill("как удержать внимание класса " * 1100)
    field.press("Enter")
    page.wait_for_load_state()
    assert (
        page.locator(".flashes")
        .inner_text()
        .replace("\xa0", " ")
        .startswith("Вопрос длиннее 500 знаков. Ищем по его началу, до слов «")
    )
    assert len(page.locator("#q-page").input_value()) <= 500
