"""A release reaches every school that it can: one that fails is said, only read, and stops no other; killed
half-way, nothing is written ahead of its tables.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.test import Client

from portal.accounts.models import User
from portal.core.actor import Actor
from portal.exchange import KINDS, RECEIVERS
from portal.school_records.models import Numerator
from tenants import jobs, post
from tenants.context import in_city, in_school, school_here
from tenants.management.commands.migrate_all import SOME_BEHIND
from tenants.models import School, SchoolState
from tests import database
from tests.cast import BY_KEY
from tests.posts.rows import words_of
from tests.tenancy import counting_letters
from tests.tenancy.counting_letters import numbers, write_letters

COLUMN = "ALTER TABLE school_records_numerator ADD COLUMN extra integer"
MARK = "Сейчас здесь только чтение"


def as_owner(name: str, *statements: str) -> None:
    with psycopg.connect(database.owner_url(name), autocommit=True) as owner:
        for statement in statements:
            owner.execute(statement.encode())


def new_migration(name: str) -> None:
    """A release with one migration more in the schools' rooms."""
    as_owner(
        name,
        "INSERT INTO tenants_recordedmigration (uuid, version, created_at, updated_at, app, name, position, "
        "statements) VALUES "
        f"('{uuid4()}', 1, clock_timestamp(), clock_timestamp(), 'school_records', '9999_extra', 9999, "
        f"'{json.dumps([COLUMN])}')",
    )


def migrate_all(name: str) -> subprocess.CompletedProcess[str]:
    urls = {"DATABASE_URL": database.app_url(name), "DATABASE_OWNER_URL": database.owner_url(name)}
    return subprocess.run(
        [sys.executable, "manage.py", "migrate_all"],
        cwd=database.ROOT,
        env={**os.environ, **urls},
        capture_output=True,
        text=True,
        check=False,
    )


def reached() -> dict[int, tuple[bool, bool]]:
    """Of each school by number: has it the new column, may it be written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.number, EXISTS (SELECT 1 FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
            "WHERE a.attname = 'extra' "
            "AND c.relname = 'school_records_numerator' AND c.relnamespace::regnamespace::text = "
            "s.schema_name), s.behind_because = '' "
            "FROM tenants_school s"
        )
        return {number: (column, writable) for number, column, writable in cursor.fetchall()}


def signed_in(key: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(pk=BY_KEY[key].uuid))
    return client


@pytest.mark.covers("found A11", "house: opening")
def test_a_school_that_fails_is_only_read_and_stops_no_other(own_database: str) -> None:
    school = School.objects.get(number=5)
    table = f'"{school.schema_name}".school_records_numerator'
    new_migration(own_database)
    as_owner(own_database, f"ALTER TABLE {table} ADD COLUMN extra text")  # somebody's hand was there before
    first = migrate_all(own_database)
    assert (first.returncode, reached()) == (
        SOME_BEHIND,
        {5: (True, False), 7: (True, True), 9: (True, True), 12: (True, True)},
    ), first.stderr
    assert "Не обновились школы: 1" in first.stderr
    assert school.schema_name in first.stderr
    what_its_people_see(own_database, school)
    as_owner(own_database, f"ALTER TABLE {table} DROP COLUMN extra")
    again = migrate_all(own_database)
    assert (again.returncode, again.stderr, set(reached().values())) == (0, "", {(True, True)})
    assert MARK not in words_of(signed_in("anna").get("/s/5/"))


def what_its_people_see(name: str, school: School) -> None:
    anna, meetings = signed_in("anna"), f'"{school.schema_name}".pair_work_meeting'
    assert MARK in words_of(anna.get("/s/5/"))
    refused = anna.post("/s/5/people/new/", {"repeat_key": "1"})
    assert (refused.status_code, "обновление ещё не закончено" in words_of(refused)) == (409, True)
    assert MARK not in words_of(signed_in("gleb").get("/s/12/"))
    # what the code asks for is not there yet
    as_owner(name, f"ALTER TABLE {meetings} RENAME COLUMN topic TO subject")
    for url, words in (("/s/5/meetings/", "обновление ещё не закончено"), ("/s/5/people/", MARK)):
        answer = anna.get(url)
        assert (answer.status_code, words in words_of(answer)) == (503 if "meetings" in url else 200, True)
    assert Client().get("/readyz").json()["schools_behind"] == 1
    the_post_goes_on_without_it(name, school)
    as_owner(name, f"ALTER TABLE {meetings} RENAME COLUMN subject TO topic")


def the_post_goes_on_without_it(name: str, school: School) -> None:
    """Its boxes are not as the code wants them: letters to it and from it wait, those of the others
    arrive.
    """
    other = School.objects.get(number=12)
    (own, theirs) = (uuid4(), uuid4())
    (to_own, to_theirs) = (uuid4(), uuid4())
    kinds = counting_letters.declare()
    for place, topic, back in ((school, own, to_own), (other, theirs, to_theirs)):
        write_letters(place, [topic], 1)
        write_letters(place, [back], 1, to_school=True)
    boxes = [
        f'ALTER TABLE "{school.schema_name}".school_records_{box} RENAME COLUMN'
        for box in ("inbox", "outbox")
    ]
    as_owner(name, *(f"{box} kind TO sort" for box in boxes))
    post.deliver_everything()
    assert (numbers(own), numbers(theirs), numbers(to_theirs, other)) == ([], ["counted 0"], ["counted 0"])
    as_owner(name, *(f"{box} sort TO kind" for box in boxes))
    post.deliver_everything()
    assert numbers(own) == ["counted 0"]
    for kind in kinds:
        del KINDS[kind.code], RECEIVERS[kind.code]


@pytest.mark.covers("found A11")
def test_killed_half_way_the_schools_that_it_has_not_reached_are_only_read(own_database: str) -> None:
    new_migration(own_database)
    killed = database.run_module("tests.tenancy.catching_run", own_database, "--owner", "2")
    assert killed.returncode == -9, killed.stderr
    assert sorted(reached().values()) == [(False, False)] * 2 + [(True, True)] * 2
    done = database.run_module("tests.tenancy.catching_run", own_database, "--owner", "0")
    assert (done.returncode, set(reached().values())) == (0, {(True, True)}), done.stderr


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A job of this release: it moves data which a migration of a school cannot."""
    places: list[int] = []

    @jobs.deploy_job("tests.move_data")
    def move(*, by: Actor) -> None:
        assert by.is_system
        Numerator.objects.get_or_create(series="moved", year=2026)
        places.append(school_here().number or 0)

    monkeypatch.setitem(jobs.JOBS, move.name, move)
    return places


def queued(run: Callable[..., None]) -> list[str]:
    """Take what stands in the queue and do it; the schools for which it stood there."""
    with in_city(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE args ->> 'name' = 'tests.move_data' RETURNING args"
        )
        found = [json.loads(args) if isinstance(args, str) else args for (args,) in cursor.fetchall()]
    for args in found:
        run(**args)
    return sorted(args["school"] for args in found)


@pytest.mark.covers("found A11", "house: jobs")
def test_a_job_of_a_deploy_is_done_once_in_each_school_and_waits_for_those_that_are_halted(
    moved: list[int], school5: School, school12: School
) -> None:
    School.objects.filter(pk=school12.pk).update(state=SchoolState.SUSPENDED)
    everywhere = sorted(str(uuid) for uuid in School.objects.values_list("uuid", flat=True))
    assert jobs.ask_at_deploy() == len(everywhere)
    assert queued(jobs.perform) == everywhere
    assert sorted(moved) == [5, 7, 9]
    assert jobs.ask_at_deploy() == 1, "asked again where it is not done"
    queued(lambda **args: None)
    School.objects.filter(pk=school12.pk).update(state=SchoolState.ARCHIVED)
    assert jobs.ask_at_deploy() == 0, "nothing will ever be done there: nothing is put by at each release"
    School.objects.filter(pk=school12.pk).update(state=SchoolState.ACTIVE)
    post.deliver_everything()  # what was put off comes back
    assert queued(jobs.perform) == [str(school12.uuid)]
    assert (sorted(moved), jobs.ask_at_deploy()) == ([5, 7, 9, 12], 0)
    with in_school(school5):
        assert Numerator.objects.filter(series="moved").count() == 1
