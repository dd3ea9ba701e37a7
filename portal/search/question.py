"""What the person meant: layout → lemmas → synonyms → correction of unknown words → weighted terms.

Nothing here knows the engine: it asks a `Vocabulary`, which every engine can give.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from portal.search.engine import Understood
from portal.search.layout import as_russian_keys
from portal.search.stopwords import STOP_WORDS
from portal.search.synonyms import SYNONYM_WEIGHT, abbreviations, expansions
from portal.search.text import has_cyrillic, is_dictionary_word, lemma, normalise, prefix_key, tokens

LONGEST_TEXT = 2_000
MOST_WORDS = 48
PREFIX_WEIGHT = 0.6
ALTERNATIVES = 2
SECOND_ALTERNATIVE_WEIGHT = 0.7
_SHORTEST_CORRECTED = 4
_QUOTED = re.compile(r'["«„“]([^"«»„“”]+)["»“”]')
_LATIN = re.compile(r"[a-z]")


class Neighbour(NamedTuple):
    """A word of the vocabulary that resembles an unknown one; `df` is how many documents hold it."""

    word: str
    df: int


class Vocabulary(Protocol):
    """The words of an index, asked once for all words of a query."""

    def look_up(self, words: Sequence[str]) -> Mapping[str, list[Neighbour] | None]:
        """For every word None when the index holds it (or its lemma), else the words that resemble it.

        Resembling words are looked for only where `may_be_corrected` says so.
        """


@dataclass(slots=True)
class Asked:
    """A question ready for an engine: terms with weights, and groups of terms of which each must be met."""

    understood: Understood
    weights: dict[str, float] = field(default_factory=dict)
    required: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def is_catalogue(self) -> bool:
        """Nothing was typed: show all."""
        return self.understood.is_empty


def may_be_corrected(word: str) -> bool:
    """Short words, Latin words, numbers, abbreviations and words of the dictionary are taken as they are."""
    is_long = len(word) >= _SHORTEST_CORRECTED
    return is_long and has_cyrillic(word) and word not in abbreviations() and not is_dictionary_word(word)


def edit_distance(first: str, second: str, most: int = 2) -> int:
    """Optimal string alignment distance (a swap of neighbours is one edit), cut off above `most`."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, left in enumerate(first, 1):
        before, last, row = row, before, [i]
        for j, right in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == second[j - 2] and first[i - 2] == right:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def best_alternatives(word: str, neighbours: Iterable[Neighbour]) -> tuple[str, ...]:
    """The likeliest readings of an unknown word, different lemmas only: fewer edits first, then the more
    frequent.
    """
    most = 1 if len(word) < 6 else 2
    ranked = sorted(
        (distance, -near.df, near.word)
        for near in neighbours
        if near.word not in STOP_WORDS and (distance := edit_distance(word, near.word, most)) <= most
    )
    chosen: dict[str, str] = {}
    for _, _, candidate in ranked:
        chosen.setdefault(lemma(candidate), candidate)
    return tuple(chosen.values())[:ALTERNATIVES]


def read_question(text: str, vocabulary: Vocabulary) -> Asked:
    """Read a typed text. Only its first 2 000 signs and 48 different words count."""
    text = text[:LONGEST_TEXT]
    typed = tokens(text)
    if not typed:
        return Asked(Understood(is_empty=True))
    reader = _Reader(text, vocabulary)
    reader.fix_layout()
    return reader.read()


class _Reader:
    """One reading of one question; asks the vocabulary once."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = normalise(text)
        self.layout_fixed = ""
        self.mapped = self._mapped_by_layout()
        asked = dict.fromkeys([*tokens(self.text), *tokens(self.mapped)])
        self.seen = vocabulary.look_up([word for word in asked if word not in STOP_WORDS][: 2 * MOST_WORDS])

    def _mapped_by_layout(self) -> str:
        if has_cyrillic(self.text) or not _LATIN.search(self.text):
            return ""
        return as_russian_keys(self.text)

    def fix_layout(self) -> None:
        """Take the Russian keys when they say something; words which the index knows in Latin stay."""
        if not self.mapped or not any(self._means_something(word) for word in tokens(self.mapped)):
            return
        fixed = " ".join(self._kept_or_mapped(chunk) for chunk in self.text.split())
        if fixed != self.text:
            self.text = self.layout_fixed = fixed

    def _kept_or_mapped(self, chunk: str) -> str:
        words = tokens(chunk)
        is_kept = bool(words) and all(self._in_index(word) for word in words)
        return chunk if is_kept else as_russian_keys(chunk)

    def _in_index(self, word: str) -> bool:
        return word in self.seen and self.seen[word] is None

    def _is_known(self, word: str) -> bool:
        return self._in_index(word) or word in abbreviations() or is_dictionary_word(word)

    def _means_something(self, word: str) -> bool:
        return (
            word in STOP_WORDS
            or self._is_known(word)
            or bool(best_alternatives(word, self.seen.get(word) or ()))
        )

    def read(self) -> Asked:
        words = [word for word in dict.fromkeys(tokens(self.text)) if word not in STOP_WORDS][:MOST_WORDS]
        readings = {word: self._readings(word) for word in words}
        lemmas = [lemma(variants[0]) for variants in readings.values()]
        others = expansions(lemmas)
        asked = Asked(
            Understood(
                lemmas=tuple(lemmas),
                corrected={word: variants for word, variants in readings.items() if variants[0] != word},
                layout_fixed=self.layout_fixed,
                synonyms=tuple(others),
                only_stop_words=not words,
            ),
            required=self._required(readings),
        )
        for variants in readings.values():
            for variant, weight in zip(variants, (1.0, SECOND_ALTERNATIVE_WEIGHT), strict=False):
                _raise_weight(asked.weights, lemma(variant), weight)
        for other in others.values():
            for word in other:
                # The words of a long name share its weight, else they would outweigh the abbreviation that
                # was asked.
                _raise_weight(asked.weights, word, SYNONYM_WEIGHT / len(other))
        return asked

    def _readings(self, word: str) -> tuple[str, ...]:
        """The word itself when anybody knows it, else what it was meant to be."""
        if self._in_index(word) or not may_be_corrected(word):
            return (word,)
        return best_alternatives(word, self.seen.get(word) or ()) or (word,)

    def _required(self, readings: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
        """A quoted phrase asks for every one of its words."""
        quoted = dict.fromkeys(word for phrase in _QUOTED.findall(self.text) for word in tokens(phrase))
        return [tuple(map(lemma, readings[word])) for word in quoted if word in readings]


def _raise_weight(weights: dict[str, float], word: str, weight: float) -> None:
    """Put both channels of a lemma; the highest weight wins, words are not counted twice."""
    for term, value in ((word, weight), (prefix_key(word), weight * PREFIX_WEIGHT)):
        weights[term] = max(weights.get(term, 0.0), value)
