"""The order by meaning over a small bank, with the real model in its own process: what it changes, what it
never changes, and what happens when the process is slow, dead, or wants too much.
"""

from __future__ import annotations

import os
import signal
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.search.engine import NEWEST, Document, Hit, Query, Text
from portal.search.meaning import maker as makers
from portal.search.meaning import mixing, vectors
from portal.search.meaning.engine import Meaning
from portal.search.meaning.maker import Maker, NoVectorError
from portal.search.postgres import PostgresEngine
from tests.search.documents import document
from tests.search.elastic_node import Node
from tests.search.tables import Alone, ProbeMeaning
from tests.search.two_engines import followed

WORD = "наставник"
QUIET = "Наставник помогает погасить ссоры между детьми."
METALS = "Наставник показывает, как плавят металл."
PARENTS = "Наставник готовит к разговору с мамами и папами."
AT_LENGTH = 20.0
"""Seconds: machines of tests are busy, and most tests are not of time."""


def hit(name: str, score: float) -> Hit:
    return Hit(uuid.uuid5(uuid.NAMESPACE_OID, name), score, name)


def names(hits: Sequence[Hit]) -> str:
    return "".join(one.title for one in hits)


def test_fit_and_nearness_are_added_and_who_holds_all_words_stays_first() -> None:
    hits = [hit("a", 9), hit("b", 5), hit("c", 1), hit("d", 8), hit("e", 2)]
    near = dict(zip([one.uuid for one in hits], (0.75, 0.88, 0.89, 0.70, 0.90), strict=True))
    assert names(mixing.mixed(hits, 3, near, 0.0)) == "abcde", "words alone"
    assert names(mixing.mixed(hits, 3, near, 1.0)) == "cbaed", "meaning alone"
    assert names(mixing.mixed(hits, 3, near, 0.5)) == "baced"
    assert names(mixing.mixed(hits, 0, near, 1.0)) == "ecbad"
    assert mixing.mixed([], 0, {}) == []


def test_who_has_no_vector_yet_is_as_near_as_its_words_promise() -> None:
    """Among those that are far, and among those that are near: what is not learnt is neither lifted nor
    sunk.
    """
    hits = [hit("a", 10), hit("b", 9), hit("c", 4), hit("d", 1)]
    a, b, c, d = [one.uuid for one in hits]
    assert names(mixing.mixed(hits, 4, {}, 0.5)) == "abcd"
    assert names(mixing.mixed(hits, 4, {a: 0.80, c: 0.78}, 0.6)) == "abcd"
    assert names(mixing.mixed(hits, 4, {a: 0.80, d: 0.90}, 0.6)) == "bdac"
    assert names(mixing.mixed(hits, 4, {b: 0.90, c: 0.92}, 0.6)) == "abcd"


def test_a_long_document_is_cut_between_sentences_and_says_its_title_in_each_part() -> None:
    sentence = "Пара смотрит урок и пишет одно наблюдение."
    long = Document(uuid.uuid4(), "Карта", {"body": Text(" ".join([sentence] * 60)), "about": Text("Иванов")})
    parts = vectors.parts_of(long)
    assert len(parts) > 2
    assert all(part.startswith("Карта. ") and part.endswith(".") for part in parts)
    assert all(len(part.split()) <= vectors.WORDS + 1 for part in parts)
    assert "Иванов" not in " ".join(parts)
    endless = replace(long, fields={"body": Text("слово " * 100_000)})
    assert len(vectors.parts_of(endless)) == vectors.PARTS
    assert vectors.parts_of(Document(uuid.uuid4(), "", {})) == [""]


def test_the_nearest_part_of_each_document_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = np.zeros(vectors.SIZE, np.float32), np.zeros(vectors.SIZE, np.float32)
    one[0], other[1] = 1, 1
    kept = [vectors.packed([one, other]), vectors.packed([one]), vectors.packed([other, other, one])]
    assert vectors.nearness(kept, other).tolist() == [1, 0, 1]
    assert vectors.nearness([], other).tolist() == []
    monkeypatch.setattr(vectors, "AT_ONCE", 2)
    assert vectors.nearness(kept, other).tolist() == [1, 0, 1], "some hundreds at once"


@pytest.fixture
def its_process() -> Iterator[Maker]:
    """A process of this test's own, ready."""
    maker = Maker(patience=AT_LENGTH)
    maker.of_part("готов")
    yield maker
    maker.end()


@pytest.fixture
def meaning(engine: PostgresEngine, its_process: Maker, settings: Any) -> Meaning:
    """A bank that knows the meaning of its documents."""
    settings.SEARCH_MEANING = True
    made = Meaning(Alone(engine), ProbeMeaning, its_process)
    fill(made, [document(QUIET), document(METALS), document(PARENTS)])
    return made


def fill(meaning: Meaning, documents: list[Document]) -> None:
    meaning.engine.postgres.index(documents)
    for one in meaning.unlearned(documents):
        meaning.keep(one.uuid, meaning.made(one))


def texts(meaning: Meaning, query: Query) -> list[str]:
    found = meaning.search(query)
    rows: dict[uuid.UUID, Any] = meaning.engine.postgres.document._default_manager.in_bulk(
        [one.uuid for one in found.hits], field_name="uuid"
    )
    return [rows[one.uuid].texts["body"] for one in found.hits]


STRANGE = "как мирить подравшихся школьников"
QUARREL = "наставник, как помирить поссорившихся ребят"


def test_what_is_meant_stands_first_and_what_matches_stays(meaning: Meaning) -> None:
    """Of these words only one is in the bank: words alone cannot tell the three apart."""
    alone = meaning.engine.search(Query(QUARREL))
    found = meaning.search(Query(QUARREL))
    assert texts(meaning, Query(QUARREL))[0] == QUIET
    assert texts(meaning, Query("наставник, беседа с родителями"))[0] == PARENTS
    assert (found.total, found.facets, found.whole) == (alone.total, alone.facets, alone.whole)
    assert {one.uuid for one in found.hits} == {one.uuid for one in alone.hits}
    assert found.hits[0].highlights["body"], "what is found is marked"
    assert not found.without_meaning


def test_vectors_are_made_once_for_each_text(meaning: Meaning) -> None:
    documents = [document(QUIET), document(METALS)]
    assert meaning.unlearned(documents) == []
    changed = replace(documents[0], fields={"body": Text("Другой текст")})
    assert meaning.unlearned([changed, documents[1]]) == [changed]
    meaning.forget([documents[1].uuid])
    assert meaning.unlearned(documents) == [documents[1]]
    meaning.keep(documents[1].uuid, meaning.made(documents[1]))
    assert len(ProbeMeaning._default_manager.get(uuid=documents[1].uuid).vectors) == vectors.SIZE * 2


def test_pages_are_of_one_order_beyond_the_first_answers_too(
    meaning: Meaning, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [document(f"{WORD} {'урок ' * (number % 7)} номер{number}.") for number in range(60)]
    meaning.engine.postgres.rebuild(many)
    for one in many[:40]:
        meaning.keep(one.uuid, meaning.made(one))
    monkeypatch.setattr("portal.search.meaning.engine.FIRST", 25)
    alone = [one.uuid for one in meaning.engine.search(Query(WORD, limit=60)).hits]
    paged = [
        one.uuid for at in range(0, 60, 10) for one in meaning.search(Query(WORD, offset=at, limit=10)).hits
    ]
    assert sorted(paged) == sorted(alone)
    assert len(set(paged)) == 60
    assert sorted(paged[:25]) == sorted(alone[:25])
    assert paged[25:] == alone[25:]
    assert paged[:25] != alone[:25]


def test_a_question_in_the_wrong_layout_is_meant_as_it_was_understood(meaning: Meaning) -> None:
    typed = "yfcnfdybr> ,tctlf c hjlbntkzvb"
    assert texts(meaning, Query(typed))[0] == PARENTS


def test_another_order_the_catalogue_and_one_answer_ask_no_process(
    meaning: Meaning, its_process: Maker
) -> None:
    its_process.end()
    its_process.command = ("false",)
    assert not meaning.search(Query(QUARREL, order=NEWEST)).without_meaning
    assert meaning.search(Query("")).total == 3
    for nothing in ("???", "-слово"):
        found, alone = meaning.search(Query(nothing)), meaning.engine.search(Query(nothing))
        assert [one.uuid for one in found.hits] == [one.uuid for one in alone.hits], nothing
        assert len(found.hits) == 3
        assert not found.without_meaning
    assert meaning.search(Query("плавят")).total == 1
    assert not meaning.search(Query("плавят")).without_meaning
    assert not meaning.search(Query(QUARREL, by_words=True)).without_meaning


def test_where_it_is_not_wanted_the_answer_is_the_engines_own(meaning: Meaning, settings: Any) -> None:
    settings.SEARCH_MEANING = False
    meaning.maker.end()
    alone = meaning.engine.search(Query(QUARREL))
    found = meaning.search(Query(QUARREL))
    assert found.hits == alone.hits
    assert not found.without_meaning
    assert meaning.nearest("ссора детей", 3) == []
    assert meaning.maker._running is None, "a process was begun"


def test_what_lies_nearest_where_no_word_is_found(meaning: Meaning) -> None:
    assert meaning.search(Query(STRANGE)).total == 0
    assert meaning.nearest(STRANGE, 1) == [document(QUIET).uuid]
    assert meaning.nearest("нпщзк вжжых тгмрл", 3) == []
    assert meaning.nearest("и в на", 3) == [], "words that mean nothing"
    assert not meaning.kept._vectors, "what is said of a person was kept"
    meaning.nearest(STRANGE, 1, is_kept=True)
    assert len(meaning.kept._vectors) == 1
    assert "мирить" not in repr(meaning.kept._vectors)


@contextmanager
def vectors_read() -> Iterator[list[str]]:
    """The questions to the database that bring vectors."""
    asked: list[str] = []
    with CaptureQueriesContext(connection) as queries:
        yield asked
    asked += [query["sql"] for query in queries if '"vectors"' in query["sql"]]


def test_vectors_of_the_bank_are_read_once_and_of_what_stands_today(meaning: Meaning) -> None:
    """What was published, rewritten or withdrawn since is known with the next question."""
    quiet, metals = document(QUIET), document(METALS)
    for wanted in (1, 0):
        with vectors_read() as asked:
            assert meaning.nearest(STRANGE, 1) == [quiet.uuid]
        assert len(asked) == wanted
    fill(meaning, [replace(document("Другая"), fields={"body": Text(STRANGE)})])
    with vectors_read() as asked:
        assert meaning.nearest(STRANGE, 2) == [document("Другая").uuid, quiet.uuid]
    assert len(asked) == 1
    meaning.keep(metals.uuid, meaning.made(replace(metals, fields={"body": Text(STRANGE)})))
    assert metals.uuid in meaning.nearest(STRANGE, 2)
    meaning.forget([quiet.uuid, document("Другая").uuid])
    with vectors_read() as asked:
        assert meaning.nearest(STRANGE, 3) == [metals.uuid]
    assert not asked
    assert len(meaning.seen._vectors) == 2, "what was withdrawn stayed in memory"


def killed(maker: Maker, number: int) -> None:
    assert maker._running
    os.kill(maker._running.process.pid, number)


def test_a_process_that_was_killed_costs_one_answer_its_order(meaning: Meaning, its_process: Maker) -> None:
    killed(its_process, signal.SIGKILL)
    found = meaning.search(Query(QUARREL))
    assert found.total == 3
    assert found.without_meaning
    assert [one.uuid for one in found.hits] == [
        one.uuid for one in meaning.engine.search(Query(QUARREL)).hits
    ]
    assert texts(meaning, Query(QUARREL))[0] == QUIET, "another one has begun"


def test_a_process_that_hangs_costs_eighty_milliseconds_and_then_nothing(its_process: Maker) -> None:
    """Three are waited for; then nobody asks for a pause, and the one that hangs is ended."""
    hangs = its_process._running
    assert hangs
    its_process.patience, now = makers.PATIENCE, [0.0]
    its_process.breaker.clock = lambda: now[0]
    killed(its_process, signal.SIGSTOP)
    for _ in range(its_process.breaker.failures):
        began = time.monotonic()
        assert its_process.of_question("вопрос") is None
        assert time.monotonic() - began >= makers.PATIENCE * 0.9
    assert its_process.breaker.is_open
    assert hangs.process.poll() is not None, "what hangs is still there"
    began = time.process_time()
    assert its_process.of_question("вопрос") is None
    assert time.process_time() - began < makers.PATIENCE
    assert its_process._running is None, "it was asked in the pause"
    now[0], its_process.patience = 100.0, AT_LENGTH
    assert its_process.of_question("вопрос") is not None
    assert not its_process.breaker.is_open


def test_an_answer_that_nobody_waited_for_is_not_taken_for_the_next(its_process: Maker) -> None:
    first = its_process.of_question("дроби")
    killed(its_process, signal.SIGSTOP)
    its_process.patience = 0.01
    assert its_process.of_question("родительское собрание") is None
    killed(its_process, signal.SIGCONT)
    its_process.patience = AT_LENGTH
    again = its_process.of_question("дроби")
    assert first is not None
    assert again is not None
    assert np.array_equal(first, again)


def test_a_process_that_needs_more_than_its_budget_ends_and_search_goes_on(
    meaning: Meaning, monkeypatch: pytest.MonkeyPatch
) -> None:
    meaning.maker.end()
    monkeypatch.setattr(makers, "BUDGET", 60 * 2**20)
    meaning.maker.patience = AT_LENGTH
    assert meaning.search(Query(QUARREL)).without_meaning
    with pytest.raises(NoVectorError):
        meaning.made(document("Любой текст"))


@pytest.mark.semantic
def test_a_process_ends_with_whoever_began_it() -> None:
    maker = Maker(patience=AT_LENGTH)
    maker.of_part("готов")
    assert maker._running
    process = maker._running.process
    maker._running.socket.close()
    assert process.wait(timeout=30) == 0


def test_strange_texts_have_vectors_too(its_process: Maker) -> None:
    for text in ("", "\ud800", "а" * 200_000, "😀\0%", "\n"):
        vector = its_process.of_question(text)
        assert vector is not None
        assert vector.shape == (vectors.SIZE,)


def test_over_elasticsearch_the_same_is_mixed(meaning: Meaning, engine: PostgresEngine, node: Node) -> None:
    both = followed(engine, node)
    both.index([document(QUIET), document(METALS), document(PARENTS)])
    over = Meaning(both, ProbeMeaning, meaning.maker)
    for question in (QUARREL, "наставник, беседа с родителями", "наставник металл"):
        assert texts(over, Query(question)) == texts(meaning, Query(question))
    bare = both.search(Query(WORD, is_bare=True))
    assert [one.title for one in bare.hits] == [""] * 3
    assert max(one.score for one in bare.hits) < 2, "the bonus of those with all words is no fit"
    assert both.asked.answered
    assert not both.asked.troubles
    both.forget()
