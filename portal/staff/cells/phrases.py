"""A dictionary of phrases: whole, or at the beginning of what is said."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from portal.staff.cells.text import Token, plain_words

Words = tuple[str, ...]


class Phrases:
    """Code → the ways to say it. Written out wins over abbreviated; an abbreviation that may mean two things
    means neither.
    """

    def __init__(self, said: Mapping[str, Iterable[str]]) -> None:
        self.codes: dict[Words, str] = {}
        for code, ways in said.items():
            for way in ways:
                self.codes.setdefault(plain_words(way), code)
        self.lengths = sorted({len(words) for words in self.codes}, reverse=True)
        self.of = lru_cache(maxsize=4096)(self._of)

    def written(self, tokens: tuple[Token, ...]) -> str | None:
        """The code of a phrase that stands there in full."""
        return self.codes.get(tuple(token.word for token in tokens))

    def _of(self, tokens: tuple[Token, ...]) -> frozenset[str]:
        written = self.written(tokens)
        if written is not None:
            return frozenset({written})
        if not any(token.is_short for token in tokens):
            return frozenset()
        return frozenset(
            code
            for words, code in self.codes.items()
            if len(words) == len(tokens)
            and all(token.means(word) for token, word in zip(tokens, words, strict=True))
        )

    def begins(self, tokens: tuple[Token, ...]) -> tuple[frozenset[str], tuple[Token, ...]]:
        """The longest phrase that stands first, and what follows it."""
        for length in self.lengths:
            if length <= len(tokens) and (found := self.of(tokens[:length])):
                return found, tokens[length:]
        return frozenset(), tokens
