"""Building an index aside and swapping it in, while documents go on being published.

In a schema of its own stand the same four tables; block after block is written there, each in a transaction,
so a rebuild that was killed goes on where it stopped. What was published or taken off meanwhile is seen by
the rows of the old index (`xmin`), read again from the source and put into the new one, at last under the
lock of the writers; then the old tables give way. Needs the owner of the database, since it makes tables.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, Protocol
from uuid import UUID

import psycopg
from django.db import DatabaseError, OperationalError, connections, transaction
from psycopg.types.json import Jsonb

from portal.search import blocks, postgres_index
from portal.search.building import Made, made_aside
from portal.search.engine import Document
from portal.search.postgres import PostgresEngine
from portal.search.postgres_index import DOCUMENTS, LENGTH, MADE, Writer, analysis_mark

TABLES = ("word", "term", "block", "document")
"""In the order in which a search takes them: so the swap and a search never wait for each other."""
FIRST_BLOCK = 1
FEW = 50
"""So few changes are made while writers wait."""
PATIENCE = "2s"
TRIES = 30
"""The swap waits so long for those who read, so many times."""


class Source(Protocol):
    """Whose documents an index holds."""

    def uuids(self) -> list[UUID]:
        """All that shall be found now."""

    def documents(self, uuids: Sequence[UUID]) -> list[Document]:
        """Those of them that are still there."""

    def renumbered(self, uuids: Collection[UUID]) -> None:
        """In the transaction of the swap: the index holds these, under other numbers than before."""


class Progress(NamedTuple):
    """`step`: "begun", "resumed", "built", "indexed", "caught up" or "swapped"; so many documents of all."""

    step: str
    done: int
    total: int


class IsBeingRebuiltError(Exception):
    """Another process builds this index."""


@dataclass
class Rebuild:
    """One rebuild. `size`: documents that are committed at once (a block, or a part of one)."""

    engine: PostgresEngine
    source: Source
    tell: Callable[[Progress], None]
    processes: int = 2
    size: int = blocks.SIZE
    numbers: dict[str, int] = field(default_factory=dict)
    """Terms of the new index and their numbers."""

    def run(self) -> int:
        """Returns how many documents the new index holds."""
        with self._alone():
            total = self._begin()
            self._fill(total)
            self._finish(total)
            self._catch_up(total)
            return self._swap(total)

    @property
    def aside(self) -> str:
        return f'"{"aside_" + self.engine.document._meta.db_table}"'

    @property
    def writer(self) -> Writer:
        """Writes the new index as if it were in place."""
        live = self.engine.writer()
        return Writer(live.connection, {name: f"{self.aside}.{table}" for name, table in live.tables.items()})

    def _run(self, statement: str, **params: Any) -> list[tuple[Any, ...]]:
        """`{aside}`: the schema; `{document}` and so on: tables that are searched."""
        live = self.engine.writer()
        return Writer(live.connection, {**live.tables, "aside": self.aside}).run(statement, params)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The lock falls with the connection, so a killed rebuild holds up nobody."""
        name = "rebuild:" + self.aside
        if not self._run("SELECT pg_try_advisory_lock(hashtextextended(%(name)s, 0))", name=name)[0][0]:
            raise IsBeingRebuiltError
        try:
            yield
        finally:
            with suppress(DatabaseError):
                self._run("SELECT pg_advisory_unlock(hashtextextended(%(name)s, 0))", name=name)

    def _begin(self) -> int:
        """Make the schema, or find the one that a killed rebuild of the same analysis left."""
        if self._run("SELECT to_regclass(%(made)s) IS NOT NULL", made=f"{self.aside}.made")[0][0]:
            ((mark,),) = self._run("SELECT mark FROM {aside}.made")
            if mark == analysis_mark():
                self.numbers = dict(self._run("SELECT term, id FROM {aside}.numbered"))
                done = self._run("SELECT count(*) FROM {aside}.taken")[0][0]
                self.tell(Progress("resumed", done, total := len(self.source.uuids())))
                return total
        with transaction.atomic(using=self.engine.using):
            self._run("DROP SCHEMA IF EXISTS {aside} CASCADE")
            self._run("CREATE SCHEMA {aside}")
            for table in self.engine.tables.values():
                self._run(
                    f"CREATE TABLE {{aside}}.{table} (LIKE {table} INCLUDING DEFAULTS INCLUDING IDENTITY "
                    "INCLUDING STORAGE)"
                )
            self._run('CREATE TABLE {aside}.numbered (term text COLLATE "C", id int)')
            self._run("CREATE TABLE {aside}.counted (id int, df int)")
            self._run('CREATE TABLE {aside}.words (word text COLLATE "C", df int)')
            self._run("CREATE TABLE {aside}.taken (uuid uuid, id int)")
            self._run("CREATE TABLE {aside}.made (mark int, is_indexed bool)")
            self._run("INSERT INTO {aside}.made VALUES (%(mark)s, false)", mark=analysis_mark())
            self._run("CREATE TABLE {aside}.before AS SELECT uuid, xmin::text AS at FROM {document}")
        self.tell(Progress("begun", 0, total := len(self.source.uuids())))
        return total

    def _fill(self, total: int) -> None:
        if self._is_indexed():
            return
        taken = dict(self._run("SELECT uuid::text, id FROM {aside}.taken"))
        left = [uuid for uuid in self.source.uuids() if str(uuid) not in taken]
        block = max(taken.values(), default=FIRST_BLOCK * blocks.SIZE - 1) // blocks.SIZE + 1
        parts = [left[at : at + self.size] for at in range(0, len(left), self.size)]
        done = len(taken)
        batches = (self.source.documents(part) for part in parts)
        for number, made in enumerate(made_aside(batches, self.processes), block):
            with transaction.atomic(using=self.engine.using):
                self._write(made, number)
            done += len(made.rows)
            self.tell(Progress("built", done, total))

    def _write(self, made: Made, block: int) -> None:
        new = [term for term in made.terms if term not in self.numbers]
        self.numbers.update({term: number for number, term in enumerate(new, len(self.numbers) + 1)})
        start = block * blocks.SIZE
        tables = self.engine.tables
        self._copy(
            f"{tables['document']} (id, uuid, title, texts, lemmas, length, dated_on)",
            ["int8", "uuid", "text", "jsonb", "text", "int4", "date"],
            [_document(start + place, row) for place, row in enumerate(made.rows)],
        )
        self._copy(
            f"{tables['block']} (term_no, block_no, content)",
            ["int4", "int4", "bytea"],
            [(self.numbers[term], block, content) for term, content in made.terms.items()]
            + [(number, block, content) for number, content in made.own.items()],
        )
        self._copy("numbered", ["text", "int4"], [(term, self.numbers[term]) for term in new])
        self._copy("counted", ["int4", "int4"], [(self.numbers[term], df) for term, df in made.df.items()])
        self._copy("words", ["text", "int4"], list(made.words.items()))
        uuids = [(UUID(row["uuid"]), start + place) for place, row in enumerate(made.rows)]
        self._copy("taken", ["uuid", "int4"], uuids)

    def _copy(self, table: str, types: list[str], rows: Sequence[tuple[Any, ...]]) -> None:
        cursor = psycopg.Cursor(connections[self.engine.using].connection)
        with cursor.copy(f"COPY {self.aside}.{table} FROM STDIN (FORMAT BINARY)".encode()) as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row(row)

    def _is_indexed(self) -> bool:
        return bool(self._run("SELECT is_indexed FROM {aside}.made")[0][0])

    def _finish(self, total: int) -> None:
        """Counts, indexes, rights and statistics of the new tables, at once or not at all."""
        if self._is_indexed():
            return
        names = self.engine.tables
        with transaction.atomic(using=self.engine.using):
            self._run(
                f"INSERT INTO {{aside}}.{names['term']} (id, term, df) SELECT id, term, sum(df) "
                "FROM {aside}.numbered JOIN {aside}.counted USING (id) GROUP BY id, term ORDER BY id"
            )
            self._run(
                f"INSERT INTO {{aside}}.{names['word']} (word, df) SELECT word, sum(df) FROM {{aside}}.words "
                "GROUP BY word ORDER BY word"
            )
            self._set_sequences()
            self._run(
                f"INSERT INTO {{aside}}.{names['term']} (term, df) SELECT name, df FROM (VALUES "
                f"(1, %(documents)s, (SELECT count(*) FROM {{aside}}.{names['document']})), "
                f"(2, %(length)s, (SELECT coalesce(sum(length), 0) FROM {{aside}}.{names['document']})), "
                "(3, %(made)s, %(mark)s)) AS own(at, name, df) ORDER BY at",
                documents=DOCUMENTS,
                length=LENGTH,
                made=MADE,
                mark=analysis_mark(),
            )
            for statement in self._indexes() + self._rights():
                self._run(statement.replace("{", "{{").replace("}", "}}"))
            for table in names.values():
                self._run(f"ANALYZE {{aside}}.{table}")
            self._run("UPDATE {aside}.made SET is_indexed = true")
        self.tell(Progress("indexed", total, total))

    def _set_sequences(self) -> None:
        for name in ("document", "term", "word"):
            table = f"{self.aside}.{self.engine.tables[name]}"
            self._run(
                "SELECT setval(pg_get_serial_sequence(%(table)s, 'id'), "
                f"(SELECT coalesce(max(id), 1) FROM {table}))",
                table=table,
            )

    def _indexes(self) -> list[str]:
        """Of the same names as those that are searched: in another schema they do not meet."""
        keys = self._run(
            "SELECT format('ALTER TABLE %%s.%%I ADD CONSTRAINT %%I %%s', %(aside)s, relname, conname, "
            "pg_get_constraintdef(held.oid)) "
            "FROM pg_constraint held JOIN pg_class ON pg_class.oid = conrelid "
            "WHERE conrelid = ANY(%(tables)s::regclass[]) AND contype IN ('p', 'u') ORDER BY conname",
            **self._live(),
        )
        others = self._run(
            "SELECT replace(pg_get_indexdef(indexrelid), format(' ON %%I.%%I ', nspname, relname), "
            "format(' ON %%s.%%I ', %(aside)s, relname)) "
            "FROM pg_index JOIN pg_class ON pg_class.oid = indrelid "
            "JOIN pg_namespace ON pg_namespace.oid = relnamespace "
            "WHERE indrelid = ANY(%(tables)s::regclass[]) "
            "AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid) ORDER BY indexrelid",
            **self._live(),
        )
        return [statement for (statement,) in (*keys, *others)]

    def _rights(self) -> list[str]:
        """As on the tables that are searched."""
        rows = self._run(
            "SELECT format('GRANT %%s ON %%s.%%I TO %%s', privilege_type, %(aside)s, relname, "
            "CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END) "
            "FROM pg_class CROSS JOIN LATERAL aclexplode(relacl) "
            "WHERE (oid = ANY(%(tables)s::regclass[]) OR oid IN (SELECT objid FROM pg_depend WHERE "
            "refobjid = ANY(%(tables)s::regclass[]) AND deptype = 'i' AND classid = 'pg_class'::regclass)) "
            "AND relkind IN ('r', 'S') ORDER BY 1",
            **self._live(),
        )
        return [statement for (statement,) in rows]

    def _live(self) -> dict[str, Any]:
        return {"aside": self.aside, "tables": list(self.engine.tables.values())}

    def _changed(self) -> list[UUID]:
        """What the old index was told since it was looked at last; looks at it anew."""
        rows = self._run(
            "SELECT coalesce(before.uuid, now.uuid)::text FROM {aside}.before before FULL JOIN "
            "(SELECT uuid, xmin::text AS at FROM {document}) now USING (uuid) "
            "WHERE before.at IS DISTINCT FROM now.at ORDER BY 1"
        )
        self._run("DELETE FROM {aside}.before")
        self._run("INSERT INTO {aside}.before SELECT uuid, xmin::text FROM {document}")
        return [UUID(uuid) for (uuid,) in rows]

    def _apply(self, changed: list[UUID]) -> None:
        documents = self.source.documents(changed)
        postgres_index.put(self.writer, documents)
        postgres_index.forget(self.writer, set(changed) - {document.uuid for document in documents})

    def _catch_up(self, total: int) -> None:
        """Without holding anybody up, until little is left."""
        for _ in range(TRIES):
            with transaction.atomic(using=self.engine.using):
                # what changed and what the source says of it are of one moment
                self._run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                changed = self._changed()
                self._apply(changed)
            self.tell(Progress("caught up", len(changed), total))
            if len(changed) <= FEW:
                return

    def _swap(self, total: int) -> int:
        for attempt in range(TRIES):
            try:
                with transaction.atomic(using=self.engine.using):
                    done = self._put_in_place()
            except OperationalError:
                if attempt == TRIES - 1:
                    raise
            else:
                break
        self.tell(Progress("swapped", done, total))
        return done

    def _put_in_place(self) -> int:
        """Writers wait from here on; those who read only for the moment of the swap itself."""
        self.engine.writer().queue_up()
        self._apply(self._changed())
        names = self.engine.tables
        held = self._run(f"SELECT uuid::text FROM {{aside}}.{names['document']}")
        self.source.renumbered([UUID(uuid) for (uuid,) in held])
        self._run(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        self._run(f"LOCK TABLE {', '.join(names[name] for name in TABLES)} IN ACCESS EXCLUSIVE MODE")
        ((place,),) = self._run(
            "SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = %(table)s::regclass",
            table=names["document"],
        )
        for name in TABLES:
            self._run(f"DROP TABLE {names[name]}")
            self._run(f"ALTER TABLE {{aside}}.{names[name]} SET SCHEMA {place}")
        self._run("DROP SCHEMA {aside} CASCADE")
        return int(self._run("SELECT df FROM {term} WHERE term = %(documents)s", documents=DOCUMENTS)[0][0])


def _document(number: int, row: dict[str, Any]) -> tuple[Any, ...]:
    return (
        number,
        UUID(row["uuid"]),
        row["title"],
        Jsonb(row["texts"]),
        row["lemmas"],
        row["length"],
        date.fromisoformat(row["dated_on"]),
    )
