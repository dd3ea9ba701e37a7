"""Opens a school as the owner's worker does, killing itself after the N-th statement: `python -m tests.tenancy.opening_run --owner <uuid> <N,N,…>`.

Each N is a process of its own, forked before it has a connection; 0 lives to the end. What is found after each death is printed as JSON:
[N, exit code, whether the schema is there, whether the role is there, the school's state].
"""

import json
import os
import signal
import sys
import time

import tests.environment  # noqa: F401  (the database comes from the caller)

FOUND = """SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = s.schema_name), EXISTS (SELECT 1 FROM pg_roles WHERE rolname = s.schema_name), s.state
           FROM tenants_school s WHERE s.uuid = %s"""
STILL_THERE = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"


def open_and_die(school: str, kill_after: int) -> None:
    from portal.core.actor import Actor
    from portal.municipality.opening import make_school
    from tenants import opening

    done = 0

    def after() -> None:
        nonlocal done
        done += 1
        if done == kill_after:
            os.kill(os.getpid(), signal.SIGKILL)

    opening.after_statement = after
    make_school(by=Actor(user=None, permissions=frozenset({"school:open"}), via="job"), school_uuid=school)


def what_is_left(school: str) -> list[object]:
    """Asked when the dead process's backend has noticed and rolled back."""
    import psycopg

    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        while connection.execute(STILL_THERE).fetchone() != (0,):
            time.sleep(0.02)
        return list(connection.execute(FOUND, [school]).fetchone() or [])


def main(school: str, deaths: list[int]) -> None:
    import django

    django.setup()
    found = []
    for kill_after in deaths:
        child = os.fork()
        if child == 0:
            try:
                open_and_die(school, kill_after)
            finally:
                os._exit(0 if kill_after == 0 else 1)
        _, status = os.waitpid(child, 0)
        found.append([kill_after, os.waitstatus_to_exitcode(status), *what_is_left(school)])
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[-2], [int(n) for n in sys.argv[-1].split(",")])
