"""A small index, made for one reader of what that reader may see: nothing else is found or counted, weighs,
corrects a word or is suggested. The rule, the answers and their order are those of every index (`answering`).

It is made of documents that were cut into words before (`KeptWords`): for tens and hundreds of them, a
question costs a quarter of a millisecond a document.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from portal.search import blocks
from portal.search.answering import Answers, Kept, Values, value_of
from portal.search.blocks import Read
from portal.search.corrections import Beside, Neighbour, Pair
from portal.search.engine import Document, Found, Query
from portal.search.matching import Known, Term
from portal.search.postgres_index import Analysed, Changes, analyse, analysis_mark, day_number, facet_term
from portal.search.question import NEIGHBOURS, RARE, Seen, may_be_corrected
from portal.search.text import clean, lemma

ALIKE = 0.3
"""From this similarity on a word may be meant by another: that of `pg_trgm`."""


class Words(NamedTuple):
    """A document cut into words: weighted occurrences of terms, its length, its words as they are written
    (each once) and its lemmas in their order, both between spaces.
    """

    terms: Mapping[str, int]
    length: int
    written: str
    lemmas: str


class Cut(NamedTuple):
    """A document of the index."""

    uuid: UUID
    words: Words
    facets: Mapping[str, Sequence[str]] = {}
    day: dt.date = dt.date.min


def words_of(document: Document) -> Words:
    found = analyse(document)
    return Words(found.tf, found.length, f" {' '.join(sorted(found.words))} ", found.lemmas)


def kept(document: Document) -> dict[str, Any]:
    """The columns of `KeptWords`."""
    return words_of(document)._asdict() | {"made": analysis_mark()}


def with_more(words: Words, more: Analysed) -> Words:
    """The same document with one more text, that is not kept with it."""
    terms, length, written, lemmas = words
    joined = {**terms, **{term: often + terms.get(term, 0) for term, often in more.tf.items()}}
    new = [word for word in sorted(more.words) if f" {word} " not in written]
    return Words(joined, length + more.length, f"{written}{' '.join(new)} ", f"{lemmas}|{more.lemmas}")


Texts = Callable[[Sequence[UUID]], Iterable[Document]]
"""The documents themselves, for the page."""


@dataclass
class SmallIndex(Answers):
    """`cut`: in the order of their numbers; what equals otherwise stands with the later number first."""

    cut: Sequence[Cut]
    texts: Texts
    terms: dict[str, int] = field(default_factory=dict)
    """Numbers of those that have been asked."""

    def search(self, query: Query) -> Found:
        return self.answer(query)

    def known(self, terms: Sequence[str]) -> Known:
        every = [one.words.terms for one in self.cut]
        counted = {term: sum(term in tf for tf in every) for term in dict.fromkeys(terms)}
        held = {term: Term(self._number(term), df) for term, df in counted.items() if df}
        total = len(self.cut)
        return Known(held, total, sum(one.words.length for one in self.cut) / max(total, 1))

    def _number(self, term: str) -> int:
        return self.terms.setdefault(term, len(self.terms) + 1)

    def read(self, numbers: Sequence[int], *, with_facets: bool) -> tuple[Read, Values]:
        names = {number: term for term, number in self.terms.items()}
        wanted = {names[number]: number for number in numbers if number in names}
        changes, values = Changes(), dict[tuple[str, str], int]()
        for place, one in enumerate(self.cut):
            tf = one.words.terms
            changes.hold(place, {number: tf[term] for term, number in wanted.items() if term in tf})
            held = [facet_term(*pair) for pair in _values(one)] if with_facets else []
            values |= {value_of(term): self._number(term) for term in held}
            changes.mark(place, [blocks.PRESENT, *map(self._number, held)], bit=1)
            changes.note(place, one.words.length, day_number(one.day))
        packed = changes.applied({})
        return Read((term, block, content) for (term, block), content in packed.items()), values

    def holding(self, numbers: Sequence[int], wanted: Sequence[str], unwanted: Sequence[str]) -> set[int]:
        def fits(lemmas: str) -> bool:
            return all(f" {one} " in lemmas for one in wanted) and not any(
                f" {one} " in lemmas for one in unwanted
            )

        return {number for number in numbers if fits(self.cut[number].words.lemmas)}

    def numbers(self, uuids: Iterable[UUID]) -> Sequence[int]:
        wanted = set(uuids)
        return [place for place, one in enumerate(self.cut) if one.uuid in wanted]

    def uuids(self, numbers: Sequence[int]) -> Mapping[int, UUID]:
        return {number: self.cut[number].uuid for number in numbers}

    def page(self, numbers: Sequence[int]) -> Iterable[Kept]:
        places = {self.cut[number].uuid: number for number in numbers}
        for one in self.texts(list(places)):
            texts = {name: clean(text.text) for name, text in one.fields.items()}
            yield Kept(places[one.uuid], one.uuid, clean(one.title), texts)

    def look_up(self, words: Sequence[str]) -> Mapping[str, Seen]:
        lemmas = self.known([lemma(word) for word in words]).terms
        return {word: self._seen(word, lemmas.get(lemma(word), Term(0, 0)).df) for word in words}

    def _seen(self, word: str, df: int) -> Seen:
        """`df`: how many hold its lemma."""
        written = self.written[word]
        if written > RARE or df > RARE or not may_be_corrected(word):
            return Seen(bool(written or df), written)
        near = sorted(
            (-likeness, -often, other)
            for other, often in self.written.items()
            if abs(len(other) - len(word)) <= 2 and other != word
            if (likeness := similarity(other, word)) >= ALIKE
        )
        return Seen(bool(written or df), written, [Neighbour(o, -often) for _, often, o in near[:NEIGHBOURS]])

    def beside(self, pairs: Sequence[Pair]) -> Beside:
        every = [one.words for one in self.cut]
        counted = {pair: sum(_stand_together(pair, words) for words in every) for pair in pairs}
        return {pair: many for pair, many in counted.items() if many}

    @cached_property
    def written(self) -> Counter[str]:
        """How many documents hold each word as it is written."""
        return Counter("".join(one.words.written for one in self.cut).split())

    def continued(self, start: str, limit: int) -> list[str]:
        longer = [word for word in self.written if word.startswith(start) and word != start]
        return sorted(longer, key=lambda word: (-self.written[word], word))[:limit]


def _stand_together(pair: Pair, words: Words) -> bool:
    one, other = pair
    if one not in words.terms or other not in words.terms:
        return False
    return f" {one} {other} " in words.lemmas or f" {other} {one} " in words.lemmas


def _values(one: Cut) -> Iterable[tuple[str, str]]:
    return ((facet, value) for facet, values in one.facets.items() for value in values)


def similarity(first: str, second: str) -> float:
    """How many of their trigrams two words have in common, as `pg_trgm` counts it."""
    left, right = _trigrams(first), _trigrams(second)
    return len(left & right) / len(left | right)


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}
