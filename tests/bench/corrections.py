"""What the words beside a slip are worth when it is mended, and what asking the index for them costs.

    python -m tests.bench.corrections [documents [words]] [--tune]

The collection of `tests.bench.search`, questions with a slip in the longest word and with one in every word
of five letters and more. Prints, for the index asked and for frequency alone, the share of slips that become
the word that was typed over, nDCG@10 and the time of a question; the odd questions are for tuning, the even
ones judge. With `--tune` also other values of `corrections.BESIDE`, by the odd ones.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import django

EVERY = 4
LONG = 5
VALUES = (0.0, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0)


class Slipped(NamedTuple):
    """A question as typed, and the words that were typed over by their slips."""

    text: str
    meant: dict[str, str]
    relevant: frozenset[Any]


def slipped(*, every_word: bool) -> list[Slipped]:
    from portal.search.text import is_dictionary_word, tokens
    from tests.search import xquad

    made = []
    for question in xquad.questions()[::EVERY]:
        chance = random.Random(question.text)
        words = tokens(question.text)
        longest = max(words, key=len)
        meant = {}
        for place, word in enumerate(words):
            if word == longest or (every_word and len(word) >= LONG):
                words[place] = xquad.edited(word, chance)
                if not is_dictionary_word(words[place]):
                    meant[words[place]] = word
        made.append(Slipped(" ".join(words), meant, question.relevant))
    return made


def mended(engine: Any, asked: Sequence[Slipped]) -> Iterator[bool]:
    """Of each slip that is seen as one: whether its first reading is the word."""
    from portal.search.question import read_question
    from portal.search.text import lemma

    for question in asked:
        read = read_question(question.text, engine).understood.corrected
        for typed, meant in question.meant.items():
            if typed != meant:
                yield lemma(read.get(typed, (typed,))[0]) == lemma(meant)


def told(name: str, engine: Any, asked: Sequence[Slipped]) -> None:
    from portal.search.engine import Query
    from tests.bench.search import say
    from tests.search import xquad

    gains, times = [], []
    for question in asked:
        engine.search(Query(question.text, limit=10, counts_facets=False))
        started = time.perf_counter()
        found = engine.search(Query(question.text, limit=10, counts_facets=False)).hits
        times.append((time.perf_counter() - started) * 1000)
        gains.append(xquad.ndcg([hit.uuid for hit in found], question.relevant))
    right = list(mended(engine, asked))
    p95 = statistics.quantiles(times, n=20)[-1]
    say(
        f"  {name:24} {len(right):4} slips, mended right {statistics.mean(right):.4f}  "
        f"nDCG@10 {statistics.mean(gains):.4f}  p50 {statistics.median(times):5.1f}  p95 {p95:5.1f} ms"
    )


def tune(engine: Any, asked: Sequence[Slipped]) -> None:
    from portal.search import corrections
    from tests.bench.search import say

    kept = corrections.BESIDE
    for value in VALUES:
        corrections.BESIDE = value
        say(f"  BESIDE {value:4.2f}: mended right {statistics.mean(mended(engine, asked)):.4f} of the odd")
    corrections.BESIDE = kept


def compare(total: int, words: int, *, is_tuned: bool) -> None:
    from portal.search.corrections import Beside
    from portal.search.postgres import PostgresEngine
    from tests.bench.search import Grown, build, say
    from tests.search.tables import ENGINE_TABLES

    class ByFrequency(PostgresEngine):
        def beside(self, pairs: Any) -> Beside:
            return {}

    engine = PostgresEngine(**ENGINE_TABLES)  # type: ignore[arg-type]
    alone = ByFrequency(**ENGINE_TABLES)  # type: ignore[arg-type]
    build(engine, Grown(total, words))
    for every_word in (False, True):
        asked = slipped(every_word=every_word)
        say("a slip in every long word" if every_word else "one slip")
        for half, some in (("odd", asked[::2]), ("even", asked[1::2])):
            told(f"by frequency, {half}", alone, some)
            told(f"by the words beside, {half}", engine, some)
        if is_tuned:
            tune(engine, asked[::2])


def main() -> None:
    """As the owner, since the tables are made here; in a clone of the tests' template."""
    numbers = [int(one) for one in sys.argv[1:] if one.isdecimal()]
    is_tuned = "--tune" in sys.argv
    sys.argv.append("--owner")
    import tests.environment  # noqa: F401  (a clean environment)
    from tests import database

    database.clone(database.NAME)
    try:
        django.setup()
        total, words = [*numbers, *(240, 110)[len(numbers) :]][:2]
        compare(total, words, is_tuned=is_tuned)
    finally:
        from django.db import connection

        connection.close()
        database.drop(database.NAME)


if __name__ == "__main__":
    main()
