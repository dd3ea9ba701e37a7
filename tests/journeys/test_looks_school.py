"""What goes wrong in a form of the school is shown as well as the form itself; every page is walked in
test_every_page.py.
"""

import pytest

from tests.journeys.conftest import PHONE, Visit

pytestmark = pytest.mark.browser
LIGHT, LARGE = "theme=light", "theme=light&size=200&spacing=wide"


def test_errors_at_the_fields_are_as_good_as_the_fields(visit: Visit) -> None:
    for key, url in (
        ("anna", "/s/5/people/new/"),
        ("anna", "/s/5/people/import/"),
        ("zhanna", "/s/5/offices/new/"),
        ("boris", "/s/5/practices/new/"),
    ):
        for look in (LIGHT, LARGE):
            page = visit.as_(key, look, PHONE)
            page.goto(url)
            page.locator("main form button[type=submit]").last.click()
            page.locator(".err-sum").wait_for()
            visit.look_over(page) if look == LIGHT else visit.fits(page, PHONE, look)
            page.close()
