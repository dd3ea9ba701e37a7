"""Analysis of words: what folds together and what stays apart."""

from __future__ import annotations

import pytest

from portal.search.layout import as_russian_keys
from portal.search.question import Neighbour, best_alternatives, edit_distance
from portal.search.synonyms import NOTIONS, expansions, lemmas_of
from portal.search.text import content_tokens, lemma, normalise, prefix_key, token_of, tokens, written_words


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Наста\u0301вник", "наставник"),
        ("настав\u00adник", "наставник"),
        ("на\u200bставник\ufeff", "наставник"),
        ("Ёлка", "елка"),
        ("И\u0306од", "йод"),
    ],
)
def test_marks_that_nobody_means_are_dropped(written: str, kept: str) -> None:
    assert normalise(written) == kept


def test_hyphens_split_and_stop_words_go() -> None:
    assert tokens("Урок-игра в 5-м «Б»!") == ["урок", "игра", "в", "5", "м", "б"]
    assert content_tokens("и в на урок") == ["урок"]


def test_written_words_keep_their_marks() -> None:
    written = [found[0] for found in written_words("Хоро\u0301ший настав\u00adник!")]
    assert written == ["Хоро\u0301ший", "настав\u00adник"]
    assert [token_of(word) for word in written] == ["хороший", "наставник"]


def test_lemmas_join_forms_and_prefixes_join_relatives() -> None:
    assert lemma("наставничества") == "наставничество"
    assert lemma("дети") == "ребенок"
    assert lemma("впр") == "впр"
    assert prefix_key(lemma("наставнический")) == prefix_key(lemma("наставник"))


def test_layout() -> None:
    assert as_russian_keys("yfcnfdybr vjkjls[ gtlfujujd") == "наставник молодых педагогов"


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [("урок", "урок", 0), ("уркоу", "уроку", 1), ("мама", "рама", 1), ("кот", "слоны", 3)],
)
def test_edit_distance(one: str, other: str, edits: int) -> None:
    assert edit_distance(one, other) == edits


def test_alternatives_prefer_fewer_edits_then_the_frequent() -> None:
    near = [
        Neighbour("наставники", 9),
        Neighbour("наставник", 1),
        Neighbour("заставник", 1),
        Neighbour("слон", 99),
    ]
    assert best_alternatives("настовник", near) == ("наставник", "заставник")


def test_every_name_of_a_notion_has_words_and_brings_the_others() -> None:
    for names in NOTIONS:
        assert all(lemmas_of(name) for name in names), names
    assert "школьное методическое объединение" in expansions(lemmas_of("план ШМО"))
    assert "ШМО" in expansions(lemmas_of("школьного методического объединения"))
    assert expansions(lemmas_of("методический")) == {}
