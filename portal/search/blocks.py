"""How an index keeps who holds what: documents are numbered and lie in blocks of 8 192, and of each term
there is one packed string a block.

Three kinds: holders (places of documents in the block, then how often each holds the term, both as uint16),
bits (one a document, the lowest first), and columns (a number a document). A posting takes four bytes and not
72, and a question reads a dozen strings and not a hundred thousand rows (docs/adr/0046).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]
"""Numbers of documents, from the first one of the first block read."""
Numbers = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]

SIZE = 8_192
MOST = 65_535
"""Occurrences and lengths that are told apart (uint16)."""
LENGTHS, DAYS, PRESENT = -1, -2, -3
"""Numbers of what is no term: a column of lengths, a column of days, the bits of all documents."""
COLUMNS = {LENGTHS: "<u2", DAYS: "<i4"}

Rows = Iterable[tuple[int, bytes]]
"""Blocks of one term: the block's number and its string."""


def block_of(number: int) -> tuple[int, int]:
    """The block of a document and its place there."""
    return divmod(number, SIZE)


def packed(holders: Mapping[int, int]) -> bytes:
    """Places and occurrences, by place."""
    places = sorted(holders)
    often = [min(holders[place], MOST) for place in places]
    return np.array(places, "<u2").tobytes() + np.array(often, "<u2").tobytes()


def unpacked(content: bytes) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint16]]:
    """Places in the block, and occurrences."""
    both = np.frombuffer(content, "<u2").reshape(2, -1)
    return both[0], both[1]


def changed_holders(content: bytes, changes: Mapping[int, int]) -> bytes:
    """With other occurrences at some places; 0 takes a holder out. Empty when nobody is left."""
    places, often = unpacked(content)
    dense = np.zeros(SIZE, "<u2")
    dense[places] = often
    dense[list(changes)] = [min(number, MOST) for number in changes.values()]
    held = np.flatnonzero(dense)
    return held.astype("<u2").tobytes() + dense[held].tobytes()


def changed_bits(content: bytes, changes: Mapping[int, int]) -> bytes:
    """With other bits at some places. Empty when none is set."""
    bits = np.frombuffer(content or bytes(SIZE // 8), np.uint8).copy()
    for place, bit in changes.items():
        mask = np.uint8(1 << place % 8)
        bits[place // 8] = bits[place // 8] | mask if bit else bits[place // 8] & ~mask
    return bits.tobytes() if bits.any() else b""


def changed_column(content: bytes, changes: Mapping[int, int], kind: str) -> bytes:
    """With other numbers at some places."""
    column = np.zeros(SIZE, kind) if not content else np.frombuffer(content, kind).copy()
    column[list(changes)] = list(changes.values())
    return column.tobytes()


class Read:
    """Blocks that were read for one question, over one run of documents from the first block that any of them
    has.
    """

    def __init__(self, rows: Iterable[tuple[int, int, bytes]]) -> None:
        self.rows: dict[int, list[tuple[int, bytes]]] = {}
        for term, block, content in rows:
            self.rows.setdefault(term, []).append((block, bytes(content)))
        every = [block for found in self.rows.values() for block, _ in found]
        self.first = min(every, default=0)
        self.count = max(every, default=0) - self.first + 1

    @property
    def size(self) -> int:
        return self.count * SIZE

    @property
    def start(self) -> int:
        """The number of the document at place 0."""
        return self.first * SIZE

    def holders(self, term: int) -> tuple[Places, Numbers]:
        """Who holds a term, and how often."""
        found = [(block, *unpacked(content)) for block, content in self.rows.get(term, ())]
        if not found:
            return np.empty(0, np.int64), np.empty(0)
        places = [at.astype(np.int64) + (block - self.first) * SIZE for block, at, _ in found]
        return np.concatenate(places), np.concatenate([often for *_, often in found]).astype(np.float64)

    def together(self, one: int, other: int) -> Places:
        """Who holds both terms."""
        return np.intersect1d(self.holders(one)[0], self.holders(other)[0], assume_unique=True)

    def bits(self, terms: Iterable[int]) -> Bits:
        """Of several values: who has any."""
        bits = np.zeros((self.count, SIZE // 8), np.uint8)
        for term in terms:
            for block, content in self.rows.get(term, ()):
                bits[block - self.first] |= np.frombuffer(content, np.uint8)
        return bits.reshape(-1)

    def column(self, number: int) -> npt.NDArray[np.int64]:
        column = np.zeros((self.count, SIZE), np.int64)
        for block, content in self.rows.get(number, ()):
            column[block - self.first] = np.frombuffer(content, COLUMNS[number])
        return column.reshape(-1)


def as_bits(places: Places, size: int) -> Bits:
    flags = np.zeros(size, np.bool_)
    flags[places] = True
    return np.packbits(flags, bitorder="little")


def as_flags(bits: Bits) -> Flags:
    return np.unpackbits(bits, bitorder="little").astype(np.bool_)
