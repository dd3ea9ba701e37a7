"""What is looked for, and what a find is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from portal.documents.names.words import plain

DATA = Path(__file__).parent / "data"


class Kind(StrEnum):
    """What a find tells of somebody."""

    NAME = "name"
    PUPIL = "pupil"
    CLASS = "class"
    PHONE = "phone"
    MAIL = "mail"
    LINK = "link"
    SCHOOL = "school"
    RARE = "rare"


@dataclass(frozen=True)
class Mark:
    """A place in a sentence, and why it is asked about. `neutral`: what it may be replaced by."""

    kind: Kind
    start: int
    end: int
    why: str
    neutral: str = ""

    def meets(self, other: Mark) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Find:
    """Something in a text that may tell who is meant. `start` and `end` are places in the text, `before` and
    `after` the rest of the sentence.
    """

    kind: Kind
    start: int
    end: int
    fragment: str
    before: str
    after: str
    why: str
    neutral: str

    @property
    def sentence(self) -> str:
        return f"{self.before}{self.fragment}{self.after}"

    @property
    def key(self) -> str:
        """The same for the same fragment in the same sentence, wherever it stands; nothing can be read of
        it.
        """
        words = "\n".join((self.kind, self.fragment, " ".join(self.sentence.split())))
        return hashlib.sha256(words.encode()).hexdigest()

    @property
    def instead(self) -> tuple[str, str, str]:
        """The sentence as it would stand without the find: what is before, the neutral word, what is
        after.
        """
        opens = not self.before.strip(_QUOTES)
        before = self.before if self.neutral or opens else self.before.rstrip(" \u00a0")
        if not opens:
            return before, self.neutral, self.after
        after = self.after if self.neutral else with_capital(self.after.lstrip(" \u00a0,"))
        return before, with_capital(self.neutral), after


_QUOTES = ' «"(—–-'


def with_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def words_of(name: str) -> dict[str, str]:
    """A file of data: word, and what stands behind a tab («» in a file of words alone); ё is е."""
    rows = (
        line.split("\t")
        for line in (DATA / name).read_text("utf-8").splitlines()
        if line[:1] not in ("", "#")
    )
    return {plain(row[0]): row[1] if len(row) > 1 else "" for row in rows}
