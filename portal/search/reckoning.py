"""The answer to a question from the blocks of an index: which documents match, how well, how many of each
value. BM25 (k1 1.2, b 0.75) over all words of the question, exact over all documents; the rule is that of
`matching`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np

from portal.search import blocks
from portal.search.blocks import Bits, Flags, Numbers, Places, Read
from portal.search.matching import NEAR_SHARE, Held, Plan

K1, B = 1.2, 0.75
_ROUNDING = 1e-9
"""Sums of floats that are equal on paper."""

Allowed = Callable[[list[int]], set[int]]
"""Which of the numbered documents hold the phrases as they stand, and none that is not wanted."""


@dataclass(slots=True)
class Matched:
    """Documents that match, before filters: their places, how well, and whether they hold all words."""

    places: Places
    fit: Numbers
    whole: Flags

    def only(self, kept: Flags) -> Matched:
        return Matched(self.places[kept], self.fit[kept], self.whole[kept])


@dataclass(slots=True)
class Narrowed:
    """What passes all filters, and of each filtered facet what its own filter alone stops."""

    matched: Matched
    stopped: dict[str, Places] = field(default_factory=dict)


def everything(read: Read) -> Matched:
    """The catalogue: all documents."""
    places = np.flatnonzero(blocks.as_flags(read.bits([blocks.PRESENT])))
    return Matched(places, np.zeros(len(places)), np.ones(len(places), np.bool_))


def answered(plan: Plan, read: Read, average: float) -> Matched:
    """Who matches a plan."""
    lengths = read.column(blocks.LENGTHS)
    reckoned = _Reckoned(read, np.asarray(K1 * (1 - B + B * lengths / (average or 1)), np.float64))
    for number, held in plan.deciding.items():
        reckoned.add(*read.holders(number), held)
    for name in plan.names:
        _add_name(reckoned, name.terms, name.values, name.near)
    matched = reckoned.matched(plan)
    _add_common(reckoned, matched, plan.ordering)
    words = plan.whole | plan.common
    whole = reckoned.full[matched] & words == words
    return Matched(matched, reckoned.fit[matched], whole)


class _Reckoned:
    """Four numbers a document: its fit, bits of the words that it holds exactly, nearly, and in full."""

    def __init__(self, read: Read, norm: Numbers) -> None:
        self.read, self.norm = read, norm
        self.fit = np.zeros(read.size)
        self.exact = np.zeros(read.size, np.int64)
        self.near = np.zeros(read.size, np.int64)
        self.full = np.zeros(read.size, np.int64)

    def part(self, places: Places, often: Numbers) -> Numbers:
        """BM25's part of the document."""
        return often * (K1 + 1) / (often + self.norm[places])

    def add(self, places: Places, often: Numbers, held: Held) -> None:
        if held.value:
            self.fit[places] += held.value * self.part(places, often)
        if held.exact:
            self.exact[places] |= held.exact
        if held.near:
            self.near[places] |= held.near
        if held.full:
            self.full[places] |= held.full

    def matched(self, plan: Plan) -> Places:
        """Who holds enough of the weight, and every quoted word."""
        places: Places = np.flatnonzero(self.exact | self.near)
        exact, near = self.exact[places], self.near[places]
        weight = np.zeros(len(places))
        for bit, value in plan.weights.items():
            is_exact, is_near = exact & bit != 0, near & bit != 0
            weight += value * np.where(is_exact, 1.0, np.where(is_near, NEAR_SHARE, 0.0))
        kept = (weight >= plan.enough - _ROUNDING) & (exact & plan.quoted == plan.quoted)
        return np.compress(kept, places)


def _add_name(reckoned: _Reckoned, terms: Sequence[int], values: Sequence[float], near: int) -> None:
    """Another name serves where all its terms stand together."""
    found = [reckoned.read.holders(term) for term in terms]
    together = reduce(np.intersect1d, [places for places, _ in found])
    for (places, often), value in zip(found, values, strict=True):
        kept = np.isin(places, together, assume_unique=True)
        reckoned.add(places[kept], often[kept], Held(value, near=near, full=near))


def _add_common(reckoned: _Reckoned, matched: Places, ordering: Mapping[int, Held]) -> None:
    """Words that decide nothing weigh among those that match."""
    is_matched = np.zeros(reckoned.read.size, np.bool_)
    is_matched[matched] = True
    for number, held in ordering.items():
        places, often = reckoned.read.holders(number)
        kept = is_matched[places]
        reckoned.add(places[kept], often[kept], held)


def without(matched: Matched, read: Read, terms: Iterable[int]) -> Matched:
    """Without those that hold one of the terms."""
    unwanted = [read.holders(term)[0] for term in terms]
    if not unwanted:
        return matched
    return matched.only(~np.isin(matched.places, np.concatenate(unwanted)))


def among(matched: Matched, read: Read, numbers: Sequence[int]) -> Matched:
    """Only documents of these numbers."""
    return matched.only(np.isin(matched.places + read.start, np.array(numbers, np.int64)))


def allowed(matched: Matched, read: Read, is_allowed: Allowed) -> Matched:
    """What the database says of phrases."""
    kept = is_allowed([int(place) + read.start for place in matched.places])
    return matched.only(np.array([int(place) + read.start in kept for place in matched.places], np.bool_))


def narrowed(matched: Matched, read: Read, filters: Mapping[str, Sequence[int]]) -> Narrowed:
    """Within one facet any of the values fits, different facets must all fit."""
    if not filters:
        return Narrowed(matched)
    passed = [blocks.as_flags(read.bits(values))[matched.places] for values in filters.values()]
    misses = np.sum([~one for one in passed], axis=0)
    stopped = {
        facet: matched.places[(misses == 1) & ~one] for facet, one in zip(filters, passed, strict=True)
    }
    return Narrowed(matched.only(misses == 0), stopped)


def counted(found: Narrowed, read: Read, values: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """How many of the answers have each value; of a filtered facet, without its own filter."""
    answers = blocks.as_bits(found.matched.places, read.size)
    among: dict[str, Bits] = {
        facet: answers | blocks.as_bits(places, read.size) for facet, places in found.stopped.items()
    }
    numbers = {
        key: int(np.bitwise_count(read.bits([term]) & among.get(key[0], answers)).sum())
        for key, term in values.items()
    }
    return {key: number for key, number in numbers.items() if number}


def by_fit(matched: Matched, offset: int, limit: int) -> Places:
    """Which of the matched stand on the page: those with all words first, then the fittest, then the later
    numbered.
    """
    lift = np.where(matched.whole, float(matched.fit.max(initial=0)) + 1, 0)
    top = _top(matched.fit + lift, offset + limit)
    order = np.lexsort((-matched.places[top], -matched.fit[top], ~matched.whole[top]))
    return top[order][offset : offset + limit]


def by_day(matched: Matched, read: Read, offset: int, limit: int) -> Places:
    """The newest first."""
    days = read.column(blocks.DAYS)[matched.places]
    top = _top(days.astype(np.float64), offset + limit)
    order = np.lexsort((-matched.places[top], -days[top]))
    return top[order][offset : offset + limit]


def _top(worth: Numbers, most: int) -> Places:
    """So many of the best, and all that equal the last of them: the rest need not be sorted."""
    if len(worth) <= most:
        return np.arange(len(worth))
    last = np.partition(worth, len(worth) - most)[len(worth) - most]
    return np.flatnonzero(worth >= last)
