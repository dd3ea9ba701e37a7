"""A Russian query typed with the English keyboard on: «yfcnfdybr» is «наставник».

A question is read so only when it has no Russian letter at all: a rule word by word in mixed questions took
Latin names for Russian words (`search.md` §3). Within such a question each chunk is judged by itself.
"""

from __future__ import annotations

from collections.abc import Callable

from portal.core.text import whole_number
from portal.search.text import tokens

_ENGLISH = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~{}:<>"  # not the double quote: people quote phrases
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю.ёхъжбю"
_MAP = str.maketrans(_ENGLISH, _RUSSIAN)
_MARKS = ".,;:?!/"
LATIN = frozenset(
    (
        *("and", "app", "com", "doc", "docx", "e", "edu", "email", "excel", "fi", "for", "google", "http"),
        *("https", "in", "internet", "mail", "net", "of", "offline", "online", "pdf", "ppt", "pptx", "pro"),
        *("ru", "site", "soft", "the", "to", "vk", "web", "wi", "windows", "word", "www", "youtube", "zoom"),
    )
)
"""Latin words that Russian texts are full of: known though no document holds them."""

Knows = Callable[[str], bool]


def as_russian_keys(text: str) -> str:
    """What the same keys print with the Russian layout."""
    return text.lower().translate(_MAP)


def readings_of(chunk: str) -> tuple[str, ...]:
    """What a chunk may have meant: all its keys, or its keys without the mark after them."""
    bare = chunk.rstrip(_MARKS)
    return tuple(dict.fromkeys(as_russian_keys(part) for part in (chunk, bare) if part))


def russian_of(chunk: str, *, is_russian: Knows, is_latin: Knows, may_be_russian: Knows) -> str:
    """The chunk in Russian letters, or as it stands where they say nothing.

    Known Latin stays only while its Russian reading is no word: «b[» and «ct,z» are «их» and «себя».
    """
    if reading := _first_of(chunk, is_russian):
        return reading
    if all(map(is_latin, tokens(chunk))):
        return chunk
    return _first_of(chunk, may_be_russian) or chunk


def _first_of(chunk: str, knows: Knows) -> str:
    """The first reading whose every word is known; numbers say nothing."""
    for reading in readings_of(chunk):
        words = [word for word in tokens(reading) if whole_number(word) is None]
        if words and all(map(knows, words)):
            return reading
    return ""
