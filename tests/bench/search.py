"""How the search of the portal stands beside its alternatives, side by side in one run.

    python -m tests.bench.search [documents [words]] [apart]

Takes XQuAD-ru (`../shared/search`: 240 paragraphs) and, up to so many `documents`, texts of about so many
`words` made of its shuffled sentences (with `apart`, of those of every second paragraph, and only the others
are asked about: so nothing that was made holds the sentence that answers); builds the index as `manage.py
rebuild_index` does, in a database of its own. Asks the same questions of the engine (exact totals, with
counts of facets, with filters, the catalogue, suggestions), of PostgreSQL itself (`ts_rank` over config
`russian` with OR, and `websearch_to_tsquery`, which wants all words) and of the laboratory's two-stage BM25
in SQL (`tests.bench.two_stage`). Prints the load of the machine, quality, times, their ratio to the engine's,
and how long the processor was busy with it: on a machine that others use trust these, not the clock.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import django

QUESTIONS = 150
WORDS_OF_A_SENTENCE = 22
Ask = Callable[[str], list[uuid.UUID]]


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def kept_apart() -> set[uuid.UUID]:
    """Every second paragraph."""
    from tests.search import xquad

    return set(sorted(document.uuid for document in xquad.documents())[::2])


def grown(total: int, words: int, apart: Collection[uuid.UUID] = ()) -> Iterator[Any]:
    """The paragraphs themselves, then texts made of the shuffled sentences of those that are not `apart`."""
    from portal.search.engine import Document, Text
    from tests.search import xquad

    chance = random.Random(1)
    real = xquad.documents()
    for document in real[:total]:
        yield replace(document, facets=facets_by(chance))
    shuffled = [document for document in real if document.uuid not in apart]
    sentences = [part for document in shuffled for part in document.fields["body"].text.split(". ")]
    for _ in range(total - len(real)):
        body = ". ".join(chance.sample(sentences, max(1, words // WORDS_OF_A_SENTENCE)))
        day = dt.date(2026, 1, 1) + dt.timedelta(days=chance.randrange(300))
        yield Document(
            uuid.UUID(int=chance.getrandbits(128)), "", {"body": Text(body)}, facets_by(chance), day
        )


def facets_by(chance: random.Random) -> dict[str, list[str]]:
    """As a practice has them: one nomination of eight, one form of three, two subjects of thirty."""
    return {
        "nomination": [f"N{chance.randrange(8)}"],
        "form": [f"F{chance.randrange(3)}"],
        "subject": [f"S{number}" for number in chance.sample(range(30), 2)],
    }


class Grown:
    """What is indexed, as `postgres_rebuild.Source`."""

    def __init__(self, total: int, words: int, apart: Collection[uuid.UUID] = ()) -> None:
        self.by_uuid = {document.uuid: document for document in grown(total, words, apart)}

    def uuids(self) -> list[uuid.UUID]:
        return list(self.by_uuid)

    def documents(self, uuids: Sequence[uuid.UUID]) -> list[Any]:
        return [self.by_uuid[one] for one in uuids]

    def renumbered(self, uuids: Collection[uuid.UUID]) -> None:
        """Nobody else knows these numbers."""


def ask_postgres(document_table: str, query: str) -> Ask:
    """PostgreSQL's own ranking of what fits the `query`, an expression over `%s`."""
    from django.db import connection

    from portal.search.text import content_tokens

    def ask(text: str) -> list[uuid.UUID]:
        words = content_tokens(text)
        asked = " | ".join(words) if query == "to_tsquery('russian', %s)" else " ".join(words)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT uuid FROM {document_table} WHERE tsv @@ {query} ORDER BY "
                f"ts_rank(tsv, {query}, 1) DESC LIMIT 10",
                [asked, asked],
            )
            return [found for (found,) in cursor.fetchall()]

    return ask


class Measured(NamedTuple):
    """Milliseconds; `busy` is work of the processor: of this process, and on average of the database's."""

    gain: float
    p50: float
    p95: float
    busy_p95: float
    database_busy: float


def measured(ask: Ask, apart: Collection[uuid.UUID] = ()) -> Measured:
    """Of two askings of each question the second counts. `apart`: only about these is asked."""
    from tests.search import xquad

    every = [one for one in xquad.questions() if not apart or one.relevant <= set(apart)]
    asked = every[:: max(1, len(every) // QUESTIONS)]
    gains, times, busy, database = [], [], [], 0.0
    for question in asked:
        ask(question.text)
        started, worked, backend = time.perf_counter(), time.process_time(), backend_worked()
        found = ask(question.text)
        times.append((time.perf_counter() - started) * 1000)
        busy.append((time.process_time() - worked) * 1000)
        database += backend_worked() - backend
        gains.append(xquad.ndcg(found, question.relevant))
    return Measured(
        statistics.mean(gains),
        statistics.median(times),
        statistics.quantiles(times, n=20)[-1],
        statistics.quantiles(busy, n=20)[-1],
        database * 1000 / len(asked),
    )


def backend_worked() -> float:
    """Seconds of the processor that the database's process of this connection has used, where it is seen."""
    from django.db import connection

    place = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not place.exists():
        return 0.0
    told = place.read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def compare(total: int, words: int, apart: Collection[uuid.UUID] = ()) -> None:
    from portal.search.postgres import PostgresEngine
    from tests.bench import two_stage
    from tests.search.tables import ENGINE_TABLES

    engine = PostgresEngine(**ENGINE_TABLES)  # type: ignore[arg-type]
    build(engine, Grown(total, words, apart))
    for name, size in sizes(engine):
        say(f"{name:26} {size / 2**20:8.1f} MB")
    prepare_postgres(engine.tables["document"])
    ways = {**ways_of(engine), **others(engine.tables["document"])}
    ways["laboratory, two stages"] = two_stage.made(engine)
    first: Measured | None = None
    for name, ask in ways.items():
        got = measured(ask, apart)
        first = first or got
        say(
            f"{name:26} nDCG@10 {got.gain:.3f}  p50 {got.p50:6.1f} ms  p95 {got.p95:6.1f} ms  "
            f"×{got.p50 / first.p50:.2f} ×{got.p95 / first.p95:.2f}  busy p95 {got.busy_p95:5.1f} ms, "
            f"database {got.database_busy:5.1f} ms  load {os.getloadavg()[0]:.1f}"
        )


def build(engine: Any, source: Grown) -> None:
    from django.db import connection

    from portal.search.postgres_rebuild import Progress, Rebuild
    from tests.search.tables import ENGINE_TABLES

    with connection.schema_editor() as editor:
        for model in ENGINE_TABLES.values():
            editor.create_model(model)
    started = time.perf_counter()

    def tell(progress: Progress) -> None:
        say(f"  {time.perf_counter() - started:6.1f} s {progress.step} {progress.done} of {progress.total}")

    total = Rebuild(engine, source, tell).run()
    spent = time.perf_counter() - started
    say(f"{total} documents in {spent:.1f} s: {total / spent:.0f} a second, load {os.getloadavg()[0]:.1f}")


def prepare_postgres(table: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ADD tsv tsvector")
        cursor.execute(
            f"UPDATE {table} SET tsv = to_tsvector('russian', replace(replace(texts ->> 'body', 'ё', 'е'), "
            "'-', ' '))"
        )
        cursor.execute(f"CREATE INDEX ON {table} USING gin (tsv)")
        cursor.execute(f"VACUUM (FULL, ANALYZE) {table}")


def ways_of(engine: Any) -> dict[str, Ask]:
    """The engine's own, the first is what others are compared with."""
    from portal.search.engine import Query

    def by(**more: Any) -> Ask:
        return lambda text: [hit.uuid for hit in engine.search(Query(text, limit=10, **more)).hits]

    def suggests(text: str) -> list[uuid.UUID]:
        engine.suggest(text[:12])
        return []

    one, three = {"nomination": ["N1"]}, {"nomination": ["N1", "N2"], "form": ["F1"], "subject": ["S1", "S2"]}
    return {
        "engine, exact total": by(counts_facets=False),
        "with counts of facets": by(),
        "one filter": by(filters=one),
        "three filters": by(filters=three),
        "newest first": by(order="newest"),
        "the catalogue": lambda text: by()(""),
        "the catalogue, one filter": lambda text: by(filters=one)(""),
        "the catalogue, three": lambda text: by(filters=three)(""),
        "suggestions": suggests,
    }


def others(table: str) -> dict[str, Ask]:
    return {
        "ts_rank, any word": ask_postgres(table, "to_tsquery('russian', %s)"),
        "websearch_to_tsquery": ask_postgres(table, "websearch_to_tsquery('russian', %s)"),
    }


def sizes(engine: Any) -> list[tuple[str, int]]:
    """Tables with their indexes, in bytes."""
    from django.db import connection

    with connection.cursor() as cursor:
        found = []
        for name, table in engine.tables.items():
            cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [table])
            found.append((name, cursor.fetchone()[0]))
    return found


def main() -> None:
    """As the owner, since the tables are made here; in a clone of the tests' template."""
    numbers = [int(one) for one in sys.argv[1:] if one.isdecimal()]
    is_apart = "apart" in sys.argv
    sys.argv.append("--owner")
    import tests.environment  # noqa: F401  (a clean environment)
    from tests import database

    database.clone(database.NAME)
    try:
        django.setup()
        total, words = [*numbers, *(240, 110)[len(numbers) :]][:2]
        compare(total, words, kept_apart() if is_apart else ())
    finally:
        from django.db import connection

        connection.close()
        database.drop(database.NAME)


if __name__ == "__main__":
    main()
