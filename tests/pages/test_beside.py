"""What stands on the home page beside the own steps: quiet pairs, what the next weeks bring, work by its day,
and counts in the menu (found E6).
"""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client

from portal.core import clock
from portal.core.actor import Actor
from tenants.context import in_school
from tenants.models import School
from tests.markup import squeezed
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import KEYS, of_school5, who

SignIn = Callable[[str], Client]
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _everybody_acts(school5: School, actor: Callable[..., Actor]) -> None:
    of_school5({key: actor(key, school5) for key in KEYS})


def home_of(client: Client) -> str:
    return squeezed(client.get("/s/5/").content.decode().replace("\xa0", " "))


def counted(home: str, address: str) -> list[str]:
    """The number beside the line of the menu."""
    line = re.search(rf'<li><a href="{address}".*?</a>', home, re.S)
    assert line
    return re.findall(r'class="count[^"]*"[^>]*>\s*(\d+)', line[0])


@pytest.mark.covers("found E6")
def test_a_quiet_pair_and_a_last_day_are_told_to_those_who_lead(school5: School, as_: SignIn) -> None:
    with in_school(school5):
        pair = scene.active(who)
        title = pair.title
    assert not [words for words in ("Тихие пары", "Впереди") if words in home_of(as_("anna"))], (
        "it began today, and ends next year"
    )
    with clock.at(clock.now() + 40 * DAY):
        home = home_of(as_("anna"))
        quiet = home.partition("Тихие пары")[2]
        assert title in quiet
        assert "не встречались с" in quiet
        assert "Тихие пары" not in home_of(as_("boris")), "a word to the curator, not a reproach to the pair"
    assert counted(home, "/s/5/pairs/") == ["1"]
    with clock.at(clock.now() + (pair.planned_to - clock.today() - 20 * DAY)):
        for key in ("anna", "zhanna"):
            ahead = home_of(as_(key)).partition("Впереди")[2]
            assert re.search(r"последний день у\s+пары", ahead), key


@pytest.mark.covers("found E6")
def test_work_stands_by_its_day_and_the_menu_counts_it(school5: School, as_: SignIn) -> None:
    with in_school(school5):
        scene.a_need(who, "vera")
    with clock.at(clock.now() + 8 * DAY):
        with in_school(school5):
            scene.a_need(who, "irina")
        home = home_of(as_("anna"))
    titles = re.findall(r'<h2 id="h-mine-\d+">([^<]*)', home)
    assert titles[:2] == ["Сегодня", "На этой неделе"], "what has waited for a week is today's"
    assert (counted(home, "/s/5/needs/"), counted(home, "/s/5/pairs/")) == (["2"], []), (
        "nothing is said of nothing"
    )
