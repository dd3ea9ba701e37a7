"""What every page counts is asked by SQL that is made once a day: it gives the numbers of the queries
themselves, to each person the own ones, and nothing else than rights, person and day stands in it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.navigation import of_menu_and_home
from portal.cabinet.selectors.at_hand import pairs_at_hand
from portal.core import clock, counting
from portal.core.actor import Actor
from portal.core.counting import Rows, how_many, how_many_for
from portal.core.once import page_of_questions
from portal.local_acts.models import LocalAct
from portal.mentoring.models import Pair
from portal.staff.selectors import people_of_offices, principal_now
from portal.staff.services.hiring import make_person
from tenants.context import in_school
from tenants.models import School
from tests.workflows import mentoring_scenes as scene

KEYS = ("anna", "boris", "vera", "zhanna", "irina", "kira", "lev")
PAGE = "/s/5/"
Acting = Callable[..., Actor]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def made_anew() -> None:
    counting._made.cache_clear()


@pytest.fixture
def of_school5(school5: School, actor: Callable[..., Actor]) -> Acting:
    people = {key: actor(key, school5) for key in KEYS}
    return lambda key: people[key]


@pytest.mark.parametrize("key", KEYS)
def test_they_are_the_numbers_of_the_queries_themselves(
    school5: School, of_school5: Acting, key: str
) -> None:
    with in_school(school5):
        scene.running(of_school5)
        for _ in range(2):  # made, and kept
            assert how_many_for(of_school5(key), PAGE, of_menu_and_home) == how_many(
                of_menu_and_home(of_school5(key), PAGE)
            )


@pytest.mark.parametrize("key", KEYS)
def test_nothing_but_rights_person_and_day_stands_in_them(
    school5: School, school12: School, of_school5: Acting, key: str
) -> None:
    """So an hour later and in another school the same SQL with the same values is the right one."""
    by, made = of_school5(key), []
    morning = clock.now().replace(hour=6, minute=0)
    for school, hour in ((school5, 0), (school12, 0), (school5, 9)):
        with in_school(school), clock.at(morning + dt.timedelta(hours=hour)):
            question = counting._question_of(of_menu_and_home(by, PAGE))
        made.append((question.sql, question.parameters))
    assert made[0] == made[1] == made[2]


def test_a_list_among_the_values_stays_as_it_is(school5: School, of_school5: Acting) -> None:
    rows: Rows = {"named": LocalAct.objects.filter(chapters__has_any_keys=["a", "b"])}
    with in_school(school5):
        assert how_many_for(of_school5("anna"), PAGE, lambda by, url: rows) == how_many(rows)


def test_a_new_day_is_asked_about_itself(school5: School, of_school5: Acting) -> None:
    with in_school(school5):
        pair = scene.running(of_school5).pair
        Pair.objects.filter(pk=pair.pk).update(planned_to=clock.today())
        today = how_many_for(of_school5("anna"), PAGE, of_menu_and_home)
        with clock.at(clock.now() + dt.timedelta(days=1)):
            tomorrow = how_many_for(of_school5("anna"), PAGE, of_menu_and_home)
    assert tomorrow["programmes: whole"] == today["programmes: whole"] - 1


def test_the_home_asks_for_them_with_the_numbers_of_the_menu(
    as_: Callable[[str], Client], school5: School
) -> None:
    client = as_("anna")
    client.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        client.get(PAGE)
    counts = [query["sql"] for query in asked if "(SELECT count(*) FROM" in query["sql"]]
    assert len(counts) == 2, "one in the city, for experts; one in the school"


@pytest.mark.parametrize("key", KEYS)
def test_the_pairs_of_a_home_are_those_of_its_reader(school5: School, of_school5: Acting, key: str) -> None:
    """The question is prepared for all with the same rights: each still gets the own pairs."""
    with in_school(school5):
        scene.running(of_school5)
        for by in (of_school5("boris"), of_school5(key), of_school5("boris")):
            found = pairs_at_hand(by)
            own = set(Pair.objects.of_person(by).open().values_list("pk", flat=True))
            assert {pair.pk for pair in found if pair.role_of(by)} == own
            if not by.can("pair:read"):
                assert {pair.pk for pair in found} == own


def test_whoever_has_no_office_here_is_shown_no_pair(school12: School, of_school5: Acting) -> None:
    stranger = replace(of_school5("boris"), offices=frozenset(), permissions=frozenset())
    with in_school(school12), CaptureQueriesContext(connection) as asked:
        assert pairs_at_hand(stranger) == []
    assert not asked.captured_queries


def test_a_pair_of_a_home_comes_whole(school5: School, of_school5: Acting) -> None:
    with in_school(school5):
        pair = Pair.objects.get(pk=scene.running(of_school5).pair_id)
        people, advised = [pair.mentor.pk, pair.mentee.pk], pair.compatibility.conclusion
        (found,) = [one for one in pairs_at_hand(of_school5("boris")) if one.pk == pair.pk]
        with CaptureQueriesContext(connection) as asked:
            assert [found.mentor.pk, found.mentee.pk] == people
            assert sorted(one.person.pk for one in found.consents.all()) == sorted(people)
            assert found.compatibility.conclusion == advised
            assert found.is_done is False  # type: ignore[attr-defined]
    assert len(asked) == 0, [query["sql"] for query in asked]


def test_of_two_principals_the_one_in_the_portal_signs(school5: School, inside: Any) -> None:
    with inside(school5):
        here = principal_now()
        assert here is not None
        assert here.user is not None
        known = {"last_name": "Аверин", "first_name": "Пётр", "birth_date": dt.date(1970, 1, 1)}
        another = make_person({**known, "ped_stage_years": 20}, position="principal")
        assert principal_now() == here
        with page_of_questions():
            heads = [person.pk for person in people_of_offices() if person.heads]
    assert set(heads) == {here.pk, another.pk}
