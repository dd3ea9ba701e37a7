"""Abbreviations and synonyms of mentoring and school life; added to a query at a weight below one.

A notion is a row of names: any of them in the query brings the others, once (the others bring nothing more,
so no row can lead in a circle). The city edits them: the room that keeps them answers `NOTIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from portal.core.asked import Asked
from portal.search.text import content_tokens, lemma

SYNONYM_WEIGHT = 0.5

Lemmas = tuple[str, ...]
Notions = tuple[tuple[str, ...], ...]
NOTIONS = Asked[Callable[[], Notions]]("how schools call things now")


def lemmas_of(phrase: str) -> Lemmas:
    return tuple(lemma(token) for token in content_tokens(phrase))


class OtherName(NamedTuple):
    """Another name of a notion that the words `start`…`end` of a question (the end left out) call; it counts
    only where a text holds all its lemmas.
    """

    name: str
    lemmas: Lemmas
    start: int
    end: int


class Thesaurus:
    """The notions, ready for questions. `abbreviations`: names of one word as tokens; they count as known, so
    that «dgh» becomes «впр». `beside`: lemmas that stand side by side in names.
    """

    def __init__(self, notions: Iterable[Sequence[str]]) -> None:
        self._notions = [[(name, lemmas_of(name)) for name in names] for names in notions]
        self._by_first_word: dict[str, list[tuple[Lemmas, int]]] = {}
        for number, names in enumerate(self._notions):
            for _, words in names:
                if words:
                    self._by_first_word.setdefault(words[0], []).append((words, number))
        self.beside = frozenset(
            pair for names in self._notions for _, words in names for pair in pairwise(words)
        )
        tokens = [content_tokens(name) for names in self._notions for name, _ in names]
        self.abbreviations = frozenset(words[0] for words in tokens if len(words) == 1)

    def other_names(self, asked: Sequence[str]) -> list[OtherName]:
        """Other names of the notions that these lemmas (in their order) contain."""
        found: list[OtherName] = []
        for start, word in enumerate(asked):
            for words, number in self._by_first_word.get(word, ()):
                end = start + len(words)
                if tuple(asked[start:end]) == words:
                    found += [
                        OtherName(name, other, start, end)
                        for name, other in self._notions[number]
                        if other and other != words
                    ]
        return found


def thesaurus() -> Thesaurus:
    """Of the notions as they stand for the present request or job."""
    return _ready(NOTIONS()())


@lru_cache(maxsize=8)
def _ready(notions: Notions) -> Thesaurus:
    return Thesaurus(notions)
