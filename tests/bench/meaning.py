"""What the order by meaning is worth, and what it costs.

    python -m tests.bench.meaning [--tune]

Wants the extra `semantic`. Two collections (`tests.search.judged`): the given one, 240 paragraphs and 1 190
questions, and our own about mentoring, 20 practices among those paragraphs and 84 questions. Of each prints
nDCG@10 of words alone, of words with meaning, and the difference with its 95 % interval (bootstrap over
questions, paired); then the times of a question with and without, side by side in one run. With `--tune` also
each share of meaning by the questions that are for tuning.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Sequence
from typing import Any

import django

SHARES = (0.4, 0.5, 0.6, 0.7, 0.8)
TIMED = 150
DRAWN = 2_000


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def interval(differences: Sequence[float]) -> tuple[float, float]:
    chance = random.Random(1)
    means = sorted(statistics.mean(chance.choices(differences, k=len(differences))) for _ in range(DRAWN))
    return means[DRAWN // 40], means[-DRAWN // 40]


def told(name: str, alone: Sequence[float], both: Sequence[float]) -> None:
    differences = [with_meaning - words for words, with_meaning in zip(alone, both, strict=True)]
    low, high = interval(differences)
    say(
        f"{name:22} {len(alone):5} questions  words {statistics.mean(alone):.3f}  with meaning "
        f"{statistics.mean(both):.3f}  {statistics.mean(differences):+.3f} [{low:+.3f}, {high:+.3f}]"
    )


def measure(collection: Any, engine: Any, meaning: Any, *, tune: bool) -> None:
    from tests.search import judged

    engine.rebuild(collection.documents)
    started = time.perf_counter()
    for document in meaning.unlearned(collection.documents):
        meaning.keep(document.uuid, meaning.made(document))
    spent = time.perf_counter() - started
    say(f"{collection.name}: {len(collection.documents)} documents, their vectors in {spent:.1f} s")
    if tune:
        for share in SHARES:
            meaning.share = share
            mean = statistics.mean(judged.gains(meaning.search, collection.for_tuning))
            say(f"  share {share:.1f}: {mean:.4f} of {len(collection.for_tuning)} questions for tuning")
        meaning.share = type(meaning).share
    for part, questions in (
        ("for tuning", collection.for_tuning),
        ("judging", collection.for_judging),
        ("all", collection.questions),
    ):
        told(
            f"{collection.name}, {part}",
            judged.gains(engine.search, questions),
            judged.gains(meaning.search, questions),
        )


def times(collection: Any, engine: Any, meaning: Any) -> None:
    """In turns, so that what else the machine does falls on both; of two askings each is counted."""
    from portal.search.engine import Query
    from portal.search.meaning.engine import Kept

    ways = {"words": engine.search, "with meaning": meaning.search}
    spent: dict[str, list[float]] = {name: [] for name in ways}
    late = 0
    for question in collection.questions[:: max(1, len(collection.questions) // TIMED)]:
        for name, ask in ways.items():
            meaning.kept = Kept()
            started = time.perf_counter()
            found = ask(Query(question.text, limit=10))
            spent[name].append((time.perf_counter() - started) * 1000)
            late += found.without_meaning
    for name, every in spent.items():
        p50, p95 = statistics.median(every), statistics.quantiles(every, n=20)[-1]
        say(f"{name:14} p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  of {len(every)}")
    say(f"not in time: {late}; load {os.getloadavg()[0]:.1f}")


def run(*, tune: bool) -> None:
    from django.db import connection
    from django.db.models import Model

    from portal.search.meaning.engine import Meaning
    from portal.search.postgres import PostgresEngine
    from tests.search import judged
    from tests.search.tables import ENGINE_TABLES, Alone, ProbeMeaning

    with connection.schema_editor() as editor:
        models: list[type[Model]] = [*ENGINE_TABLES.values(), ProbeMeaning]
        for model in models:
            editor.create_model(model)
    engine = PostgresEngine(**ENGINE_TABLES)  # type: ignore[arg-type]
    meaning = Meaning(Alone(engine), ProbeMeaning)
    meaning.maker.patience = 5.0  # quality is measured here; times are, below, with the patience of life
    for collection in (judged.given(), judged.own()):
        measure(collection, engine, meaning, tune=tune)
        meaning.maker.patience, patience = type(meaning.maker).patience, meaning.maker.patience
        times(collection, engine, meaning)
        meaning.maker.patience = patience
    meaning.maker.end()


def main() -> None:
    """As the owner, since the tables are made here; in a clone of the tests' template."""
    sys.argv.append("--owner")
    import tests.environment  # noqa: F401  (a clean environment)
    from tests import database

    os.environ["SEARCH_MEANING"] = "1"
    database.clone(database.NAME)
    try:
        django.setup()
        run(tune="--tune" in sys.argv)
    finally:
        from django.db import connection

        connection.close()
        database.drop(database.NAME)


if __name__ == "__main__":
    main()
