"""Opening a school: whole or nothing after a `kill -9`, again to the same end, and equal to a school that was
really migrated.
"""

import json
import subprocess
from collections.abc import Iterator

import pytest
from django.db import connection

from tenants.models import School, SchoolOpening, SchoolState
from tenants.opening import REFERENCE, opening_script
from tests import database
from tests.tenancy.opening_run import RARELY
from tests.tenancy.schools import drop_school, school_to_open

COLUMNS = """SELECT c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
a.attidentity::text, a.attgenerated::text,
             pg_get_expr(d.adbin, d.adrelid), l.collname FROM pg_attribute a JOIN pg_class c ON c.oid =
             a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum LEFT JOIN pg_collation l ON
             l.oid = a.attcollation
             WHERE n.nspname = %s AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN
             ('r', 'v', 'm') ORDER BY 1, 2"""
CONSTRAINTS = """SELECT c.relname, k.conname, k.contype::text,
replace(pg_get_constraintdef(k.oid), %s || '.', '') FROM pg_constraint k
                 JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE
                 n.nspname = %s ORDER BY 1, 2"""
INDEXES = (
    "SELECT tablename, indexname, replace(indexdef, %s || '.', '') FROM pg_indexes WHERE schemaname = %s "
    "ORDER BY 1, 2"
)
RIGHTS = """SELECT c.relname, c.relkind::text, replace(COALESCE(array_to_string(ARRAY(SELECT a::text FROM
unnest(c.relacl) a ORDER BY 1), ' '), ''),
            %s, 'SCHOOL') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE
            n.nspname = %s AND c.relkind IN ('r', 'v', 'S', 'm') ORDER BY 1"""
ON_SCHEMA = """SELECT replace(COALESCE(array_to_string(ARRAY(SELECT a::text FROM unnest(nspacl) a
ORDER BY 1), ' '), ''), %s, 'SCHOOL')
               FROM pg_namespace WHERE nspname = %s"""
OTHERS = """SELECT 'function', p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE
n.nspname = %s
            UNION ALL SELECT 'type', t.typname FROM pg_type t JOIN pg_namespace n ON n.oid =
            t.typnamespace WHERE n.nspname = %s ORDER BY 1, 2"""


def rows(statement: str, *values: str) -> list[tuple]:  # type: ignore[type-arg]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()  # type: ignore[no-any-return]


def run(module: str, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A process of the owner's, against the database of this test."""
    return database.run_module(module, name, "--owner", *arguments)


@pytest.fixture
def new_school(own_database: str) -> Iterator[School]:
    school = school_to_open()
    yield school
    drop_school(school, own_database)


NOTHING, WHOLE = [False, False, SchoolState.DOCS_SIGNED, False], [True, True, SchoolState.SCHEMA_CREATED]
"""Is the schema there, the role, in which state the school is (and whether the progress says «finished»)."""
KILLED = -9


@pytest.mark.covers("SM-17.open", "house: opening")
def test_killed_after_each_of_its_statements_a_school_is_whole_or_not_there(
    new_school: School, own_database: str
) -> None:
    """Every statement of the script, the transition of SM-17 after them, and the commit, after which only the
    note of progress is missing.
    """
    statements = sum(len(lines) for _, lines in opening_script(new_school.schema_name))
    before_commit, after_commit = statements + 1, statements + 2
    lives = run("tests.tenancy.opening_run", own_database, str(new_school.uuid), "every")
    assert lives.returncode == 0, lives.stderr
    found = json.loads(lives.stdout)
    looked_at, deaths = found[:before_commit], found[before_commit:]
    assert looked_at == [[after, None, *NOTHING] for after in range(1, before_commit + 1)]
    early = [*range(1, before_commit, RARELY), before_commit]
    assert deaths == [
        *([after, KILLED, *NOTHING] for after in early),
        [after_commit, KILLED, *WHOLE, False],
        [0, 0, *WHOLE, True],
        [0, 0, *WHOLE, True],
    ]
    opening = SchoolOpening.objects.get(school=new_school)
    assert opening.done == opening.total
    assert not opening.trouble


def catalogue(schema: str) -> dict[str, list[tuple]]:  # type: ignore[type-arg]
    return {
        "columns": rows(COLUMNS, schema),
        "constraints": rows(CONSTRAINTS, schema, schema),
        "indexes": rows(INDEXES, schema, schema),
        "rights": rows(RIGHTS, schema, schema),
        "schema": rows(ON_SCHEMA, schema, schema),
        "others": rows(OTHERS, schema, schema),
    }


@pytest.mark.covers("house: opening")
def test_a_replayed_school_equals_a_migrated_one(new_school: School, own_database: str) -> None:
    assert run("tests.tenancy.opening_run", own_database, str(new_school.uuid), "0").returncode == 0
    migrated = School.objects.create(
        code="32", number=32, short_name="Школа № 32", full_name="Школа № 32", inn="7707083893"
    )
    try:
        made = run("tests.tenancy.migrating_run", own_database, migrated.schema_name)
        assert made.returncode == 0, made.stderr
        left, right = catalogue(new_school.schema_name), catalogue(migrated.schema_name)
        for name in left:
            assert left[name], name
            assert [str(row).replace(new_school.schema_name, "") for row in left[name]] == [
                str(row).replace(migrated.schema_name, "") for row in right[name]
            ], name
        names = run(
            "tests.tenancy.applied_run", own_database, new_school.schema_name, migrated.schema_name, REFERENCE
        )
        assert names.stdout == "same", names.stderr
    finally:
        database.run_as_superuser(
            f'DROP SCHEMA IF EXISTS "{migrated.schema_name}" CASCADE',
            f'DROP ROLE IF EXISTS "{migrated.role}"',
            database=own_database,
        )
