"""The text of the municipal template of the Положение (T-02): chapters 1–8 with numbered paragraphs of stable
ids.

`template.json` is the master. It says what `docs/seed/polozhenie.txt` (the customer's document) says, word
for word, except for the slips listed in its `corrections`; a test compares the two. Names of school and city
are placeholders.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

MASTER = Path(__file__).with_name("template.json")
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. `id` is stable («6.1.cur.3»); `number` is what is printed before the text («1.1.», «–»,
    «»).

    `kind`: clause (numbered point), heading (numbered subheading), subheading, text, item, subitem (lists).
    """

    id: str
    kind: str
    number: str
    text: str


@dataclass(frozen=True)
class Chapter:
    """One of the eight chapters; `id` is its number as text."""

    id: str
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Correction:
    """A slip of the customer's text which the template mends: the seed says `seed`, we print `text`."""

    id: str
    seed: str
    text: str
    reason: str


@dataclass(frozen=True)
class Polozhenie:
    """The template, or (after `filled`) the text of one school."""

    title: str
    chapters: tuple[Chapter, ...]
    placeholders: Mapping[str, str]
    sample_values: Mapping[str, str]
    corrections: tuple[Correction, ...]

    def paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs of all chapters, in reading order."""
        for chapter in self.chapters:
            yield from chapter.paragraphs

    def paragraph(self, paragraph_id: str) -> Paragraph:
        """The paragraph by its stable id; KeyError if there is none."""
        for paragraph in self.paragraphs():
            if paragraph.id == paragraph_id:
                return paragraph
        raise KeyError(paragraph_id)

    def filled(self, values: Mapping[str, str]) -> "Polozhenie":
        """The same text with every placeholder replaced; KeyError names a missing value."""
        return replace(self, chapters=tuple(_filled(chapter, values) for chapter in self.chapters))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Replaces `{name}` by `values[name]`; KeyError names a missing value. Nothing else in the text is
    special.
    """
    return PLACEHOLDER.sub(lambda match: values[match[1]], text)


@cache
def load_template() -> Polozhenie:
    """Reads the master once per process."""
    content: dict[str, Any] = json.loads(MASTER.read_text(encoding="utf-8"))
    return Polozhenie(
        title=content["title"],
        chapters=tuple(
            Chapter(one["id"], one["title"], tuple(Paragraph(**paragraph) for paragraph in one["paragraphs"]))
            for one in content["chapters"]
        ),
        placeholders=content["placeholders"],
        sample_values=content["sample_values"],
        corrections=tuple(Correction(**one) for one in content["corrections"]),
    )


def _filled(chapter: Chapter, values: Mapping[str, str]) -> Chapter:
    paragraphs = tuple(replace(one, text=fill(one.text, values)) for one in chapter.paragraphs)
    return replace(chapter, title=fill(chapter.title, values), paragraphs=paragraphs)
