"""A page of each archetype in every look; in the light one every page is walked in test_every_page.py."""

import pytest

from tests.journeys.conftest import DESK, Visit

pytestmark = pytest.mark.browser
ARCHETYPES = [
    ("anna", "/s/5/"),
    ("anna", "/s/5/people/"),
    ("anna", "/s/5/people/new/"),
    ("semyon", "/city/"),
]
LOOKS = ["theme=dark", "vision=black-on-white", "vision=white-on-black", "vision=blue-on-sky"]


def test_every_look(visit: Visit) -> None:
    for look in LOOKS:
        for key, url in ARCHETYPES:
            page = visit.as_(key, look)
            visit.open(page, url)
            visit.look_over(page, (DESK,), look)
            page.close()
