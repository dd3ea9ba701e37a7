"""Which word a slip was meant for is told by the words beside it, as the index itself has them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from portal.search import corrections
from portal.search.corrections import Beside, Pair, pair_of
from portal.search.engine import Document, Engine, Query, Text
from portal.search.postgres import PostgresEngine
from portal.search.question import Seen, read_question
from portal.search.small import SmallIndex
from portal.search.text import lemma
from tests.search.documents import document
from tests.search.test_small import small

MAPS = [document(f"Карта урока, день {day}.", title=f"Карта {day}") for day in range(12)]
KARMA = [document("Плохая карма у класса, пишет учитель."), document("Класс и плохая карма.")]
APART = document("Здесь плохая погода, а там растёт карта сада, и ещё класс.")
ASKED = {
    "карша": "карта",
    "плохая карша": "карма",
    "карша плохая": "карма",
    "карша у класса": "карма",
    "плахая карша": "карма",
    "карша урока": "карта",
    "плохая погода и карша": "карта",
    "плохая маятник карша": "карта",
}
"""What was typed, and what its slip is taken for: twelve documents have the map, two have karma."""


def meant(engine: Engine | SmallIndex, text: str) -> str:
    return engine.search(Query(text)).understood.corrected["карша"][0]


@pytest.mark.parametrize(("text", "word"), ASKED.items())
def test_the_words_beside_choose(each_engine: Engine, text: str, word: str) -> None:
    each_engine.index([*MAPS, *KARMA, APART])
    assert meant(each_engine, text) == word
    assert meant(small([*MAPS, *KARMA, APART]), text) == word, "and in a school's own bank"


def test_frequency_alone_would_choose_otherwise(engine: PostgresEngine) -> None:
    class Alone(PostgresEngine):
        def beside(self, pairs: Sequence[Pair]) -> Beside:
            return {}

    engine.index([*MAPS, *KARMA, APART])
    alone = Alone(**{name: getattr(engine, name) for name in ("document", "term", "block", "word")})
    assert {text: meant(alone, text) for text in ASKED} == dict.fromkeys(ASKED, "карта")
    assert engine.search(Query("плохая карша")).hits[0].uuid in {one.uuid for one in KARMA}


def test_what_is_withdrawn_chooses_no_more(each_engine: Engine) -> None:
    each_engine.index([*MAPS, *KARMA, APART, document("Карма.")])
    assert meant(each_engine, "плохая карша") == "карма"
    each_engine.remove([one.uuid for one in KARMA])
    assert meant(each_engine, "плохая карша") == "карта", "the word itself is still there"


def test_words_of_two_fields_do_not_stand_beside_each_other(engine: PostgresEngine) -> None:
    parted = [Document(one.uuid, "Снова плохая", {"body": Text("Карма класса")}) for one in KARMA]
    engine.index([*MAPS, *parted])
    assert meant(engine, "плохая карша") == "карта"
    assert meant(engine, "карша класса") == "карма"


def test_of_many_some_are_read_and_stand_for_all(
    engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.index([replace(MAPS[0], uuid=uuid.uuid4()) for _ in range(90)])
    pair = pair_of("карта", "урок")
    assert engine.beside([pair]) == {pair: 90}
    monkeypatch.setattr(f"{PostgresEngine.__module__}.READ", 30)
    assert engine.beside([pair]) == {pair: 90}
    assert engine.beside([pair_of("карта", "урок"), ("карма", "урок")]) == {pair: 90}


def test_only_a_word_that_may_be_several_costs_a_question_more(
    engine: PostgresEngine, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Two statements, and one that reads blocks by a cursor which Django does not count."""
    engine.index([*MAPS, *KARMA, APART])
    read_question("карта", engine)  # other names of notions are asked once
    for text, more in (("плохая карта урока", 0), ("плохая карша", 2), ("карша", 0)):
        with django_assert_num_queries(1 + more):
            read_question(text, engine)


NEAR, FAR = (pair_of(lemma(word), lemma("плохая")) for word in ("дорожка", "торошта"))


class Told:
    """A vocabulary in which nobody has the words that are typed."""

    def __init__(self, *near: tuple[str, int], beside: Beside) -> None:
        self.near = [corrections.Neighbour(*one) for one in near]
        self.told = beside
        self.asked: list[Pair] = []

    def look_up(self, words: Sequence[str]) -> Mapping[str, Seen]:
        return {word: Seen(word == "плохая", 9, self.near if word == "дорошка" else ()) for word in words}

    def beside(self, pairs: Sequence[Pair]) -> Beside:
        self.asked.extend(pairs)
        return {pair: self.told[pair] for pair in pairs if pair in self.told}


@pytest.mark.django_db
def test_a_likelier_slip_outweighs_a_neighbour_that_was_met_once() -> None:
    """Two edits away and met in one document is less than one edit; met in hundreds it is more."""
    near = (("дорожка", 3), ("торошта", 3))
    for documents, word in ((1, "дорожка"), (4_000, "торошта")):
        words = Told(*near, beside={FAR: documents})
        assert read_question("плохая дорошка", words).understood.corrected["дорошка"][0] == word
    assert set(words.asked) == {FAR, NEAR}
