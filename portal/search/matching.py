"""Which documents match a question and what its words weigh: one rule for every engine.

A document matches when the words that it holds make up a fifth of the weight of the question. The weight of a
word is its idf (of the rarest of its readings); a word that is far more common than the rarest one (less than
0.4 of its weight) is left out of this count, it only helps to order. A word is held by its lemma, or at 0.6
by the first five letters of it, or by another name of the same notion that the document holds in full.
Documents that hold all the words stand first: by the lemma, by another name, or by first letters that are
mostly of this word (docs/adr/0046). Measured on XQuAD-ru (240 documents, 397 questions): nDCG .965 with this
rule, .964 when any word matched, while an answer has 10 documents instead of 76 on average.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from portal.search.question import Asked, Reading
from portal.search.synonyms import SYNONYM_WEIGHT, OtherName
from portal.search.text import prefix_key

SHARE = 0.2
COMMON = 0.4
PREFIX_WEIGHT = 0.6
NEAR_SHARE = 0.6
"""A word is held so far by its first letters, and by another name."""
MOSTLY = 0.5
"""In so many of the documents that have its first letters a word stands itself: then they are as good as the
word for «all words».
"""


class Term(NamedTuple):
    """A term of an index: its number there and how many documents hold it."""

    number: int
    df: int


class Known(NamedTuple):
    """What an index says for a question: its terms that some document holds, how many documents it has, their
    average length.
    """

    terms: Mapping[str, Term]
    total: int
    average: float

    def idf(self, term: str) -> float:
        """The weight of a term; 0 of one that nobody has."""
        if term not in self.terms:
            return 0.0
        return self._weight(self.terms[term].df)

    @property
    def rarest(self) -> float:
        """What a word would weigh that one document holds."""
        return self._weight(1)

    def _weight(self, df: int) -> float:
        return math.log(1 + (self.total - df + 0.5) / (df + 0.5))


class Held(NamedTuple):
    """A term in the plan: what it adds to the fit (times BM25's part of the document), and bits of the words
    that a document holds exactly, or nearly, when it has the term. `full`: of those that count for «all
    words».
    """

    value: float = 0.0
    exact: int = 0
    near: int = 0
    full: int = 0

    def joined(self, other: Held) -> Held:
        return Held(
            max(self.value, other.value),
            self.exact | other.exact,
            self.near | other.near,
            self.full | other.full,
        )


class Named(NamedTuple):
    """Another name: all its terms together, what each adds to the fit, bits of the words that it names."""

    terms: tuple[int, ...]
    values: tuple[float, ...]
    near: int


@dataclass(slots=True)
class Plan:
    """A question reckoned for one index. `weights`: bit of a word → its weight, of the words that decide;
    `common`: bits of the others that somebody has; `quoted`: bits of the words that every answer holds.
    """

    weights: dict[int, float] = field(default_factory=dict)
    common: int = 0
    quoted: int = 0
    deciding: dict[int, Held] = field(default_factory=dict)
    ordering: dict[int, Held] = field(default_factory=dict)
    names: list[Named] = field(default_factory=list)
    is_known: bool = True
    """Whether somebody has each of the words."""

    @property
    def enough(self) -> float:
        """The weight that a document has to hold."""
        return SHARE * sum(self.weights.values())

    @property
    def whole(self) -> int:
        """Bits of all the words that decide."""
        return sum(self.weights)


def terms_of(asked: Asked) -> list[str]:
    """Every term whose number and frequency the plan needs."""
    lemmas = [reading.lemma for word in asked.words for reading in word]
    other = [one for name in asked.names for one in name.lemmas]
    exact = [one for phrase in (*asked.phrases, *asked.excluded) for one in phrase]
    return list(dict.fromkeys([*lemmas, *map(prefix_key, lemmas), *other, *exact]))


def plan(asked: Asked, known: Known) -> Plan:
    """Weigh the words of a question by the frequencies of an index; what is understood of the question says
    which of them nobody has.
    """
    names = [(name, _bits(name)) for name in asked.names if set(name.lemmas) <= known.terms.keys()]
    weighed = {1 << place: _weight(word, known) for place, word in enumerate(asked.words)}
    for name, bits in names:
        called = max(map(known.idf, name.lemmas))
        weighed.update({bit: called for bit, weight in weighed.items() if bit & bits and not weight})
    heaviest = max(weighed.values(), default=0.0)
    made = Plan(is_known=all(weighed.values()), quoted=_quoted(asked))
    made.weights = {
        bit: weight
        for bit, weight in weighed.items()
        if heaviest and (weight >= COMMON * heaviest or bit & made.quoted)
    }
    made.common = sum(bit for bit, weight in weighed.items() if weight and bit not in made.weights)
    _share_terms(made, asked, known)
    asked.understood = replace(asked.understood, unknown=_unknown(asked, weighed))
    typed = {reading.lemma for word in asked.words for reading in word}
    made.names = [_named(name, bits, typed, known) for name, bits in names if bits & made.whole]
    return made


def _unknown(asked: Asked, weighed: Mapping[int, float]) -> tuple[str, ...]:
    words = zip(asked.understood.words, weighed.values(), strict=False)
    return tuple(word for word, weight in words if not weight)


def _bits(name: OtherName) -> int:
    return sum(1 << place for place in range(name.start, name.end))


def _quoted(asked: Asked) -> int:
    quoted = {one for phrase in asked.phrases for one in phrase}
    return sum(1 << place for place, word in enumerate(asked.words) if word[0].lemma in quoted)


def _weight(word: Iterable[Reading], known: Known) -> float:
    """Of a word nobody has it is 0: it decides nothing."""
    return max(
        reading.weight * (known.idf(reading.lemma) or known.idf(prefix_key(reading.lemma)))
        for reading in word
    )


def _share_terms(made: Plan, asked: Asked, known: Known) -> None:
    """Terms go to the words that decide or to those that only order; a term of both decides."""
    for place, word in enumerate(asked.words):
        bit = 1 << place
        into = made.deciding if bit in made.weights else made.ordering
        for number, held in _held(word, bit, known):
            into[number] = into.get(number, Held()).joined(held)
    for number in made.deciding.keys() & made.ordering.keys():
        made.deciding[number] = made.deciding[number].joined(made.ordering.pop(number))


def _held(word: Iterable[Reading], bit: int, known: Known) -> Iterator[tuple[int, Held]]:
    for lemma, weight in word:
        prefix = prefix_key(lemma)
        if lemma in known.terms:
            yield known.terms[lemma].number, Held(weight * known.idf(lemma), exact=bit, full=bit)
        if prefix in known.terms:
            full = bit if _is_mostly(lemma, prefix, known) else 0
            value = PREFIX_WEIGHT * weight * known.idf(prefix)
            yield known.terms[prefix].number, Held(value, near=bit, full=full)


def _is_mostly(lemma: str, prefix: str, known: Known) -> bool:
    """Whether the first letters are of this word in most documents, or nobody has the word itself."""
    return lemma not in known.terms or known.terms[lemma].df >= MOSTLY * known.terms[prefix].df


def _named(name: OtherName, bits: int, typed: set[str], known: Known) -> Named:
    """The words of a long name share its weight, else they would outweigh the abbreviation that was asked."""
    lemmas = dict.fromkeys(name.lemmas)
    share = SYNONYM_WEIGHT / len(lemmas)
    values = tuple(0.0 if one in typed else share * known.idf(one) for one in lemmas)
    return Named(tuple(known.terms[one].number for one in lemmas), values, bits)
