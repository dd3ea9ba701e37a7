"""The worker itself, `manage.py worker`, killed by `kill -9` in the middle of its work: another one takes the job, and it is done once."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from portal.accounts.actors import actor_in, memberships_of
from portal.accounts.models import User
from portal.core.actor import Actor
from portal.documents.sheets import write_sheet
from portal.municipality.opening import make_school
from portal.school_records.models import JournalLine, Outbox, RepeatKey
from portal.staff import services
from portal.staff.list_rows import COLUMNS
from portal.staff.models import Employee, EmployeePosition, ImportRow, StaffImport
from portal.staff.services.imports import ACCEPT_CHUNK, CHECK_CHUNK
from tenants.context import in_city, in_school
from tenants.models import School, SchoolOpening, SchoolState
from tenants.opening import has_schema
from tenants.tasks import retry_stalled
from tests import database
from tests.cast import BY_KEY
from tests.tenancy.schools import drop_school, school_to_open

ROWS, SYLLABLES = 120, ("ба", "ве", "го", "ду", "жи", "за", "ка", "ло", "му", "ню")


def many_people() -> SimpleUploadedFile:
    rows = [
        {"last_name": "Ф" + "".join(SYLLABLES[int(digit)] for digit in str(number)), "first_name": "Ольга", "birth_date": "12.03.1990",
         "position": "учитель", "subjects": "математика", "hired_on": "01.09.2022", "ped_stage_years": 2, "education_level": "высшее"}
        for number in range(ROWS)
    ]  # fmt: skip
    return SimpleUploadedFile("список.xlsx", write_sheet("Сотрудники", COLUMNS, rows))


def person(key: str, school: School | None = None) -> Actor:
    user = User.objects.get(pk=BY_KEY[key].uuid)
    return actor_in(user, memberships_of(user), school)


@contextmanager
def held(take: Callable[[], object]) -> Iterator[None]:
    """What was taken stays locked while the worker lives, so that it is killed exactly there; then it is given back untouched."""
    with transaction.atomic():
        take()
        yield
        transaction.set_rollback(True)


@contextmanager
def worker(name: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """The real command in a process of its own; killed at the end, as everything here."""
    urls = {"DATABASE_URL": database.app_url(name), "DATABASE_OWNER_URL": database.owner_url(name), "DATABASE_AS_OWNER": "1" if arguments else "0"}
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen([sys.executable, "manage.py", "worker", *arguments], cwd=database.ROOT, env={**os.environ, **urls}, stderr=said)
        try:
            yield process
            assert process.poll() is None, "the worker has fallen by itself"
        except AssertionError as failure:
            said.seek(0)
            failure.add_note(said.read())
            raise
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()


def wait_until(true: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while not true():
        assert process.poll() is None, "the worker has fallen by itself"
        assert time.monotonic() < until, "this never came"
        time.sleep(0.1)


def let_a_minute_pass() -> None:
    """For the watch of the workers: the dead one has not been heard of for a minute."""
    with in_city(), connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'")


def jobs_by_state(name: str) -> dict[str, int]:
    with in_city(), connection.cursor() as cursor:
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs WHERE args ->> 'name' = %s GROUP BY 1", [name])
        return dict(cursor.fetchall())


@pytest.mark.covers("house: staff import", "house: jobs")
def test_a_school_job_of_a_killed_worker_is_done_once_by_the_next(own_database: str) -> None:
    school = School.objects.get(number=5)
    anna = person("anna", school)
    with in_school(school):
        before = Employee.objects.count()
        uuid = services.upload_staff(many_people(), by=anna).uuid

    def now() -> StaffImport:
        with in_school(school):
            return StaffImport.objects.get(uuid=uuid)

    with in_school(school), held(lambda: ImportRow.objects.create(staff_import=now(), number=110, verdict="bad")), worker(own_database) as first:
        wait_until(lambda: now().checked == CHECK_CHUNK, first)
    assert jobs_by_state("staff.check_import") == {"doing": 1}
    let_a_minute_pass()
    with worker(own_database) as second:  # asks at its start whose work is left
        wait_until(lambda: now().state == "ready", second)
    with in_school(school):
        services.confirm_import(now(), by=anna)
    with in_school(school), held(lambda: list(ImportRow.objects.select_for_update().filter(number=110))), worker(own_database) as third:
        wait_until(lambda: now().accepted == 2 * ACCEPT_CHUNK, third)
    with worker(own_database) as fourth:  # too early to tell that the third is dead: the task of each minute will
        let_a_minute_pass()
        with in_city():
            retry_stalled.defer(timestamp=0)
        wait_until(lambda: jobs_by_state("staff.accept_import") == {"succeeded": 1}, fourth)
    assert jobs_by_state("staff.check_import") == {"succeeded": 1}
    assert (now().good, now().accepted, now().total) == (0, ROWS, ROWS), "nothing is left to write"
    with in_school(school):
        assert Employee.objects.count() - before == ROWS
        assert EmployeePosition.objects.filter(employee__first_name="Ольга", position="teacher").count() >= ROWS
        assert JournalLine.objects.filter(verb="imported").count() == ROWS
        assert Outbox.objects.filter(kind="municipality.school_step").count() == 1
        assert sorted(RepeatKey.objects.filter(person="job").values_list("route", flat=True)) == ["staff.accept_import", "staff.check_import"]


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
            waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            wait_until(lambda: held.execute(waiting).fetchone() == (1,), first)
    assert not has_schema(new_school.schema_name)
    let_a_minute_pass()
    with worker(own_database, "--owner") as second:
        wait_until(lambda: jobs_by_state("municipality.open_school") == {"succeeded": 1}, second)
    new_school.refresh_from_db()
    assert new_school.state == SchoolState.SCHEMA_CREATED
    assert SchoolOpening.objects.get(school=new_school).finished_at
