"""How many times faster a school is opened by replaying DDL than by migrating it: `python -m
tests.bench.opening --owner`.

A clone of the tests' template, one run of each; trust the ratio, not the seconds.
"""

import os
import subprocess
import sys
import time

import tests.environment  # noqa: F401  (a clean environment)
from tests import database


def main() -> None:
    if "--inside" in sys.argv:
        return measure()
    name = database.new_name()
    database.clone(name)
    urls = {"TEST_DATABASE_URL": database.app_url(name), "TEST_DATABASE_OWNER_URL": database.owner_url(name)}
    try:
        subprocess.run(
            [sys.executable, "-m", "tests.bench.opening", "--owner", "--inside"],
            env={**os.environ, **urls},
            cwd=database.ROOT,
            check=True,
        )
    finally:
        database.drop(name)


def measure() -> None:
    """Both ways in one database; the schools and their roles are dropped at the end."""
    import django

    django.setup()
    from django.db import connection

    from tenants import opening
    from tenants.grants import school_grants
    from tenants.models import School

    replayed, migrated = (
        School.objects.create(
            code=f"bench-{n}", short_name=f"bench {n}", full_name=f"bench {n}", inn=f"900000000{n}"
        )
        for n in (1, 2)
    )
    started = time.perf_counter()
    opening.open_school(replayed)
    by_replay = time.perf_counter() - started
    started = time.perf_counter()
    opening._run_script(
        [*opening._role_lines(migrated.schema_name), f'CREATE SCHEMA "{migrated.schema_name}"']
    )
    opening.migrate_schema(migrated.schema_name)
    opening._run_script(school_grants(migrated.schema_name))
    by_migrating = time.perf_counter() - started
    for school in (replayed, migrated):
        opening._run_script([f'DROP SCHEMA "{school.schema_name}" CASCADE', f'DROP ROLE "{school.role}"'])
    connection.close()
    sys.stdout.write(
        f"migrating {by_migrating:.2f} s, replay {by_replay:.2f} s: {by_migrating / by_replay:.1f} times "
        "faster\n"
    )


if __name__ == "__main__":
    main()
