"""Killing in-process: what a `kill -9` leaves of a work is what was committed before a certain statement. And
what may be seen of the end.

Cheap on purpose: every work is killed before each of its statements that change something, hundreds of times,
in one database and one process. That a real `kill -9` of a real worker leaves the same is held by
`test_worker.py`, `test_post.py` and `test_opening.py`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection, transaction

from tenants.context import in_school
from tenants.models import School
from tests.posts.rows import MARKS

Run = Callable[[], object]


class Killed(BaseException):
    """The process is gone here. No `except Exception` of ours may catch it."""


class Blade:
    """Counts the statements that change something, and kills before the chosen one; 0 kills nowhere."""

    def __init__(self, before: int = 0) -> None:
        self.before, self.count, self.last = before, 0, ""

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        text = sql if isinstance(sql, str) else sql.as_string(None)
        if not _changes(text):
            return execute(sql, params, many, context)
        self.count += 1
        if self.count == self.before:
            self.last = text[:200]
            # in a test it stands for COMMIT: what it would have kept is lost
            if text.startswith("RELEASE SAVEPOINT"):
                execute(text.replace("RELEASE", "ROLLBACK TO"), None, False, context)
            raise Killed
        return execute(sql, params, many, context)


def _changes(text: str) -> bool:
    head = text.lstrip().upper()
    return head.startswith(("INSERT", "UPDATE", "DELETE", "RELEASE", "WITH")) or "PROCRASTINATE_" in head


@contextmanager
def thrown_away() -> Iterator[None]:
    """Whatever happens inside is undone: the scene stands again for the next death. Not an atomic block,
    since works change their contour.
    """
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


def changes_of(run: Run) -> int:
    """How many statements of an undisturbed run change something."""
    blade = Blade()
    with _transactions_of_life(), connection.execute_wrapper(blade):
        run()
    return blade.count


def killed_before(nth: int, run: Run) -> str:
    """Run until just before the n-th of them. Returns its text."""
    blade = Blade(nth)
    with _transactions_of_life(), connection.execute_wrapper(blade):
        try:
            run()
        except Killed:
            transaction.set_rollback(False)  # the next worker has a connection of its own
            return blade.last
    return ""


@contextmanager
def _transactions_of_life() -> Iterator[None]:
    """A block that would be a transaction, were it not for the test's own around it, is undone as a whole
    also when it wants no savepoint.
    """
    enter = transaction.Atomic.__enter__

    def entering(block: Any) -> None:
        block.savepoint = block.savepoint or all(outer._from_testcase for outer in connection.atomic_blocks)  # type: ignore[attr-defined]
        enter(block)

    with patch.object(transaction.Atomic, "__enter__", entering):
        yield


VOLATILE = (
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32,}|\d{4}-\d\d-\d\d[T "
    r"]\d\d:\d\d[0-9:.+Z]*|\m(?=[2-9]*[A-Z])[2-9ACEHKMPTXY]{12}\M"
)
"""What differs between two runs to the same end: uuids, fingerprints of secrets, moments, codes of papers.
Numbers of rows are left out with their columns.
"""


def end_of(school: School) -> dict[str, tuple[int, int]]:
    """Table → (rows, a sum over what they say), of the city and of the school; the marks of the asking itself
    left out. Blocks of the index hold numbers of documents and terms that a sequence has given, so they are
    only counted.
    """
    city = _tables("public", "city:")
    with in_school(school):
        return {**city, **_tables(school.schema_name, "")}


def _tables(schema: str, mark: str) -> dict[str, tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_class c "
            "JOIN pg_attribute a ON a.attrelid = c.oid "
            "WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r' AND has_table_privilege(c.oid, "
            "'SELECT') AND a.attnum > 0 AND NOT a.attisdropped "
            "AND a.atttypid <> 'bigint'::regtype AND a.attname <> 'id' "
            "AND NOT (c.relname LIKE '%%bankblock' AND a.attname <> 'block_no') GROUP BY 1 ORDER BY 1",
            [schema],
        )
        tables = [
            (name, columns) for name, columns in cursor.fetchall() if not any(part in name for part in MARKS)
        ]
        said = "regexp_replace(ROW({})::text, %s, '', 'g')"
        parts = [
            f"SELECT '{name}', count(*), coalesce(sum(hashtext({said.format(columns)})::bigint), 0) FROM "
            f'"{schema}"."{name}"'
            for name, columns in tables
        ]
        cursor.execute(" UNION ALL ".join(parts), [VOLATILE] * len(parts))
        return {f"{mark}{name}": (int(count), int(content)) for name, count, content in cursor.fetchall()}


def difference(one: dict[str, tuple[int, int]], other: dict[str, tuple[int, int]]) -> dict[str, Any]:
    return {
        name: (one.get(name), other.get(name)) for name in {*one, *other} if one.get(name) != other.get(name)
    }
