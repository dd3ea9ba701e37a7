"""The plan of a question as Elasticsearch is asked it.

What matches must be the same to the document as in PostgreSQL, and Elasticsearch adds in floats of 24 bits:
so the weights of the words are whole numbers here, whose sums are exact. The fit is BM25 of the node itself;
documents that hold all the words stand first by a bonus that no fit reaches.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from elasticsearch.dsl import query as q

from portal.search.elastic.mapping import DAY, FACETS, LEMMAS, NUMBER, PREFIXES
from portal.search.matching import NEAR_SHARE, SHARE, Held, Known, Plan
from portal.search.postgres_index import facet_term
from portal.search.question import Asked
from portal.search.text import PREFIX_MARK

_FINE = 5
"""Shares (.2, .6) of a multiple of five are whole."""
_EXACT = 2**22
"""The weights of a question together: far below what a float holds exactly (2**24)."""
_MOST_OF_BM25 = 2.2


@dataclass(frozen=True)
class Asking:
    """A question to one index: how it was read, its plan, and what the index of PostgreSQL knows."""

    asked: Asked
    plan: Plan
    known: Known

    @property
    def terms(self) -> dict[int, str]:
        return {term.number: name for name, term in self.known.terms.items()}

    def matches(self, gone: Iterable[UUID], among: Iterable[UUID] | None = None) -> q.Query:
        """What is an answer before any filter. `gone`: what was withdrawn and may still stand in the index;
        `among`: only these.
        """
        named = [] if among is None else [_ids(among)]
        return q.Bool(
            filter=[q.Exists(field=NUMBER), *self._held_enough(), *map(_phrase, self._phrases()), *named],
            must_not=[*self._unwanted(), *([_ids(gone)] if gone else [])],
        )

    def holds_all(self) -> q.Query:
        """A document that holds all the words that somebody has."""
        if self.asked.is_catalogue:
            return q.MatchAll()
        words = bits_of(self.plan.whole | self.plan.common)
        return q.Bool(
            filter=[_at_least_one(q.Bool(should=[*self._fully(bit), *self._named(bit)])) for bit in words]
        )

    def fits(self) -> list[q.Query]:
        """What is added up to the order by fit."""
        terms = self.terms
        held = self._every_held()
        words = [self._weighed(terms[number], one.value) for number, one in held if one.value > 0]
        names = [
            q.Bool(
                must=[self._weighed(terms[no], value) for no, value in of if value > 0],
                filter=[_term(terms[no]) for no, value in of if value <= 0],
            )
            for name in self.plan.names
            if any(name.values) and (of := list(zip(name.terms, name.values, strict=True)))
        ]
        return [*words, *names, q.ConstantScore(filter=self.holds_all(), boost=self.bonus)]

    @property
    def bonus(self) -> float:
        """Of whoever holds all the words: more than any fit."""
        held = self._every_held()
        most = _MOST_OF_BM25 * (_sum_of(held) + sum(sum(name.values) for name in self.plan.names))
        return float(2.0 ** math.ceil(math.log2(most + 1)))

    def fit_of(self, score: float) -> float:
        """The fit without that bonus."""
        return score - self.bonus if score >= self.bonus else score

    def _every_held(self) -> list[tuple[int, Held]]:
        return [*self.plan.deciding.items(), *self.plan.ordering.items()]

    def _weighed(self, term: str, value: float) -> q.Query:
        """The node multiplies by its idf, which is the one of PostgreSQL."""
        field = PREFIXES if term.startswith(PREFIX_MARK) else LEMMAS
        return q.Term(field, {"value": term, "boost": value / self.known.idf(term)})

    def _held_enough(self) -> Iterator[q.Query]:
        if self.asked.is_catalogue:
            return
        whole = sum(self.plan.weights.values())
        fine = {
            bit: _FINE * round(weight * _EXACT / whole / _FINE) for bit, weight in self.plan.weights.items()
        }
        words = [
            q.DisMax(
                queries=[
                    q.ConstantScore(filter=_at_least_one(q.Bool(should=found)), boost=share)
                    for found, share in (
                        (self._exactly(bit), weight),
                        (self._nearly(bit), round(weight * NEAR_SHARE)),
                    )
                    if found and share
                ]
            )
            for bit, weight in fine.items()
            if self._exactly(bit) or self._nearly(bit)
        ]
        enough = round(SHARE * sum(fine.values()))
        yield q.FunctionScore(query=q.Bool(should=words), min_score=max(enough - 0.5, 0.5))
        for bit in bits_of(self.plan.quoted):
            yield _at_least_one(q.Bool(should=self._exactly(bit)))

    def _exactly(self, bit: int) -> list[q.Query]:
        return self._any(number for number, held in self.plan.deciding.items() if held.exact & bit)

    def _fully(self, bit: int) -> list[q.Query]:
        held = [*self.plan.deciding.items(), *self.plan.ordering.items()]
        return self._any(number for number, one in held if one.full & bit)

    def _nearly(self, bit: int) -> list[q.Query]:
        held = self.plan.deciding.items()
        return [*self._any(number for number, one in held if one.near & bit), *self._named(bit)]

    def _named(self, bit: int) -> list[q.Query]:
        """By another name, all its words together."""
        terms = self.terms
        return [
            q.Bool(filter=[_term(terms[number]) for number in name.terms])
            for name in self.plan.names
            if name.near & bit
        ]

    def _any(self, numbers: Iterable[int]) -> list[q.Query]:
        terms = self.terms
        return [_term(terms[number]) for number in numbers]

    def _phrases(self) -> list[Sequence[str]]:
        return [one for one in self.asked.phrases if len(one) > 1]

    def _unwanted(self) -> list[q.Query]:
        return [_phrase(one) if len(one) > 1 else _term(one[0]) for one in self.asked.excluded]


def bits_of(bits: int) -> Iterator[int]:
    return (1 << place for place in range(bits.bit_length()) if bits >> place & 1)


def passes(filters: Mapping[str, Sequence[str]], but: str = "") -> q.Query:
    """What passes all filters, or all but one."""
    wanted = [
        q.Terms(FACETS, [facet_term(facet, value) for value in values])
        for facet, values in filters.items()
        if facet != but
    ]
    return q.Bool(filter=wanted) if wanted else q.MatchAll()


ORDER_OF_FIT = ("_score", {NUMBER: "desc"})
ORDER_OF_DAYS = ({DAY: "desc"}, {NUMBER: "desc"})


def _sum_of(held: Iterable[tuple[int, Held]]) -> float:
    return sum(one.value for _, one in held)


def _at_least_one(query: q.Bool) -> q.Query:
    """Without a word to hold nothing fits (an empty `should` would let everything pass)."""
    return query if query.to_dict()["bool"].get("should") else q.MatchNone()


def _term(term: str) -> q.Query:
    return q.Term(PREFIXES if term.startswith(PREFIX_MARK) else LEMMAS, {"value": term})


def _ids(uuids: Iterable[UUID]) -> q.Query:
    return q.Ids(values=sorted(map(str, uuids)))


def _phrase(words: Sequence[str]) -> q.Query:
    return q.MatchPhrase(LEMMAS, {"query": " ".join(words)})
