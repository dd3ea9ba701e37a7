"""A question to the bank as its address tells it: the page, the feed and a saved search read the same one; a
school asks its own bank by a question of the same shape.
"""

import re
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from best_practices.evidence import Grade
from best_practices.proved_first import PROVED
from best_practices.states import Form, Kind, Nomination
from portal.core.text import plain
from portal.search.engine import BY_FIT, NEWEST

FACETS = ("nomination", "subject", "form", "kind", "evidence")
WORDS: dict[str, dict[str, str]] = {
    "nomination": dict(Nomination.choices),
    "form": dict(Form.choices),
    "kind": dict(Kind.choices),
    "subject": {},
    "evidence": dict(Grade.choices),
}
"""What the values of facets are called; a subject is its own name."""
ORDERS = ((BY_FIT, "Сначала подходящие"), (NEWEST, "Сначала новые"))


@dataclass(frozen=True)
class Asked:
    """What is looked for, the chosen values by facet, the order, and whether nothing is to be mended."""

    FACETS: ClassVar[tuple[str, ...]] = FACETS
    PAGE: ClassVar[str] = "bank:find"
    """The address of the page of results, by its name."""
    ORDERS: ClassVar[tuple[tuple[str, str], ...]] = (*ORDERS, (PROVED, "Сначала доказанные"))

    text: str
    picked: dict[str, list[str]]
    order: str = BY_FIT
    as_typed: bool = False
    by_words: bool = False
    """A page of an answer that stands by its words alone: meaning was not there when it began."""

    @classmethod
    def of(cls, given: QueryDict) -> Self:
        """Of the part of an address after «?»."""
        text = plain(given.get("q", "")).strip()
        picked = {facet: [plain(value) for value in given.getlist(facet)] for facet in cls.FACETS}
        order = cls.order_of(given.get("order"))
        return cls(text, picked, order, given.get("as") == "typed", given.get("by") == "words")

    @classmethod
    def order_of(cls, given: str | None) -> str:
        """One of the orders; what is not known is the usual one."""
        return next((order for order, _ in cls.ORDERS if order == given), BY_FIT)

    @property
    def manner(self) -> dict[str, Any]:
        """How `search_bank` is asked for it."""
        return {"order": self.order, "as_typed": self.as_typed, "by_words": self.by_words}

    @property
    def is_everything(self) -> bool:
        """Neither words nor conditions: the whole bank."""
        return not self.text and not any(self.picked.values())

    @property
    def is_plain(self) -> bool:
        """Words or nothing, without conditions, another order, or a manner of reading."""
        plainly = Asked(self.text, {facet: [] for facet in self.picked}, by_words=self.by_words)
        return self == plainly

    @property
    def in_words(self) -> str:
        """What a person would call this question."""
        chosen = [WORDS[name].get(value, value) for name, values in self.picked.items() for value in values]
        return ", ".join([*([self.text] if self.text else []), *chosen]) or "Все новые практики"

    @property
    def query(self) -> str:
        """The part of the address after «?»; empty for the whole bank in its usual order."""
        return urlencode(self._pairs)

    def address(self, number: int = 1) -> str:
        """Of the page of results, so many pages on."""
        pairs = self._pairs + ([("page", str(number))] if number > 1 else [])
        pairs += [("by", "words")] if self.by_words and number > 1 else []
        return f"{reverse(self.PAGE)}?{urlencode(pairs)}"

    @property
    def _pairs(self) -> list[tuple[str, str]]:
        pairs = [("q", self.text)] if self.text else []
        pairs += [(facet, value) for facet, values in self.picked.items() for value in values]
        pairs += [("order", self.order)] if self.order != BY_FIT else []
        return pairs + ([("as", "typed")] if self.as_typed else [])

    def literally(self, word: str, text: str) -> str:
        """The same question with this one word as it was typed: after a plus no word is mended."""
        letters = "".join("[её]" if letter == "е" else re.escape(letter) for letter in word)
        meant = re.sub(rf"(?<!\S){letters}(?!\w)", r"+\g<0>", text, count=1, flags=re.IGNORECASE)
        return replace(self, text=meant, as_typed=meant == text).address()

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """Each order: its words, its address, and whether it is the present one."""
        return [(word, replace(self, order=one).address(), one == self.order) for one, word in self.ORDERS]

    def toggled(self, facet: str, value: str) -> Self:
        now = self.picked.get(facet, [])
        values = [v for v in now if v != value] if value in now else [*now, value]
        return replace(self, picked={**self.picked, facet: values})
