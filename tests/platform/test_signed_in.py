"""What it costs to know who is asking: two questions, with SQL that is made once; and no menu where
no page is drawn.
"""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.forms import model_to_dict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config import navigation
from portal.accounts.actors import memberships_of
from portal.accounts.models import Membership, OfficeEnd, User
from portal.accounts.sessions import SessionStore
from portal.core import clock
from portal.core.prepared import Prepared
from tenants.models import School, SchoolState
from tests.cast import BY_KEY

SignIn = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def user(key: str) -> User:
    return User.objects.get(pk=BY_KEY[key].uuid)


def as_the_orm_answers(person: User) -> list[Membership]:
    """The same question, made anew."""
    valid = Membership.objects.filter(Membership.valid_on(clock.today()), user=person)
    return list(valid.exclude(school__state=SchoolState.ARCHIVED).order_by("school__number", "pk"))


def told(memberships: list[Membership]) -> list[tuple[Any, ...]]:
    """Every field of each membership and of its school."""
    return [(m.pk, model_to_dict(m), of_school(m.school)) for m in memberships]


def of_school(school: School | None) -> tuple[Any, ...]:
    return (school.pk, school.agreed_counters, model_to_dict(school)) if school else ()


def end_of_office(person: User) -> None:
    held = Membership.objects.filter(user=person).earliest("pk")
    assert held.school
    assert held.person
    OfficeEnd.objects.create(
        contour=held.school.schema_name,
        person=held.person,
        office=held.office,
        valid_from=held.valid_from,
        last_day=clock.today() - dt.timedelta(days=1),
    )


def archive(person: User) -> None:
    School.objects.filter(memberships__user=person).update(state=SchoolState.ARCHIVED)


def tomorrow(person: User) -> None:
    Membership.objects.filter(user=person).update(valid_from=clock.today() + dt.timedelta(days=1))


CHANGES: dict[str, tuple[Callable[[User], None], int]] = {
    "as they are": (lambda person: None, 2),
    "an office has ended": (end_of_office, 1),
    "the school is archived": (archive, 0),
    "they begin tomorrow": (tomorrow, 0),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_prepared_question_gives_the_rows_of_the_orm(change: str) -> None:
    anna = user("anna")
    make, count = CHANGES[change]
    memberships_of(anna)  # whatever is kept of the first time must not answer the second
    make(anna)
    assert told(memberships_of(anna)) == told(as_the_orm_answers(anna))
    assert len(memberships_of(anna)) == count


def test_each_person_gets_the_own_ones_and_the_city_is_no_school() -> None:
    for key in ("boris", "semyon", "zoya", "gleb"):
        assert told(memberships_of(user(key))) == told(as_the_orm_answers(user(key)))
    assert [m.school for m in memberships_of(user("semyon"))] == [None]


def test_the_sql_is_made_once_though_many_threads_ask_first() -> None:
    """A compiler at which two threads work gives either of them half of its columns."""
    built: list[str] = []
    together = Barrier(4)

    def slowly(key: str) -> QuerySet[User]:
        built.append(key)
        sleep(0.05)
        return User.objects.filter(email=key)

    asked = Prepared(slowly, key="nobody's")

    def make() -> object:
        together.wait()
        return asked._once()

    with ThreadPoolExecutor(4) as threads:
        made = [one.result() for one in [threads.submit(make) for _ in range(4)]]
    assert built == ["nobody's"]
    assert all(one is made[0] for one in made)


def test_schools_come_with_their_memberships() -> None:
    anna = user("anna")
    with CaptureQueriesContext(connection) as asked:
        assert {m.school.number for m in memberships_of(anna) if m.school} == {5}
    assert len(asked) == 1


def test_a_session_that_is_over_or_unknown_opens_nothing_and_its_key_is_forgotten() -> None:
    kept = SessionStore()
    kept["whose"] = "anna's"
    kept.save()
    assert SessionStore(kept.session_key)["whose"] == "anna's"
    kept.get_model_class().objects.update(expire_date=timezone.now() - dt.timedelta(seconds=1))
    for key in (kept.session_key, "an unknown key of a stranger"):
        found = SessionStore(key)
        assert found.get("whose") is None
        assert found.session_key is None, "it is not given to a new session"


def test_two_questions_settle_who_is_asking(as_: SignIn) -> None:
    client = as_("anna")
    client.get("/healthz")
    with CaptureQueriesContext(connection) as asked:
        client.get("/healthz")
    assert len(asked) == 2, [query["sql"][:80] for query in asked]


@pytest.mark.parametrize(
    ("path", "menus"),
    [("/s/5/api/v1/pairs/", 0), ("/s/5/api/v1/pairs/nothing/", 0), ("/healthz", 0), ("/s/5/more/", 1)],
)
def test_a_menu_is_built_for_a_page_and_for_nothing_else(as_: SignIn, path: str, menus: int) -> None:
    client = as_("anna")
    with mock.patch.object(navigation, "shell_of", wraps=navigation.shell_of) as built:
        client.get(path)
    assert built.call_count == menus
