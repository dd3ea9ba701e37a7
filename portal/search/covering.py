"""Which documents speak of a need, and of which of several: the words of each need, weighed by how rare they
are, and how much of that weight a document holds otherwise than in passing.

Whoever asks need not keep, write or log the needs: three questions to the index, however many needs there
are, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import numpy as np

from portal.search.alike import NOT_IN_PASSING, terms_of
from portal.search.answering import Answers
from portal.search.blocks import Numbers, Read
from portal.search.matching import PREFIX_WEIGHT, Known
from portal.search.synonyms import lemmas_of
from portal.search.text import prefix_key

ENOUGH = 0.5
"""A document speaks of a need when it holds so much of the weight of its words."""
MOST_WORDS, MOST_NEEDS = 20, 20
"""So many words of a need are asked, and so many needs."""


class Covered(NamedTuple):
    """A document, and how much of each need it holds: place of the need → share, from `ENOUGH` to 1."""

    uuid: UUID
    shares: dict[int, float]

    @property
    def worth(self) -> float:
        return sum(self.shares.values())


def covering(index: Answers, needs: Sequence[str], most: int) -> list[Covered]:
    """The documents that speak of most needs, of the nearest first; equals in the order of their uuids."""
    asked = [tuple(dict.fromkeys(lemmas_of(need)))[:MOST_WORDS] for need in needs[:MOST_NEEDS]]
    terms = terms_of(dict.fromkeys((word for words in asked for word in words), 1))
    known = index.known(terms)
    numbers = [known.terms[term].number for term in terms if term in known.terms]
    if not numbers:
        return []
    read, _ = index.read(numbers, with_facets=False)
    shares: dict[int, dict[int, float]] = {}
    for place, words in enumerate(asked):
        held = _share(words, known, read)
        for document in np.flatnonzero(held >= ENOUGH):
            shares.setdefault(int(document) + read.start, {})[place] = round(float(held[document]), 3)
    uuids = index.uuids(list(shares))
    found = [Covered(uuids[number], own) for number, own in shares.items() if number in uuids]
    return sorted(found, key=lambda one: (-one.worth, one.uuid))[:most]


def _share(words: Sequence[str], known: Known, read: Read) -> Numbers:
    """Of each document: how much of the weight of these words it holds. A word that nobody has weighs as the
    rarest one does, so that what is left of a need without it does not stand for the whole.
    """
    held, whole = np.zeros(read.size), 0.0
    rarest = known.rarest
    for word in words:
        prefix = prefix_key(word)
        weight = known.idf(word) or known.idf(prefix) or rarest
        whole += weight
        for term, part in ((prefix, PREFIX_WEIGHT), (word, 1 - PREFIX_WEIGHT)):
            if term in known.terms:
                places, often = read.holders(known.terms[term].number)
                held[places[often >= NOT_IN_PASSING]] += weight * part
    return held / whole if whole else held
