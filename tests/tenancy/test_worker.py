"""The worker itself, `manage.py worker`, killed by `kill -9` in the middle of its work: another one takes the
job, and it is done once.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from procrastinate.tasks import Task

from portal.accounts.actors import actor_in, memberships_of
from portal.accounts.models import User
from portal.core import clock
from portal.core.actor import Actor
from portal.documents.sheets import write_sheet
from portal.municipality.opening import make_school
from portal.school_records.models import DisclosureLine, JournalLine, Outbox, ReadLine, RepeatKey
from portal.staff import services
from portal.staff.list_rows import COLUMNS
from portal.staff.models import ImportRow, Person, Position, StaffImport
from portal.staff.services.imports import ACCEPT_CHUNK, CHECK_CHUNK
from portal.staff.workflow import IMPORT
from portal.staff.workflow.imports import ListAccepted
from tenants.context import in_city, in_school
from tenants.models import School, SchoolOpening, SchoolState
from tenants.opening import has_schema
from tenants.rescue import rescue_stalled
from tenants.tasks import every_day, forget_journals, retry_stalled
from tests import database
from tests.cast import BY_KEY
from tests.tenancy.left_behind import LEFT, leave_behind, of
from tests.tenancy.rows import row
from tests.tenancy.schools import drop_school, school_to_open
from tests.tenancy.working import held, jobs_by_state, let_a_minute_pass, wait_until, worker

AT_NIGHT, AN_HOUR_LATER = 0, 3600
"""1 January 1970, three and four o'clock by the city's clock."""
JOURNALS = (JournalLine, ReadLine, DisclosureLine)
ROWS, SYLLABLES = 120, ("ба", "ве", "го", "ду", "жи", "за", "ка", "ло", "му", "ню")


def many_people() -> SimpleUploadedFile:
    rows = [
        {
            "last_name": "Ф" + "".join(SYLLABLES[int(digit)] for digit in str(number)),
            "first_name": "Ольга",
            "birth_date": "12.03.1990",
            "position": "учитель",
            "subjects": "математика",
            "hired_on": "01.09.2022",
            "ped_stage_years": 2,
            "education_level": "высшее",
        }
        for number in range(ROWS)
    ]
    return SimpleUploadedFile("список.xlsx", write_sheet("Сотрудники", COLUMNS, rows))  # type: ignore[arg-type]


def person(key: str, school: School | None = None) -> Actor:
    user = User.objects.get(pk=BY_KEY[key].uuid)
    return actor_in(user, memberships_of(user), school)


@pytest.mark.covers("house: staff import", "house: jobs")
def test_a_school_job_of_a_killed_worker_is_done_once_by_the_next(own_database: str) -> None:
    school = School.objects.get(number=5)
    anna = person("anna", school)
    with in_school(school):
        before = Person.objects.count()
        uuid = services.upload_staff(many_people(), by=anna).uuid

    def now() -> StaffImport:
        with in_school(school):
            return StaffImport.objects.get(uuid=uuid)

    with (
        in_school(school),
        held(lambda: ImportRow.objects.create(staff_import=now(), number=110, verdict="bad")),
        worker(own_database) as first,
    ):
        wait_until(lambda: now().checked == CHECK_CHUNK, first)
    assert jobs_by_state("staff.check_import") == {"doing": 1}
    let_a_minute_pass()
    with worker(own_database) as second:  # asks at its start whose work is left
        wait_until(lambda: now().state == "ready", second)
    with in_school(school):
        IMPORT.move(now(), "confirm", by=anna, asked=ListAccepted())
    with (
        in_school(school),
        held(lambda: list(ImportRow.objects.select_for_update().filter(number=110))),
        worker(own_database) as third,
    ):
        wait_until(lambda: now().accepted == 2 * ACCEPT_CHUNK, third)
    with worker(
        own_database
    ) as fourth:  # too early to tell that the third is dead: the task of each minute will
        let_a_minute_pass()
        with in_city():
            retry_stalled.defer(timestamp=0)  # type: ignore[call-arg]
        wait_until(lambda: jobs_by_state("staff.accept_import") == {"succeeded": 1}, fourth)
    assert jobs_by_state("staff.check_import") == {"succeeded": 1}
    assert (now().good, now().accepted, now().total) == (0, ROWS, ROWS), "nothing is left to write"
    with in_school(school):
        assert Person.objects.count() - before == ROWS
        assert (
            Position.objects.filter(employment__person__first_name="Ольга", position="teacher").count()
            >= ROWS
        )
        assert JournalLine.objects.filter(verb="imported").count() == ROWS
        assert Outbox.objects.filter(kind="municipality.school_step").count() == 1
        assert sorted(RepeatKey.objects.filter(person="job").values_list("route", flat=True)) == [
            "staff.accept_import",
            "staff.check_import",
        ]


@pytest.fixture
def new_school(own_database: str) -> Iterator[School]:
    school = school_to_open()
    yield school
    drop_school(school, own_database)


@pytest.mark.covers("SM-17.open", "house: opening")
def test_the_opening_of_a_killed_worker_is_done_by_the_next(new_school: School, own_database: str) -> None:
    """Held in the middle of the opening's own transaction, killed there, and opened by another."""
    make_school.later(by=person("semyon"), school_uuid=str(new_school.uuid))
    with psycopg.connect(database.owner_url(own_database), autocommit=True) as held:
        held.execute("SELECT pg_advisory_lock(hashtext(%s))", [new_school.schema_name])
        with worker(own_database, "--owner") as first:
            wait_until(lambda: jobs_by_state("municipality.open_school") == {"doing": 1}, first)
            waiting = (
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = "
                "(SELECT oid FROM pg_database WHERE datname = current_database())"
            )
            wait_until(lambda: held.execute(waiting).fetchone() == (1,), first)
    assert not has_schema(new_school.schema_name)
    let_a_minute_pass()
    with worker(own_database, "--owner") as second:
        wait_until(lambda: jobs_by_state("municipality.open_school") == {"succeeded": 1}, second)
    new_school.refresh_from_db()
    assert new_school.state == SchoolState.SCHEMA_CREATED
    assert SchoolOpening.objects.get(school=new_school).finished_at


@pytest.mark.covers("found A1", "house: jobs")
def test_the_workers_start_from_whatever_a_dead_one_has_left(own_database: str) -> None:
    """Both at once, as `make demo` starts them: they share what there is, and neither falls."""
    left = leave_behind()
    with worker(own_database) as first, worker(own_database, "--owner") as second:
        wait_until(lambda: not {of(number) for _, number in left} & {"todo", "doing"}, first)
        assert second.poll() is None
    assert {case.name: of(number) for case, number in left} == {case.name: case.ends for case in LEFT}


@pytest.mark.covers("found A6", "found G3", "house: jobs")
def test_the_forgetting_of_journals_of_a_killed_worker_is_done_by_the_next(own_database: str) -> None:
    """Held at the journal of the last school, killed there: the lines of the others are gone by then, the
    next worker finishes, though the next hour has come meanwhile.
    """
    schools, long_ago = list(School.objects.order_by("pk")), clock.now() - dt.timedelta(days=6 * 365)
    for school in schools:
        with in_school(school):
            for model in JOURNALS:
                row(model, 901, created_at=long_ago)
                row(model, 902)

    def left(school: School) -> list[int]:
        with in_school(school):
            return [model.objects.count() for model in JOURNALS]

    with in_city():
        forget_journals.defer(timestamp=AT_NIGHT)  # type: ignore[call-arg]
    with psycopg.connect(database.owner_url(own_database)) as holding:
        holding.execute(
            f'SELECT id FROM "{schools[-1].schema_name}".school_records_journalline FOR UPDATE'.encode()
        )
        with worker(own_database, "--owner") as first:
            wait_until(
                lambda: [left(school) for school in schools[:-1]] == [[1, 1, 1]] * (len(schools) - 1), first
            )
        holding.rollback()
    assert left(schools[-1])[0] == 2
    with in_city():
        forget_journals.defer(timestamp=AN_HOUR_LATER)  # type: ignore[call-arg]
    let_a_minute_pass()
    with worker(own_database, "--owner") as second:
        wait_until(lambda: [left(school) for school in schools] == [[1, 1, 1]] * len(schools), second)


@pytest.mark.parametrize("task", [every_day, forget_journals])
def test_the_hour_after_does_not_take_the_place_of_a_night_that_was_not_finished(
    own_database: str, task: Task[..., Any, Any]
) -> None:
    """The hours of the day ask for the same task and find nothing to do: were one of them called its twin,
    the night's work would be lost with its worker, or with its first failure.
    """
    with in_city():
        night = task.defer(timestamp=AT_NIGHT)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [night])
        hour = task.defer(timestamp=AN_HOUR_LATER)
    assert rescue_stalled() == 1
    with in_city(), connection.cursor() as cursor:
        cursor.execute("SELECT id, status::text FROM procrastinate_jobs ORDER BY id")
        assert cursor.fetchall() == [(night, "todo"), (hour, "todo")]
