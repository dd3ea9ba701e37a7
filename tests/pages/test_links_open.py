"""A page offers its reader no way that is closed to the reader: each link opens. Walked from home by those
who see a part of the school only, one page of each kind.
"""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from portal.core.actor import Actor
from tenants.context import in_school
from tenants.models import School
from tests.practices.conftest import content, drafted  # noqa: F401  (fixtures)
from tests.workflows import mentoring_scenes as scene

As = Callable[[str], Client]
LINK = re.compile(r'<a\b[^>]*?\bhref="(/s/5/[^"#]*)')
OBJECT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\?.*|[0-9]{4,}")


def kind(address: str) -> str:
    return OBJECT.sub("*", address)


@pytest.mark.parametrize("key", ["kira", "irina", "lev", "vera"])
@pytest.mark.usefixtures("drafted")
def test_each_link_of_a_page_opens_for_its_reader(
    key: str, who: Callable[[str], Actor], as_: As, school5: School
) -> None:
    with in_school(school5):
        pair = scene.running(who).pair
    person, closed = as_(key), []
    seen = {kind("/s/5/")}
    ahead = [("", "/s/5/"), ("", f"/s/5/pairs/{pair.uuid}/")]
    while ahead:
        origin, address = ahead.pop(0)
        answer = person.get(address)
        if answer.status_code not in (200, 302):
            closed.append(f"{origin} → {address}: {answer.status_code}")
        if not answer.get("Content-Type", "").startswith("text/html") or answer.streaming:
            continue
        for found in map(unescape, LINK.findall(answer.content.decode())):
            if kind(found) not in seen:
                seen.add(kind(found))
                ahead.append((address, found))
    assert len(seen) > 20
    assert not closed, closed
