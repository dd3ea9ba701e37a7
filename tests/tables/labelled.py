"""Cells with the meaning that a person gave them: `cells.tsv`, `held_out.tsv`, and the verdict on what the
dictionary says of each.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from portal.staff.cells import Answer, Post, understand
from portal.staff.cells.numbers import shown
from portal.staff.limits import troubles

HERE = Path(__file__).parent
TODAY = dt.date(2026, 11, 29)
KEYS = {
    "hired": "hired_on",
    "born": "birth_date",
    "pos": "position",
    "subj": "subjects",
    "stage": "ped_stage_years",
    "edu": "education_level",
    "cat": "category",
    "caton": "category_on",
    "rate": "rate",
    "hours": "hours_week",
    "mail": "email",
    "last": "last_name",
    "mid": "middle_name",
    "first": "first_name",
    "fio": "whole_name",
    "ped_edu": "is_ped_education",
    "gender": "gender",
}


@dataclass(frozen=True)
class Labelled:
    """`expected` as it stands in the file."""

    column: str
    cell: str
    expected: str

    @property
    def said(self) -> str:
        key = KEYS[self.column]
        answer = understand(key, self.cell, TODAY)
        refused = answer.is_certain and [*troubles({key: answer.value})]
        return "?" if refused else words_of(key, answer)

    @property
    def is_right(self) -> bool:
        """Asked is right where the label asks; proposals beside it may be more or fewer, never wrong ones."""
        if self.expected.startswith("?"):
            return self.said.startswith("?") and self.wrong_proposals == set()
        return self.said == self.expected

    @property
    def is_wrong_in_silence(self) -> bool:
        return self.said.startswith("=") and not self.is_right

    @property
    def wrong_proposals(self) -> set[str]:
        said, wanted = (set(_proposals(text)) for text in (self.said, self.expected))
        return said - wanted if wanted and self.expected.startswith("?") else set()


def _proposals(text: str) -> list[str]:
    return [word.strip() for word in text.removeprefix("?").split(" | ") if word.strip()]


def labelled(name: str) -> list[Labelled]:
    """The rows of a file of this folder."""
    return list(_rows(HERE / name))


def _rows(path: Path) -> Iterator[Labelled]:
    for line in path.read_text().split("\n"):
        if line and not line.startswith("#"):
            column, cell, expected = line.split("\t")
            yield Labelled(column, cell, expected)


def words_of(key: str, answer: Answer) -> str:
    """An answer in the words of the labels."""
    if not answer.is_certain:
        return ("? " + " | ".join(_read_again(key, word) for word in answer.proposals)).strip()
    words = f"= {_plain(answer.value)}".rstrip() if answer.value not in ("", None) else "="
    if isinstance(answer.value, tuple) and key == "whole_name":
        words = f"= {' | '.join(answer.value)}".rstrip()
    until, on, subjects = (answer.also.get(name) for name in ("category_until", "category_on", "subjects"))
    if until:
        words += f" until {_plain(until.value)}"
    if on and on.is_certain:
        words += f" on {_plain(on.value)}"
    for asked_beside in filter(None, (on, subjects)):
        if not asked_beside.is_certain:
            words += "; " + words_of("category_on", asked_beside)
    return words


def _read_again(key: str, word: str) -> str:
    """A proposal is a word that is certain when it stands in the cell."""
    again = understand(key, word, TODAY)
    assert again.is_certain, (key, word, again.question)
    return words_of(key, again).removeprefix("= ")


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return shown(value).replace(",", ".")
    if isinstance(value, tuple) and value and isinstance(value[0], Post):
        return " + ".join(_post(post) for post in value)
    return ", ".join(value) if isinstance(value, list) else str(value)


def _post(post: Post) -> str:
    return f"{post.position}[{', '.join(post.subjects)}]" if post.subjects else post.position
