"""Two seedings of the demo of one day give equal content: `python -m deploy.local.twice [--today
гггг-мм-дд]`, a step of `.ci/run`.

Each city gets a fresh server of its own, another `PYTHONHASHSEED` and other plans (`OTHER_PLANS`), so nothing
may lean on what is left from before, on the order of a set, or on the order in which a query without one
happens to find its rows. A table of all schemas is compared by the digest of its rows. Numbers
that are random by nature (uuid4, and the schemas named after them) are replaced by the order of their first
appearance, so that who points to whom is compared too. What else is left out stands in `LEFT_OUT` with its
reason.
"""

import argparse
import datetime as dt
import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
from psycopg import sql

from deploy.bootstrap import Passwords, bootstrap, dsn_for
from deploy.local.children import run
from deploy.local.common import ROOT, CannotGoOn, complain, say
from deploy.local.suite import throwaway

DATABASE = "twice"
PASSWORDS = Passwords(owner="owner", app="app")
QUEUE = (
    "the queue's own, at the hour of the real clock: a worker that opens schools starts what is due each "
    "minute"
)
LEFT_OUT: dict[str, tuple[tuple[str, ...], str]] = {
    "django_migrations": (("applied",), "written by the migrations at the hour of the real clock"),
    "accounts_user": (("password",), "nobody of the demo has one; what stands in its place is random"),
    "accounts_invitation": (("token_hash",), "of a secret that is random by its nature"),
    "certificates_certificate": (("code",), "by which a paper is checked: random by its nature"),
    "procrastinate_jobs": (("id",), "numbered together with what is started each minute"),
    "best_practices_searchword": (
        ("created_at", "updated_at"),
        "the first words are laid by a migration, at the hour of the real clock",
    ),
    "municipality_referenceentry": (
        ("created_at", "updated_at"),
        "the start of the lists is laid by a migration, at the hour of the real clock",
    ),
}
"""Table → its columns that are not compared, and why."""
NOT_COMPARED = {"procrastinate_events": QUEUE, "procrastinate_periodic_defers": QUEUE}
ONLY = {"procrastinate_jobs": "task_name = 'estafeta.run_job'"}
"""Of these tables only such rows: the others are the queue's own."""
REAL_CLOCK = (
    "city_records_journalline",
    "city_records_repeatkey",
    "tenants_recordedmigration",
    "tenants_schoolopening",
)
"""Schools are opened by the owner's worker, which lives by the real clock: there a moment with a fraction of
a second is not of the story.
"""
FRACTION = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\+00")
RANDOM = re.compile(
    r"\b[0-9a-f]{8}-?[0-9a-f]{4}-?[45][0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}\b|\bs_[0-9a-f]{12}\b"
)
"""A uuid4, with dashes and without, and the name of a school's schema. What is made of names (uuid5) is
compared as it is, but for `OF_RANDOM`.
"""
OF_RANDOM = "SELECT uuid FROM best_practices_practiceorder ORDER BY id"
"""What is made (uuid5) of the random number of a school: an order of a practice."""
SECRET = re.compile(r'(?<=""token_hash"": "")[0-9a-f]{64}')
"""The print of a random secret, in a letter."""
UUID = r"(?:(?:random|made) \d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
SET = re.compile(rf"\{{{UUID}(?:,{UUID})+\}}")
"""People of a paper or a notice: sorted by number, so their order is random where a number is."""
OTHER_PLANS = ("enable_hashjoin", "enable_hashagg", "enable_seqscan")
"""What the planner of the second city does without: a server chooses by its statistics, so the hour of
autovacuum alone can turn the order of rows.
"""
SHOWN = 5
"""So many differing rows of a table are printed."""

Content = dict[str, list[str]]
"""`schema.table` → its rows as text."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.local.twice")
    parser.add_argument(
        "--today",
        type=dt.date.fromisoformat,
        default=dt.date.today() - dt.timedelta(days=1),
        help="день, на который засеять",
    )
    day = parser.parse_args(arguments).today
    try:
        with ThreadPoolExecutor(2) as both:  # a city takes one core
            first, second = both.map(seeded, (day, day), ("1", "2"), ((), OTHER_PLANS))
    except CannotGoOn as error:
        return complain(error)
    differing = [
        table
        for table in sorted(first.keys() | second.keys())
        if digest(first.get(table)) != digest(second.get(table))
    ]
    for table in differing:
        _show(table, first.get(table, []), second.get(table, []))
    rows = sum(map(len, first.values()))
    if differing or not rows:
        return complain(
            CannotGoOn(f"Два заселения на {day} различаются, таблиц: {len(differing)} из {len(first)}.")
        )
    say(f"Два заселения на {day} равны: таблиц {len(first)}, строк {rows}.")
    return 0


def seeded(day: dt.date, hash_seed: str, without: Sequence[str]) -> Content:
    """A city of this day on a fresh server, `without` some ways of its planner. Raises CannotGoOn."""
    with throwaway() as asked, tempfile.TemporaryDirectory(prefix="estafeta-twice-") as place:
        superuser = asked.ensure_running().superuser_dsn
        dsns = bootstrap(superuser, DATABASE, PASSWORDS, demo=True)
        with closing(psycopg.connect(superuser, autocommit=True)) as inside:
            for way in without:
                asked_of = sql.SQL("ALTER DATABASE {} SET {} = off")
                inside.execute(asked_of.format(sql.Identifier(DATABASE), sql.Identifier(way)))
        env = dict(os.environ) | {
            "DATABASE_URL": dsns.app,
            "DATABASE_OWNER_URL": dsns.owner,
            "DEMO": "1",
            "PYTHONHASHSEED": hash_seed,
            "SECRET_KEY": "twice " + "x" * 50,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "FILES_ROOT": f"{place}/files",
            "DEMO_LETTERS": f"{place}/letters",
            "STATIC_PLAIN": "1",
        }
        for command in (["migrate_all"], ["demo", "--today", day.isoformat()]):
            if run([sys.executable, str(ROOT / "manage.py"), *command], env).returncode:
                raise CannotGoOn(f"Не удалось: manage.py {' '.join(command)} (сообщение выше)")
        with closing(psycopg.connect(dsn_for(superuser, DATABASE))) as inside:
            return content_of(inside)


# ── What is compared ────────────────────────────────────────────────────────────────────────────────
TABLES = """
    SELECT n.nspname, c.relname, array_agg(a.attname::text ORDER BY a.attnum),
           bool_or(a.attnum = ANY (k.conkey) AND a.atttypid IN ('int4'::regtype, 'int8'::regtype))
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p' AND cardinality(k.conkey) = 1
     WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
     GROUP BY 1, 2"""


def content_of(inside: "psycopg.Connection[tuple[object, ...]]") -> Content:
    """Every row of every table, its random numbers named by the order in which they appear."""
    inside.execute("SET timezone = 'UTC'")
    order = {
        str(schema): f"school {number:02}"
        for number, (schema,) in enumerate(
            inside.execute("SELECT schema_name FROM tenants_school ORDER BY id")
        )
    }
    found = sorted(inside.execute(TABLES), key=lambda row: (order.get(str(row[0]), str(row[0])), str(row[1])))
    naming = Naming(str(uuid) for (uuid,) in inside.execute(OF_RANDOM))
    content: Content = {}
    for schema, table, columns, numbered in found:
        if table in NOT_COMPARED:
            continue
        rows = list(_rows(inside, str(schema), str(table), list(columns)))  # type: ignore[call-overload]
        if not numbered:
            rows.sort(key=naming.without)
        content[f"{order.get(str(schema), schema)}.{table}"] = [naming.named(row) for row in rows]
    return content


def _rows(
    inside: "psycopg.Connection[tuple[object, ...]]", schema: str, table: str, columns: list[str]
) -> Iterator[str]:
    left_out, _ = LEFT_OUT.get(table, ((), ""))
    kept = [sql.Identifier(column) for column in columns if column not in left_out]
    asked = sql.SQL("SELECT ROW({})::text FROM {} WHERE {} ORDER BY {}").format(
        sql.SQL(", ").join(kept),
        sql.Identifier(schema, table),
        sql.SQL(ONLY.get(table, "true")),
        sql.Identifier(columns[0]),
    )
    for (row,) in inside.execute(asked):
        yield FRACTION.sub("the real clock", str(row)) if table in REAL_CLOCK else str(row)


class Naming:
    """Random numbers and the names that they have got."""

    def __init__(self, of_random: Iterable[str] = ()) -> None:
        self.names = {one.replace("-", ""): f"made {number}" for number, one in enumerate(of_random)}

    def named(self, row: str) -> str:
        return _plain(RANDOM.sub(lambda found: self._name(found.group(), f"random {len(self.names)}"), row))

    def without(self, row: str) -> str:
        """The row for sorting: numbers that were met before by their name, others by none."""
        return RANDOM.sub(
            lambda found: (
                self.names.get(key_of(found.group()), "")
                or (found.group() if is_of_names(found.group()) else "random")
            ),
            SECRET.sub("a secret", row),
        )

    def _name(self, number: str, fresh: str) -> str:
        key = key_of(number)
        if key not in self.names and is_of_names(number):
            return number
        return self.names.setdefault(key, fresh)


def key_of(number: str) -> str:
    return number.replace("-", "")


def is_of_names(number: str) -> bool:
    """Whether it is a uuid5."""
    return not number.startswith("s_") and key_of(number)[12] == "5"


def _plain(row: str) -> str:
    """A row that is named: without secrets, its sets in one order."""
    return SET.sub(
        lambda found: f"{{{','.join(sorted(found.group()[1:-1].split(',')))}}}", SECRET.sub("a secret", row)
    )


def digest(rows: list[str] | None) -> str:
    """One digest of a table; of one that is not there, another than of an empty one."""
    return "absent" if rows is None else hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _show(table: str, first: list[str], second: list[str]) -> None:
    say(f"≠ {table}: строк {len(first)} и {len(second)}")
    pairs = [(one, other) for one, other in zip(first, second, strict=False) if one != other]
    for one, other in pairs[:SHOWN]:
        say(f"  − {_around(one, other)}\n  + {_around(other, one)}")


def _around(row: str, other: str) -> str:
    """The part where two rows part ways."""
    begins = next((at for at, (one, two) in enumerate(zip(row, other, strict=False)) if one != two), 0)
    return row[max(0, begins - 100) : begins + 160]


if __name__ == "__main__":
    sys.exit(main())
