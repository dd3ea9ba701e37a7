"""Found words in the words of the text: fragments as data, the page decides how a match looks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from portal.search.engine import TITLE, Mark
from portal.search.question import Asked
from portal.search.stopwords import STOP_WORDS
from portal.search.text import lemma, prefix_key, token_of, written_words

FRAGMENT_WORDS = 32
_BEFORE_MATCH = 6
_PREFIXED_FROM = 5


class Highlighter:
    """Marks the words that made a document match: by lemma, or by the first letters of a long lemma; words of
    another name by lemma only.
    """

    def __init__(self, asked: Asked) -> None:
        typed = {reading.lemma for word in asked.words for reading in word}
        self.lemmas = typed | {one for name in asked.names for one in name.lemmas}
        self.prefixes = {prefix_key(one) for one in typed}
        self.known: dict[str, bool] = {}

    def best(self, title: str, texts: Mapping[str, str]) -> dict[str, Sequence[Mark]]:
        """The title whole, then the best fragment of each other text that matched; the one where most
        different words match is first.
        """
        marked: dict[str, Sequence[Mark]] = {
            TITLE: self._marks(title, list(written_words(title)), 0, len(title))
        }
        for (many, start), name in sorted(
            ((self._window(text), name) for name, text in texts.items()), reverse=True
        ):
            if many:
                marked[name] = self._fragment(texts[name], -start)
        return marked

    def matches(self, written: str) -> bool:
        if written not in self.known:
            token = token_of(written)
            self.known[written] = bool(token) and token not in STOP_WORDS and self._is_asked(lemma(token))
        return self.known[written]

    def _is_asked(self, word: str) -> bool:
        return word in self.lemmas or (len(word) >= _PREFIXED_FROM and prefix_key(word) in self.prefixes)

    def _window(self, text: str) -> tuple[int, int]:
        """How many different words match in the richest window, and minus the number of its first matching
        word.
        """
        matched = [
            (place, found[0].lower())
            for place, found in enumerate(written_words(text))
            if self.matches(found[0])
        ]
        best = (0, 0)
        for number, (start, _) in enumerate(matched):
            inside = {
                word
                for place, word in matched[number : number + FRAGMENT_WORDS]
                if place < start + FRAGMENT_WORDS
            }
            best = max(best, (len(inside), -start))
        return best

    def _fragment(self, text: str, first_match: int) -> list[Mark]:
        words = list(written_words(text))
        first = max(0, first_match - _BEFORE_MATCH)
        shown = words[first : first + FRAGMENT_WORDS]
        start = 0 if first == 0 else shown[0].start()
        is_last = first + FRAGMENT_WORDS >= len(words)
        marks = self._marks(text, shown, start, len(text) if is_last else shown[-1].end())
        return [
            *([] if first == 0 else [Mark("… ", False)]),
            *marks,
            *([] if is_last else [Mark(" …", False)]),
        ]

    def _marks(self, text: str, words: Sequence[re.Match[str]], start: int, end: int) -> list[Mark]:
        marks: list[Mark] = []
        place = start
        for word in words:
            if self.matches(word[0]):
                marks += [Mark(text[place : word.start()], False), Mark(word[0], True)]
                place = word.end()
        return [mark for mark in (*marks, Mark(text[place:end], False)) if mark.text]
