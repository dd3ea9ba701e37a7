"""Pages of mentoring beside the drawings, an archetype of each in every look; in the light one every page is
walked in test_every_page.py.
"""

from collections.abc import Callable
from typing import Any

import pytest

from portal.core.actor import Actor
from tests.journeys import scenes
from tests.journeys.conftest import DESK, Visit
from tests.practices.conftest import content

pytestmark = pytest.mark.browser
__all__ = ["content"]
LOOKS = ["theme=dark", "vision=black-on-white", "vision=white-on-black", "vision=blue-on-sky"]


def test_an_archetype_of_each_in_every_look(
    who: Callable[[str], Actor], content: dict[str, Any], visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    things = scenes.the_school(who, content, monkeypatch)
    pair, before, *_ = things["pairs/<uuid:pk>/"]
    recorded = things["meetings/<uuid:pk>/"][2]
    places = [
        ("anna", ""),
        ("boris", f"pairs/{pair}/"),
        ("vera", f"meetings/{recorded}/confirm/"),
        ("zhanna", f"pairs/{before}/register/"),
        ("anna", "pairs/"),
    ]
    for look in LOOKS:
        for key, path in places:
            page = visit.as_(key, look)
            visit.open(page, f"/s/5/{path}")
            visit.look_over(page, (DESK,), look)
            page.close()
