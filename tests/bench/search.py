"""How the ranking of the portal stands beside its alternatives, side by side in one run.

    python -m tests.bench.search [copies]

Indexes XQuAD-ru (`../shared/search`) in tables of its own inside a transaction that is rolled back, then asks
the same questions three ways: two-stage BM25 (the engine), exact BM25 (no candidates by rare words), and
PostgreSQL's own `ts_rank` over config `russian` with OR. Prints quality and the ratio of times: ratios are to
be trusted, not digits. `copies` > 1 multiplies the documents (shuffled sentences of the real ones) to see how
it grows.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from unittest import mock

import django

QUESTIONS = 150
Ask = Callable[[str], list[uuid.UUID]]


def grown(copies: int) -> Iterator[object]:
    """The paragraphs themselves, then copies made of their shuffled sentences."""
    from portal.search.engine import Document, Text
    from tests.search import xquad

    real = xquad.documents()
    yield from real
    chance = random.Random(1)
    sentences = [part for document in real for part in document.fields["body"].text.split(". ")]
    for _ in range((copies - 1) * len(real)):
        yield Document(
            uuid.UUID(int=chance.getrandbits(128)), "", {"body": Text(". ".join(chance.sample(sentences, 5)))}
        )


def ask_ts_rank(document_table: str) -> Ask:
    from django.db import connection

    from portal.search.text import content_tokens

    def ask(text: str) -> list[uuid.UUID]:
        words = " | ".join(content_tokens(text))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT uuid FROM {document_table} WHERE tsv @@ to_tsquery('russian', %s) ORDER BY "
                "ts_rank(tsv, to_tsquery('russian', %s), 1) DESC LIMIT 10",
                [words, words],
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

    from portal.search import postgres
    from portal.search.engine import Query
    from tests.search.tables import ENGINE_TABLES

    with connection.schema_editor() as editor:
        for model in ENGINE_TABLES.values():
            editor.create_model(model)
    engine = postgres.PostgresEngine(**ENGINE_TABLES)  # type: ignore[arg-type]
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

    def ask_engine(text: str) -> list[uuid.UUID]:
        return [hit.uuid for hit in engine.search(Query(text, limit=10)).hits]

    two_stage = measured(ask_engine)
    with mock.patch.multiple(postgres, RARE_SHARE=1.0, CANDIDATES=1_000_000):
        exact = measured(ask_engine)
    rows = {"two-stage": two_stage, "exact": exact, "ts_rank": measured(ask_ts_rank(table))}
    for name, (gain, p50, p95) in rows.items():
        sys.stdout.write(
            f"{name:10} nDCG@10 {gain:.3f}  p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  ×{p50 / two_stage[1]:.2f} "
            f"×{p95 / two_stage[2]:.2f}\n"
        )


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
