"""What is like a document: its rarest words put as a question, by the rule of every question (`matching`).

A word is telling when it stands often in the document and in few others (BM25 of the document itself); a word
of nobody else tells nothing, nor does one that most documents hold. Whatever the document and the bank, so
many words are looked up and so many are asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

import numpy as np

from portal.core.text import whole_number
from portal.search.blocks import Places, Read
from portal.search.engine import Document, Understood
from portal.search.matching import Known
from portal.search.postgres_index import analyse
from portal.search.question import Asked, Reading
from portal.search.reckoning import K1, Matched
from portal.search.text import PREFIX_MARK, clean, lemma, prefix_key, token_of, written_words

LOOKED_UP, ASKED = 400, 12
SHARED = 2
"""With fewer words in common nothing is alike."""
MOST_SHARE = 0.5
NOT_IN_PASSING = 3
"""A word counts that stands in a title or among keywords, or several times elsewhere; in both documents."""


class Alike(NamedTuple):
    """A document that is like another: the words that both hold, the most telling first, as they stand in
    that one.
    """

    uuid: UUID
    words: tuple[str, ...]


def often_of(document: Document) -> dict[str, int]:
    """Lemmas of a document that may tell something, and how often it holds them; the most frequent."""
    found = {
        word: often
        for word, often in analyse(document).tf.items()
        if often >= NOT_IN_PASSING and not word.startswith(PREFIX_MARK) and whole_number(word) is None
    }
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))[:LOOKED_UP])


def terms_of(lemmas: Mapping[str, int]) -> list[str]:
    return list(dict.fromkeys([*lemmas, *map(prefix_key, lemmas)]))


def telling(often: Mapping[str, int], known: Known) -> list[str]:
    """The lemmas to ask, the most telling first."""
    shared = [
        word
        for word in often
        if word in known.terms and 1 < known.terms[word].df <= known.total * MOST_SHARE + 1
    ]
    worth = {word: known.idf(word) * often[word] * (K1 + 1) / (often[word] + K1) for word in shared}
    return sorted(shared, key=lambda word: (-worth[word], word))[:ASKED]


def asked_by(words: Sequence[str]) -> Asked:
    return Asked(Understood(lemmas=tuple(words)), words=[(Reading(word, 1.0),) for word in words])


def holders(words: Iterable[str], known: Known, read: Read) -> dict[str, Places]:
    """Who holds each of the words itself, and not in passing."""
    found = {word: read.holders(known.terms[word].number) for word in words}
    return {word: places[often >= NOT_IN_PASSING] for word, (places, often) in found.items()}


def sharing(matched: Matched, holders: Mapping[str, Places]) -> Matched:
    """Those of the matched that hold enough of the words."""
    shared = np.zeros(len(matched.places), np.int64)
    for places in holders.values():
        shared += np.isin(matched.places, places)
    return matched.only(shared >= SHARED)


def written(document: Document, words: Sequence[str]) -> dict[str, str]:
    """How the document writes its words: in the form of the dictionary if it does, else as it mostly does."""
    forms: dict[str, Counter[str]] = {word: Counter() for word in words}
    for text in document.texts.values():
        for found in written_words(clean(text.text)):
            own = lemma(token_of(found[0]))
            if own in forms:
                forms[own][found[0] if found[0].isupper() else found[0].lower()] += 1
    return {
        word: min(counted, key=lambda form: (token_of(form) != word, -counted[form], form), default=word)
        for word, counted in forms.items()
    }
