"""Opens a school as the owner's worker does, and dies of it: `python -m tests.tenancy.opening_run --owner
<uuid> <N,N,…|every>`.

Each N is a process of its own, forked before it has a connection, that kills itself after the N-th statement;
0 lives to the end. What is found after each death is printed as JSON: [N, exit code, whether the schema is
there, whether the role is there, the school's state, whether the progress says that it is finished].

`every` begins with one opening that holds its breath after each of its statements until another session
has looked: what others see at that moment is what a death would leave. Its lines have no exit code. Then come
real deaths after every fiftieth statement, before the commit and after it, and two lives to the end.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg

import tests.environment  # noqa: F401  (the database comes from the caller)

FOUND = """SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = s.schema_name), EXISTS (SELECT 1 FROM
pg_roles WHERE rolname = s.schema_name), s.state,
           (SELECT finished_at IS NOT NULL FROM tenants_schoolopening o WHERE o.school_id = s.id) FROM
           tenants_school s WHERE s.uuid = %s"""
STILL_THERE = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user AND "
    "pid <> pg_backend_pid()"
)


RARELY = 50
"""Dying after each takes 84 s; that what was not committed is gone with its process is PostgreSQL's."""


def open_and_die(school: str, kill_after: int, pause: Callable[[], None] | None = None) -> None:
    """Statements before the deadly one go in one trip, as they do in life; the deadly one goes alone, and so
    does each that is looked at.
    """
    from portal.core.actor import Actor
    from portal.municipality.opening import make_school
    from tenants import opening

    done = 0
    run_script = opening._run_script

    def counted(lines: list[str]) -> None:
        for trip in filter(None, trips_of(lines)):
            run_script(trip)
            reached(len(trip))

    def trips_of(lines: list[str]) -> list[list[str]]:
        left = kill_after - done
        if pause:
            return [[line] for line in lines]
        if 0 < left <= len(lines):
            return [lines[: left - 1], [lines[left - 1]], lines[left:]]
        return [lines]

    def reached(statements: int) -> None:
        nonlocal done
        done += statements
        if pause:
            pause()
        if done == kill_after:
            os.kill(os.getpid(), signal.SIGKILL)

    opening._run_script = counted
    opening.at_the_end = lambda: reached(1)
    by = Actor(user=None, permissions=frozenset({"school:open"}), via="job")
    make_school(by=by, school_uuid=school)


def in_child(school: str, kill_after: int, pause: Callable[[], None] | None = None) -> int:
    child = os.fork()
    if child == 0:
        try:
            open_and_die(school, kill_after, pause)
        finally:
            os._exit(0 if kill_after == 0 else 1)
    return child


def death(watch: psycopg.Connection[Any], school: str, kill_after: int) -> list[Any]:
    """What is there when the process has gone and its backend has noticed."""
    _, status = os.waitpid(in_child(school, kill_after), 0)
    while watch.execute(STILL_THERE).fetchone() != (0,):
        time.sleep(0.002)
    return [kill_after, os.waitstatus_to_exitcode(status), *found(watch, school)]


def found(watch: psycopg.Connection[Any], school: str) -> tuple[Any, ...]:
    return watch.execute(FOUND, [school]).fetchone() or ()


def looked_at(watch: psycopg.Connection[Any], school: str, last: int) -> Iterator[list[Any]]:
    """One opening, looked at after each of its statements up to the last, which is its death."""
    told, tell = os.pipe()
    breath, breathe = os.pipe()

    def pause() -> None:
        os.write(tell, b".")
        os.read(breath, 1)

    child = in_child(school, last, pause)
    os.close(tell)
    for number in range(1, last + 1):
        assert os.read(told, 1), "the opening has died before its time"
        yield [number, None, *found(watch, school)]
        os.write(breathe, b".")
    os.waitpid(child, 0)


def steps(school: str) -> int:
    """Statements, what follows them, and the commit. Asked in a process of its own: the one that forks has no
    connection of Django's.
    """
    from tenants.models import School
    from tenants.opening import opening_script

    here, there = os.pipe()
    if os.fork() == 0:
        script = opening_script(School.objects.get(uuid=school).schema_name)
        os.write(there, str(sum(len(lines) for _, lines in script)).encode())
        os._exit(0)
    os.wait()
    return int(os.read(here, 20)) + 2


def main(school: str, asked: str) -> None:
    import portal.municipality.opening  # noqa: F401  (once, not in each child)

    lines = []  # type: ignore[var-annotated]
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as watch:
        deaths = [int(n) for n in asked.split(",")] if asked != "every" else []
        if asked == "every":
            committed = steps(school)
            lines += looked_at(watch, school, committed - 1)
            deaths = [*range(1, committed - 1, RARELY), committed - 1, committed, 0, 0]
        lines += [death(watch, school, kill_after) for kill_after in deaths]
    sys.stdout.write(json.dumps(lines))


if __name__ == "__main__":
    import django

    django.setup()
    main(*sys.argv[-2:])
