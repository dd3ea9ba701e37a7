"""The small index answers what the index in tables answers, to the document and the word: the same matches,
counts, orders, corrections, highlights and suggestions.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest

from portal.search.engine import Document, Found, Query, Text
from portal.search.postgres import PostgresEngine
from portal.search.postgres_index import analyse
from portal.search.small import Cut, SmallIndex, similarity, with_more, words_of
from tests.search import demo_bank, xquad
from tests.search.test_oracle import a_document, a_question

TYPED = (
    "yfcnfdybr b ehjr",
    "настовник и моятник",
    "-песок",
    "«школьный методический»",
    "шмо",
    "класный руковадитель",
    "% _ \\",
    "",
    "и в на",
    "9 школа",
    "начинающий специолист -физика",
)
STARTS = ("на", "нас", "молодой пе", "x", "yfcn", "%", "пе ")


def small(documents: Sequence[Document]) -> SmallIndex:
    by_uuid = {document.uuid: document for document in documents}
    cut = [Cut(one.uuid, words_of(one), one.facets, one.day) for one in documents]
    return SmallIndex(cut, lambda uuids: [by_uuid[uuid] for uuid in uuids])


def told(found: Found) -> tuple[object, ...]:
    hits = [(hit.uuid, round(hit.score, 9), hit.title, hit.highlights) for hit in found.hits]
    return hits, found.total, found.facets, found.understood, found.whole


@pytest.mark.parametrize("seed", range(8))
def test_the_small_index_answers_as_the_one_in_tables(engine: PostgresEngine, seed: int) -> None:
    chance = random.Random(seed)
    documents = [a_document(chance) for _ in range(40)]
    for document in documents:
        engine.index([document])  # one by one: numbers are in this order
    other = small(documents)
    questions = [a_question(chance) for _ in range(20)] + [Query(text) for text in TYPED]
    some = frozenset(document.uuid for document in documents[::2])
    for query in questions:
        for page in (query, replace(query, offset=5, as_typed=True), replace(query, among=some)):
            assert told(other.search(page)) == told(engine.search(page)), page
    for start in STARTS:
        assert other.suggest(start) == engine.suggest(start)
    for document in documents[:5]:
        assert other.alike(document, 3) == engine.similar(document, 3)


def test_and_over_real_texts_with_slips(engine: PostgresEngine) -> None:
    """What is mended depends on the whole vocabulary."""
    documents = list(demo_bank.documents().values())
    for document in documents:
        engine.index([document])
    other, chance = small(documents), random.Random(5)
    for document in documents:
        words = document.fields["body"].text.split()
        start = chance.randrange(len(words) - 6)
        text = " ".join(words[start : start + 6])
        for typed in (text, xquad.with_typo(text, chance)):
            assert told(other.search(Query(typed))) == told(engine.search(Query(typed))), typed


def test_a_text_that_is_not_kept_counts_as_one_that_is(engine: PostgresEngine) -> None:
    documents = [
        Document(UUID(int=number), "Маятник", {"body": Text("Хор и сад"), "about": Text(about)})
        for number, about in enumerate(("Кравцов. Сад", "Маятник", ""))
    ]
    for document in documents:
        engine.index([document])
    other = small(documents)
    other.cut = [
        Cut(
            one.uuid,
            with_more(
                words_of(replace(one, fields={"body": one.fields["body"]})),
                analyse(Document(one.uuid, "", {"about": one.fields["about"]})),
            ),
        )
        for one in documents
    ]
    for text in ("кравцов", "кровцов", "сад", '"маятник" -кравцов', "«хор и сад»", "маятник сад", "кра"):
        assert told(other.search(Query(text))) == told(engine.search(Query(text))), text
    assert other.written == {"маятник": 3, "хор": 3, "сад": 3, "кравцов": 1}


def test_more_documents_than_a_block_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.search.blocks.SIZE", 16)
    chance = random.Random(3)
    documents = [replace(a_document(chance), uuid=UUID(int=number)) for number in range(50)]
    other = small(documents)
    assert other.search(Query("")).total == 50
    held = [document for document in documents if "наставник" in analyse(document).tf]
    assert other.search(Query('"наставник"')).total == len(held) > 16


def test_nothing_is_in_an_index_of_nothing() -> None:
    empty = small([])
    assert (empty.search(Query("")).total, empty.search(Query("наставник")).total) == (0, 0)
    assert empty.suggest("нас") == []


@pytest.mark.parametrize(("first", "second"), [("наставник", "настовник"), ("урок", "рок"), ("а", "б")])
def test_words_are_alike_as_the_database_counts_it(engine: PostgresEngine, first: str, second: str) -> None:
    rows = engine.writer().run("SELECT similarity(%(first)s, %(second)s)", {"first": first, "second": second})
    assert similarity(first, second) == pytest.approx(rows[0][0])
