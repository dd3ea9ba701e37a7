"""Analysis of words: what folds together and what stays apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from portal.search.corrections import Beside, Neighbour, Pair, best_alternatives, edit_distance
from portal.search.layout import as_russian_keys
from portal.search.question import Seen, read_question
from portal.search.slips import slip
from portal.search.synonyms import Lemmas, Thesaurus, lemmas_of
from portal.search.text import content_tokens, lemma, normalise, prefix_key, token_of, tokens, written_words
from portal.search.words_start import NOTIONS


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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("yfcnfdybxtcndj", "наставничество"),
        ("b[", "их"),
        ("k.,jt", "любое"),
        ("ct,z", "себя"),
        ("d gthdjv rkfcct", "в первом классе"),
        ("vfznybr.", "маятник"),
        ("e-mail", "e-mail"),
        ("the", "the"),
        ("ru", "ru"),
        ("quizizz 5", "quizizz 5"),
        ("zoom ehjr", "zoom урок"),
        ('"vjkjljq gtlfuju"', '"молодой педагог"'),
        ("ehjr -[jh", "урок -хор"),
    ],
)
@pytest.mark.django_db
def test_the_keyboard_is_mended_where_it_says_something(typed: str, meant: str) -> None:
    asked = read_question(typed, Words("наставничество", "маятник", "молодой", "педагог", "хор"))
    assert (asked.understood.layout_fixed or typed) == meant


@pytest.mark.parametrize(
    ("typed", "likelier", "other"),
    [
        ("класный", "классный", "красный"),
        ("нравствиность", "нравственность", "нравистинность"),
        ("зодача", "задача", "удача"),
        ("шкрла", "школа", "шкала"),
    ],
)
def test_likelier_slips_cost_less(typed: str, likelier: str, other: str) -> None:
    assert slip(typed, likelier) < slip(typed, other)
    assert slip(typed, typed) == 0
    assert slip(typed, likelier) == pytest.approx(slip(likelier, typed))


class Words:
    """A vocabulary of these words."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def look_up(self, words: Sequence[str]) -> Mapping[str, Seen]:
        return {word: Seen(word in self.words, 1) for word in words}

    def beside(self, pairs: Sequence[Pair]) -> Beside:
        return {}


def test_every_name_of_a_notion_has_words_and_brings_the_others() -> None:
    assert len(NOTIONS) >= 120
    owners: dict[Lemmas, str] = {}
    for names in NOTIONS:
        assert len(names) >= 2, names
        for name in names:
            assert (found := lemmas_of(name)), name
            assert owners.setdefault(found, name) == name, f"«{name}» and «{owners[found]}» are the same"
    assert "школьное методическое объединение" in names_of("план ШМО")
    assert "ШМО" in names_of("школьного методического объединения")
    assert names_of("методический") == set()


def names_of(text: str) -> set[str]:
    return {found.name for found in Thesaurus(NOTIONS).other_names(lemmas_of(text))}
