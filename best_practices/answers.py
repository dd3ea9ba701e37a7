"""What was found, as a page of the search shows it: the bank of the city's and a school's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.http import QueryDict

from best_practices.questions import Asked
from best_practices.search import FILE
from portal.core.text import quoted, whole_number
from portal.search.engine import FacetCount, Found, Hit, Mark
from portal.search.text import tokens
from portal.ui.parts import Facet

LAST_PAGE = 500


def page_number(given: QueryDict) -> int:
    return min(whole_number(given.get("page", "1")) or 1, LAST_PAGE)


def fragment_of(hit: Hit) -> Sequence[Mark]:
    """The richest fragment of what a person reads: keywords alone say nothing. Of a file, after its title."""
    for name, marks in hit.highlights.items():
        if name.startswith(FILE):
            return [Mark(f"Файл {quoted(name.split(':', 2)[2])}: ", False), *marks]
        if name not in ("title", "tags"):
            return marks
    return ()


class Words(NamedTuple):
    """How a facet is called, and its values; a value that has no word is one itself."""

    title: str
    values: Mapping[str, str]

    def word(self, value: str) -> str:
        return self.values.get(value, value)


@dataclass(frozen=True)
class Answer:
    """A page of what was found, with the question that found it and the words of its facets."""

    found: Found
    asked: Asked
    words: Mapping[str, Words]
    size: int

    def for_page(self, number: int) -> dict[str, Any]:
        """What the template reads, but for the rows themselves."""
        asked, chips = self.asked, self._chips
        return {
            "q": asked.text,
            "found": self.found,
            "facets": self._facets,
            "chips": chips,
            "previous": asked.address(number - 1) if number > 1 else "",
            "following": asked.address(number + 1) if self.found.total > number * self.size else "",
            "number": number,
            "reset": replace(asked, picked={}).address(),
            "orders": asked.orders,
            "literally": replace(asked, as_typed=True).address(),
            "mended": replace(asked, as_typed=False).address() if asked.as_typed else "",
            "own_search": True,
            "refine": f"Уточнить, выбрано {len(chips)}" if chips else "Уточнить",
            **self._understood,
        }

    @property
    def _facets(self) -> list[tuple[str, list[Facet]]]:
        groups = []
        for name, words in self.words.items():
            values = [self._facet(name, words.word(c.value), c) for c in self.found.facets.get(name, [])]
            # a facet whose every value fits every answer would choose nothing
            if any(value.picked for value in values) or any(
                value.count != self.found.total for value in values
            ):
                groups.append((words.title, values))
        return groups

    def _facet(self, name: str, word: str, counted: FacetCount) -> Facet:
        picked = counted.value in self.asked.picked[name]
        return Facet(word, self.asked.toggled(name, counted.value).address(), counted.number, picked)

    @property
    def _chips(self) -> list[tuple[str, str]]:
        return [
            (self.words[name].word(value), self.asked.toggled(name, value).address())
            for name, values in self.asked.picked.items()
            for value in values
        ]

    @property
    def _understood(self) -> dict[str, Any]:
        """How the question was read: what was meant, its words, what they were taken for (each with the
        address that refuses it), near words, those that nobody has; and whether no practice has all of them.
        """
        found, asked = self.found, self.asked
        read = found.understood
        text = read.layout_fixed or asked.text
        told = [(typed, words, asked.literally(typed, text)) for typed, words in read.corrected.items()]
        mended = [(typed, words, url) for typed, words, url in told if words[0] != typed]
        beside = [(typed, words[1:], url) for typed, words, url in told if words[0] == typed]
        known = [word for word in read.words if word not in read.unknown]
        return {
            "meant": text,
            "words": list(dict.fromkeys(read.corrected.get(word, [word])[0] for word in known))[:8],
            "unknown": read.unknown[:8],
            "wordless": bool(asked.text) and not tokens(asked.text),
            "near": read.synonyms[:4],
            "corrected": mended,
            "beside": beside,
            "in_parts": found.total > 0 and not found.whole and len(read.words) > 1,
        }
