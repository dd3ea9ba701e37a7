"""A pair that comes to its end: whoever can press the next button is told so at home, each with the words of
the own move.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.core import clock
from portal.core.actor import Actor
from portal.pair_work.workflow import PROGRAMME
from portal.staff.services import begin_absence
from portal.staff.services.absences import Away
from tenants.context import in_school
from tenants.models import School
from tests.home import tasks
from tests.posts.rows import words_of
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import KEYS, of_school5, who

pytestmark = pytest.mark.covers("found B10")
ENDS: dict[str, tuple[Callable[[Any], Any], dict[str, str]]] = {
    "the last day": (scene.on_its_last_day, {"boris": "Подведите итоги"}),
    "all is done": (scene.with_its_work_done, {"zhanna": "Завершите пару", "anna": "Завершение пары"}),
    "a day too late": (scene.past_its_last_day, {"boris": "Подведите итоги", "anna": "Срок пары вышел"}),
}


@pytest.mark.parametrize("name", ENDS)
def test_whoever_can_end_it_hears_of_the_end(
    name: str, school5: School, actor: Callable[..., Actor], as_: Callable[[str], Client]
) -> None:
    begin, told = ENDS[name]
    of_school5({key: actor(key, school5) for key in KEYS})
    with in_school(school5):
        begin(who)
    for key in ("boris", "vera", "anna", "zhanna"):
        page = as_(key).get("/s/5/").content.decode().replace("\xa0", " ")
        assert "Договоритесь о встрече" not in page or name != "a day too late", (
            "в этот срок встречу назначить уже нельзя"
        )
        said = [
            word
            for word in ("Подведите итоги", "Завершите пару", "Завершение пары", "Срок пары вышел")
            if word in page
        ]
        assert said == ([told[key]] if key in told else []), (key, [task.title for task in tasks(page)])


@pytest.mark.covers("found B9")
def test_a_pair_whose_work_is_done_is_asked_for_nothing_more(
    school5: School, actor: Callable[..., Actor], as_: Callable[[str], Client]
) -> None:
    of_school5({key: actor(key, school5) for key in KEYS})
    with in_school(school5):
        pair = scene.with_its_work_done(who)
    for key in ("boris", "vera"):
        home = words_of(as_(key).get("/s/5/"))
        assert [word for word in ("Напишите программу", "Договоритесь о встрече") if word in home] == [], key
        assert "Пару завершит директор" in home, key
        assert "Завершить пару" in words_of(as_(key).get(f"/s/5/pairs/{pair.uuid}/")), key


@pytest.mark.covers("found B9")
def test_the_page_of_the_pair_names_who_owes_the_results(
    school5: School, actor: Callable[..., Actor], as_: Callable[[str], Client]
) -> None:
    of_school5({key: actor(key, school5) for key in KEYS})
    with in_school(school5):
        programme = scene.on_its_last_day(who)
        url = f"/s/5/pairs/{programme.pair.uuid}/"
    assert "Подвести итоги программы" in words_of(as_("anna").get(url))
    with in_school(school5):
        PROGRAMME.move(programme, "finish", by=who("boris"))
    assert words_of(as_("anna").get(url)).count("Оценить свою половину целей") == 2


def asked_to_meet(as_: Callable[[str], Client], day: str, pair: str) -> list[str]:
    """At home and on the page of the pair."""
    found = []
    with clock.at(dt.datetime.fromisoformat(f"{day}T09:00:00+00:00")):
        for key in ("boris", "vera"):
            said = ["Договоритесь о встрече" in words_of(as_(key).get(url)) for url in ("/s/5/", pair)]
            assert said[0] == said[1], (key, day)
            found += [key] if all(said) else []
    return found


def test_nobody_is_asked_to_meet_on_the_last_day_or_while_somebody_is_away(
    school5: School, actor: Callable[..., Actor], as_: Callable[[str], Client]
) -> None:
    """Three years by hand, 29.02.2028: a mentor was to agree on a meeting with somebody on leave."""
    of_school5({key: actor(key, school5) for key in KEYS})
    with in_school(school5), clock.at(dt.datetime(2027, 10, 1, 9, tzinfo=dt.UTC)):
        page = f"/s/5/pairs/{scene.active(who, planned_to=dt.date(2028, 5, 31)).uuid}/"
        for key, first, last in (("vera", 11, 20), ("boris", 21, 29)):
            days = [dt.date(2028, 2, day) for day in (first, last)]
            away = Away(kind="leave", started_on=days[0], ended_on=days[1])
            with clock.at(dt.datetime(2028, 2, 10, 9, tzinfo=dt.UTC)):
                begin_absence(scene.person(key), away, by=who("anna"))
    both = ["boris", "vera"]
    silent = ("2028-02-11", "2028-02-20", "2028-02-21", "2028-02-29", "2028-05-31")
    for day in ("2028-02-10", *silent[:-1], "2028-03-01", "2028-05-30", silent[-1]):
        asked = asked_to_meet(as_, day, page)
        assert asked == ([] if day in silent else both), day
