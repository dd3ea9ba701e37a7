"""What the database must not be told: names and states past their writers, the time of the server, another
role; and no key between contours.

Each lint is shown a piece of code that it must refuse, beside the whole of ours that it must not.
"""

import ast
import re
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.db import connection

from portal.core.sorting import SortKeyField
from tests import database
from tests.architecture.test_house_lints import SOURCES, where

NAMES_OF = {
    "full_name": ("last_name", "first_name", "middle_name"),
    "match_source": ("last_name", "first_name", "middle_name", "birth_date"),
}
"""Columns behind a source that is composed."""
TIME = re.compile(
    r"(?<![\w.])(?:now|clock_timestamp|statement_timestamp|transaction_timestamp)\s*\(\s*\)|\b(?:current_(?:timestamp|date|time)|localtimestamp)\b",
    re.I,
)
ROLE = re.compile(
    r"\bset\s+(?:local\s+|session\s+)?\"?(?:role|search_path|session\s+authorization)\b|\breset\s+(?:role|all)\b|\bset_config\s*\(",
    re.I,
)
SWITCHES = ("tenants/context.py", "tenants/backend/", "tenants/opening.py")
"""What enters a school, and the owner's replay of its migrations."""
BETWEEN = """
SELECT conrelid::regclass::text, conname, confrelid::regclass::text FROM pg_constraint
JOIN pg_class own ON own.oid = conrelid JOIN pg_class other ON other.oid = confrelid
WHERE contype = 'f' AND own.relnamespace <> other.relnamespace ORDER BY 1, 2
"""
Lint = Callable[[ast.Module], Iterator[int]]


def written_by_hand() -> set[str]:
    """Fields that only their writers may write: states, and what sort keys are made of."""
    sources = {
        field.source
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SortKeyField)
    }
    return {"state", *(column for source in sources for column in NAMES_OF.get(source, (source,)))}


def updates(tree: ast.Module) -> Iterator[int]:
    """`.update(state=…)`, `.update(**{"title": …})`, `bulk_update(rows, ["state"])`, by constants that stand
    in the call.
    """
    guarded = written_by_hand()
    for call in (
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ):
        named: set[object] = set()
        if call.func.attr == "update":  # type: ignore[attr-defined]
            named = {keyword.arg for keyword in call.keywords}
            named |= {
                key.value
                for word in call.keywords
                if isinstance(word.value, ast.Dict)
                for key in word.value.keys
                if isinstance(key, ast.Constant)
            }
        if call.func.attr in ("bulk_update", "abulk_update"):  # type: ignore[attr-defined]
            named = {
                node.value
                for part in (*call.args[1:], *call.keywords)
                for node in ast.walk(part)
                if isinstance(node, ast.Constant)
            }
        if named & guarded:
            yield call.lineno


def said_to_the_database(tree: ast.Module, pattern: re.Pattern[str]) -> Iterator[int]:
    """Lines of strings that fit, docstrings left out; of f-strings, their constant parts."""
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in prose
            and pattern.search(node.value)
        ):
            yield node.lineno


def time_of_the_server(tree: ast.Module) -> Iterator[int]:
    yield from said_to_the_database(tree, TIME)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.ImportFrom)
            and node.module == "django.db.models.functions"
            and {"Now", "TransactionNow"} & {name.name for name in node.names}
        ):
            yield node.lineno


def another_role(tree: ast.Module) -> Iterator[int]:
    yield from said_to_the_database(tree, ROLE)


# tenants/rescue.py compares heartbeats, which the library of jobs writes by the clock of the server.
LINTS: list[tuple[Lint, str, tuple[str, ...], list[str]]] = [
    (
        updates,
        "a state moves through its Workflow, a name is saved with its sort key: change the row and "
        "save it (save_change), one by one",
        (),
        [
            'Pair.objects.filter(pk=1).update(state="active")',
            'rows.update(**{"last_name": "Иванов"})',
            'Pair.objects.bulk_update(rows, ["goal", "state"])',
            'School.objects.update(short_name="Школа № 1")',
            'rows.bulk_update(rows, fields=["title"])',
        ],
    ),
    (
        time_of_the_server,
        "time comes from core.clock: pass clock.now() as a parameter, default=clock.now in a field",
        ("tenants/rescue.py",),
        [
            'cursor.execute("SELECT now()")',
            'RunSQL("ALTER TABLE t ALTER c SET DEFAULT CURRENT_TIMESTAMP")',
            'f"UPDATE {table} SET at = clock_timestamp()"',
            "from django.db.models.functions import Now",
        ],
    ),
    (
        another_role,
        "only tenants/context.py switches the school: with in_school(school): …",
        SWITCHES,
        [
            'cursor.execute("SET ROLE postgres")',
            "cursor.execute(f'SET LOCAL search_path = \"{schema}\"')",
            'cursor.execute("reset role")',
            "cursor.execute(\"SELECT set_config('role', %s, true)\", [role])",
        ],
    ),
]
IDS = [lint.__name__ for lint, *_ in LINTS]


@pytest.mark.parametrize(("lint", "advice", "allowed", "wrong"), LINTS, ids=IDS)
@pytest.mark.covers("found G4")
def test_the_database_is_not_told(
    lint: Lint, advice: str, allowed: tuple[str, ...], wrong: list[str]
) -> None:
    assert [code for code in wrong if not list(lint(ast.parse(code)))] == [], "the lint lets these pass"
    found = [
        f"{where(path)}:{line}"
        for path in SOURCES
        if not where(path).startswith(allowed or ("-",))
        for line in lint(ast.parse(path.read_text()))
    ]
    assert not found, f"{advice}: {found}"


def test_what_is_right_is_let_through() -> None:
    for lint, code in (
        (updates, 'x.update(goal="…"); {}.update(a=1)'),
        (time_of_the_server, '"""Asks now()."""\nclock.now()'),
        (another_role, 'print("set a role model")'),
    ):
        assert list(lint(ast.parse(code))) == []


def keys_between_contours() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(BETWEEN)
        return [f"{table}: {key} → {other}" for table, key, other in cursor.fetchall()]


@pytest.mark.covers("found G4")
def test_no_key_leads_from_one_contour_to_another(own_database: str) -> None:
    """Asked of the database itself: a constraint would block writers of the city and make its deletes slow
    (docs/house.md, PublicKey).
    """
    advice = (
        "a key from a school to a public table is a PublicKey (db_constraint=False), and no public table "
        "points into a school"
    )
    assert keys_between_contours() == [], advice
    with connection.cursor() as cursor:
        cursor.execute("SELECT schema_name FROM tenants_school WHERE number = 5")
        schema = cursor.fetchone()[0]
    database.run_as_superuser(
        f'ALTER TABLE "{schema}".staff_person ADD CONSTRAINT across FOREIGN KEY ("user") REFERENCES '
        "public.accounts_user (uuid)",
        database=own_database,
    )
    assert keys_between_contours() == [f"{schema}.staff_person: across → accounts_user"]
