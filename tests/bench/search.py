"""How the search of the portal stands beside its alternatives, side by side in one run.

    python -m tests.bench.search [copies]

Indexes XQuAD-ru (`../shared/search`) in tables of its own inside a transaction that is rolled back, then asks
the same questions: of the engine (exact totals, with counts of facets, with filters, the catalogue)
and of PostgreSQL itself (`ts_rank` over config `russian` with OR, and `websearch_to_tsquery`, which wants all
words). Prints quality and times, and the times as a ratio of the engine's: trust ratios, not digits.
`copies` > 1 multiplies the documents (shuffled sentences of the real ones) to see how it grows.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import django

QUESTIONS = 150
Ask = Callable[[str], list[uuid.UUID]]


def grown(copies: int) -> Iterator[object]:
    """The paragraphs themselves, then copies made of their shuffled sentences."""
    from portal.search.engine import Document, Text
    from tests.search import xquad

    chance = random.Random(1)
    real = [replace(document, facets=facets_by(chance)) for document in xquad.documents()]
    yield from real
    sentences = [part for document in real for part in document.fields["body"].text.split(". ")]
    for _ in range((copies - 1) * len(real)):
        yield Document(
            uuid.UUID(int=chance.getrandbits(128)),
            "",
            {"body": Text(". ".join(chance.sample(sentences, 5)))},
            facets_by(chance),
            dt.date(2026, 1, 1) + dt.timedelta(days=chance.randrange(300)),
        )


def facets_by(chance: random.Random) -> dict[str, list[str]]:
    """As a practice has them: one nomination of eight, one form of three, two subjects of thirty."""
    return {
        "nomination": [f"N{chance.randrange(8)}"],
        "form": [f"F{chance.randrange(3)}"],
        "subject": [f"S{number}" for number in chance.sample(range(30), 2)],
    }


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


def measured(ask: Ask) -> tuple[float, float, float]:
    """nDCG@10, median and 95th percentile in milliseconds."""
    from tests.search import xquad

    every = xquad.questions()
    asked = every[:: max(1, len(every) // QUESTIONS)]
    gains, times = [], []
    for question in asked:
        ask(question.text)
        started = time.perf_counter()
        found = ask(question.text)
        times.append((time.perf_counter() - started) * 1000)
        gains.append(xquad.ndcg(found, question.relevant))
    return statistics.mean(gains), statistics.median(times), statistics.quantiles(times, n=20)[-1]


def compare(copies: int) -> None:
    from django.db import connection

    from portal.search.engine import Query
    from portal.search.postgres import PostgresEngine
    from tests.search.tables import ENGINE_TABLES

    with connection.schema_editor() as editor:
        for model in ENGINE_TABLES.values():
            editor.create_model(model)
    engine = PostgresEngine(**ENGINE_TABLES)  # type: ignore[arg-type]
    started = time.perf_counter()
    total = engine.rebuild(grown(copies))  # type: ignore[arg-type]
    sys.stdout.write(f"{total} documents indexed in {time.perf_counter() - started:.1f} s\n")
    table = engine._tables()["document"]
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ADD tsv tsvector")
        cursor.execute(
            f"UPDATE {table} SET tsv = to_tsvector('russian', replace(replace(texts ->> 'body', 'ё', 'е'), "
            "'-', ' '))"
        )
        cursor.execute(f"CREATE INDEX ON {table} USING gin (tsv)")
        for name in engine._tables().values():
            cursor.execute(f"ANALYZE {name}")

    def by(**more: Any) -> Ask:
        return lambda text: [hit.uuid for hit in engine.search(Query(text, limit=10, **more)).hits]

    def suggests(text: str) -> list[uuid.UUID]:
        engine.suggest(text[:12])
        return []

    one, three = {"nomination": ["N1"]}, {"nomination": ["N1", "N2"], "form": ["F1"], "subject": ["S1", "S2"]}
    ways: dict[str, Ask] = {
        "engine, exact total": by(counts_facets=False),
        "with counts of facets": by(),
        "one filter": by(filters=one),
        "three filters": by(filters=three),
        "newest first": by(order="newest"),
        "the catalogue": lambda text: by()(""),
        "the catalogue, one filter": lambda text: by(filters=one)(""),
        "suggestions": suggests,
        "ts_rank, any word": ask_postgres(table, "to_tsquery('russian', %s)"),
        "websearch_to_tsquery": ask_postgres(table, "websearch_to_tsquery('russian', %s)"),
    }
    first: tuple[float, float, float] | None = None
    for name, ask in ways.items():
        gain, p50, p95 = measured(ask)
        first = first or (gain, p50, p95)
        sys.stdout.write(
            f"{name:26} nDCG@10 {gain:.3f}  p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  ×{p50 / first[1]:.2f} "
            f"×{p95 / first[2]:.2f}\n"
        )
    for name, size in sizes(engine):
        sys.stdout.write(f"{name:26} {size / 2**20:8.1f} MB\n")


def sizes(engine: Any) -> list[tuple[str, int]]:
    """Tables with their indexes, in bytes."""
    from django.db import connection

    with connection.cursor() as cursor:
        found = []
        for name, table in engine._tables().items():
            cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [table])
            found.append((name, cursor.fetchone()[0]))
    return found


def main() -> None:
    """As the owner, since the tables are made here; in a clone of the tests' template."""
    sys.argv.append("--owner")
    import tests.environment  # noqa: F401  (a clean environment)
    from tests import database

    database.clone(database.NAME)
    try:
        measure()
    finally:
        from django.db import connection

        connection.close()
        database.drop(database.NAME)


def measure() -> None:
    django.setup()
    from django.db import transaction

    with transaction.atomic():
        compare(int(sys.argv[1]) if sys.argv[1].isdigit() else 1)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
