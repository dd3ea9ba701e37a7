"""The home of each office and a page of each archetype: no finding of axe, no sideways scroll on a phone, in every look."""

import pytest

from tests.journeys.conftest import DESK, Visit

pytestmark = pytest.mark.browser
HOMES = {"anna": "/s/5/", "zhanna": "/s/5/", "boris": "/s/5/", "lev": "/s/5/", "semyon": "/", "darya": "/", "nina": "/", "zoya": "/"}
PAGES = {"anna": ["/s/5/employees/", "/s/5/employees/new/", "/s/5/pairs/", "/s/5/needs/new/", "/s/5/more/"], "boris": ["/s/5/practices/", "/s/5/practices/new/"],
         "semyon": ["/schools/", "/campaigns/new/", "/city/", "/post/"]}  # fmt: skip
ARCHETYPES = [("anna", "/s/5/"), ("anna", "/s/5/employees/"), ("anna", "/s/5/employees/new/"), ("semyon", "/city/")]
LOOKS = ["theme=dark", "vision=black-on-white", "vision=white-on-black", "vision=blue-on-sky"]


def test_the_home_of_each_office(visit: Visit) -> None:
    for key, url in HOMES.items():
        page = visit.as_(key)
        visit.open(page, url)
        visit.look_over(page)
        page.close()


def test_lists_forms_and_the_city(visit: Visit) -> None:
    for key, urls in PAGES.items():
        page = visit.as_(key)
        for url in urls:
            visit.open(page, url)
            visit.look_over(page)
        page.close()


def test_every_look(visit: Visit) -> None:
    for look in LOOKS:
        for key, url in ARCHETYPES:
            page = visit.as_(key, look)
            visit.open(page, url)
            visit.look_over(page, (DESK,), look)
            page.close()
