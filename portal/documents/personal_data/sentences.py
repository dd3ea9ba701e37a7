"""A text by its sentences, where each begins."""

import re
from collections.abc import Iterator

_END = re.compile(r"[.!?…]+[»”\")]*\s+(?=[«“\"(]?[А-ЯЁA-Z0-9–—])|\n+")
_SHORT = re.compile(
    r"(?:^|[\s(«])(?:[А-ЯЁA-Z]|им|ул|пр|пер|пл|наб|мкр|д|кв|корп|г|гг|с|п|р|т|тел|рис|стр|см|ср|св|кл|каб|им|"
    r"проф|акад|о|и|ок|руб|мин|ч|м|доб)\.\s+$"
)
"""After these a dot ends no sentence: an initial, a word cut short."""


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """(where it begins, the sentence), without the empty ones."""
    start = 0
    for end in _END.finditer(text):
        if "\n" not in end[0] and _SHORT.search(text[start : end.end()]):
            continue
        yield from _whole(text, start, end.end())
        start = end.end()
    yield from _whole(text, start, len(text))


def _whole(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        yield start + piece.index(stripped), stripped
