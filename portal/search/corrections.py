"""What a word that nobody knows was meant to be: the likelier slip first, of words nearly as likely the one
that stands beside its neighbours of the question in the index itself, then the one of more documents.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from portal.search.slips import slip
from portal.search.stopwords import STOP_WORDS
from portal.search.synonyms import thesaurus
from portal.search.text import lemma

ALTERNATIVES = 2
WEIGHED = 6
"""So many likely words are looked up beside their neighbours, different lemmas only."""
BESIDE = 0.35
"""What standing together is worth beside an edit (1 and its slip, 0.4 to 1): times the logarithm of one more
than the documents.
"""
NAMED = 20
"""Two words that stand together in a name that schools use count as so many documents."""
READ = 240
"""Documents of one question that are looked through for words that stand together."""

Pair = tuple[str, str]
"""Two lemmas, in the order of the alphabet."""
Beside = Mapping[Pair, int]
"""In how many documents two lemmas stand side by side, in either order."""
Weighed = Callable[[str], float]
"""How many documents say that a word is meant here."""


class Neighbour(NamedTuple):
    """A word of the vocabulary that resembles another one; `df` is how many documents hold it."""

    word: str
    df: int


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


def best_alternatives(
    word: str, neighbours: Iterable[Neighbour], weighed: Weighed = lambda _: 0.0
) -> tuple[str, ...]:
    """The likeliest readings of a word, different lemmas only. Where the words beside it have decided, that
    reading alone.
    """
    costs = _costs(word, neighbours)
    worth = {one: weighed(one.word) for one in costs}
    ranked = sorted(costs, key=lambda one: (costs[one] - BESIDE * math.log1p(worth[one]), -one.df, one.word))
    chosen = _by_lemma(ranked)
    first = [worth[one] for one in chosen[:ALTERNATIVES]]
    kept = 1 if first and first[0] >= NAMED > max(first[1:], default=0) else ALTERNATIVES
    return tuple(one.word for one in chosen[:kept])


def _costs(word: str, neighbours: Iterable[Neighbour]) -> dict[Neighbour, float]:
    """Edits and the likeliness of the slip, of words that are near enough."""
    most = 1 if len(word) < 6 else 2
    return {
        near: round(distance + slip(word, near.word), 3)
        for near in neighbours
        if near.word not in STOP_WORDS and (distance := edit_distance(word, near.word, most)) <= most
    }


def _by_lemma(ranked: Iterable[Neighbour]) -> list[Neighbour]:
    chosen: dict[str, Neighbour] = {}
    for one in ranked:
        chosen.setdefault(lemma(one.word), one)
    return list(chosen.values())


def likeliest(word: str, neighbours: Iterable[Neighbour]) -> list[str]:
    """Lemmas that may be meant, the likeliest slip first."""
    costs = _costs(word, neighbours)
    ranked = sorted(costs, key=lambda one: (costs[one], -one.df, one.word))
    return [lemma(one.word) for one in _by_lemma(ranked)[:WEIGHED]]


def pair_of(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)


class Company:
    """The words of a question and what stands beside each: the next words before and after. `readings`: of
    each word the lemmas that it may be.
    """

    def __init__(self, words: Sequence[str], readings: Mapping[str, Sequence[str]]) -> None:
        self.readings = readings
        self.beside = {
            word: [*words[:place][-1:], *words[place + 1 :][:1]] for place, word in enumerate(words)
        }

    @property
    def pairs(self) -> list[Pair]:
        """What an index must be asked: only of words that may be several."""
        doubtful = [word for word, lemmas in self.readings.items() if len(lemmas) > 1]
        found = (
            pair_of(one, other)
            for word in doubtful
            for one in self.readings[word]
            for other in self._others(word)
            if one != other
        )
        return list(dict.fromkeys(found))

    def _others(self, word: str) -> list[str]:
        return [one for near in self.beside[word] for one in self.readings[near][:ALTERNATIVES]]

    def weighed(self, word: str, together: Beside) -> Weighed:
        """For the readings of a word: in how many documents each stands beside what stands beside it here."""
        named = thesaurus().beside
        others = self._others(word)

        def weigh(reading: str) -> float:
            own = lemma(reading)
            names = sum((own, other) in named or (other, own) in named for other in others)
            return NAMED * names + sum(together.get(pair_of(own, other), 0) for other in others)

        return weigh
