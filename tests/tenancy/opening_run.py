"""Opens a school as the owner's worker does, killing itself after the N-th statement: `python -m
tests.tenancy.opening_run --owner <uuid> <N,N,…|every>`.

Each N is a process of its own, forked before it has a connection; 0 lives to the end; `every` is each
statement of the script in turn, what follows them, and two lives to the end. What is found after each death
is printed as JSON: [N, exit code, whether the schema is there, whether the role is there, the school's state,
whether the progress says that it is finished].
"""

import json
import os
import signal
import sys
import time

import tests.environment  # noqa: F401  (the database comes from the caller)

FOUND = """SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = s.schema_name), EXISTS (SELECT 1 FROM
pg_roles WHERE rolname = s.schema_name), s.state,
           (SELECT finished_at IS NOT NULL FROM tenants_schoolopening o WHERE o.school_id = s.id) FROM
           tenants_school s WHERE s.uuid = %s"""
STILL_THERE = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user AND "
    "pid <> pg_backend_pid()"
)


def open_and_die(school: str, kill_after: int) -> None:
    """Statements before the deadly one go in one trip, as they do in life; the deadly one goes alone."""
    from portal.core.actor import Actor
    from portal.municipality.opening import make_school
    from tenants import opening

    done = 0
    run_script = opening._run_script

    def counted(lines: list[str]) -> None:
        nonlocal done
        left = kill_after - done
        trips = [lines] if not 0 < left <= len(lines) else [lines[: left - 1], [lines[left - 1]]]
        for trip in filter(None, trips):
            run_script(trip)
            done += len(trip)
            die_if_told()

    def die_if_told() -> None:
        if done == kill_after:
            os.kill(os.getpid(), signal.SIGKILL)

    def after() -> None:
        nonlocal done
        done += 1
        die_if_told()

    opening._run_script, opening.at_the_end = counted, after
    make_school(by=Actor(user=None, permissions=frozenset({"school:open"}), via="job"), school_uuid=school)


def main(school: str, deaths: list[int]) -> None:
    import psycopg

    import portal.municipality.opening  # noqa: F401  (once, not in each child)

    found = []
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as watch:
        for kill_after in deaths:
            child = os.fork()
            if child == 0:
                try:
                    open_and_die(school, kill_after)
                finally:
                    os._exit(0 if kill_after == 0 else 1)
            _, status = os.waitpid(child, 0)
            # the dead process's backend has to notice and to roll back
            while watch.execute(STILL_THERE).fetchone() != (0,):
                time.sleep(0.002)
            found.append(
                [
                    kill_after,
                    os.waitstatus_to_exitcode(status),
                    *(watch.execute(FOUND, [school]).fetchone() or []),
                ]
            )
    sys.stdout.write(json.dumps(found))


def every(school: str) -> list[int]:
    """Asked in a process of its own: the one that forks has no connection of Django's."""
    from tenants.models import School
    from tenants.opening import opening_script

    here, there = os.pipe()
    if os.fork() == 0:
        os.write(
            there,
            str(
                sum(len(lines) for _, lines in opening_script(School.objects.get(uuid=school).schema_name))
            ).encode(),
        )
        os._exit(0)
    os.wait()
    return [*range(1, int(os.read(here, 20)) + 3), 0, 0]


if __name__ == "__main__":
    import django

    django.setup()
    asked = sys.argv[-1]
    main(sys.argv[-2], every(sys.argv[-2]) if asked == "every" else [int(n) for n in asked.split(",")])
