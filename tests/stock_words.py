"""The Russian sentences of the libraries: polite machines speak so, the portal does not."""

import gettext
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

import allauth
import django

CATALOGUES = (
    Path(django.__file__).parent / "conf/locale",
    Path(django.__file__).parent / "contrib/auth/locale",
    Path(django.__file__).parent / "contrib/postgres/locale",
    Path(allauth.__file__).parent / "locale",
)
SHORT = 14
"""Names and single words («Пароль») are nobody's style."""


PLACE = re.compile(r"%\(\w+\)[sdi]|%[sd]")
"""Where a sentence of a catalogue is given its number or name."""


@dataclass(frozen=True)
class Sentence:
    """A sentence with whatever may stand in its places. `part`, its longest piece of words, is looked for
    first: a hundred times cheaper, and most sentences are in no text.
    """

    part: str
    shape: re.Pattern[str]

    @classmethod
    def of(cls, text: str) -> Self:
        pieces = PLACE.split(text)
        return cls(max(pieces, key=len), re.compile(".{1,80}?".join(map(re.escape, pieces))))

    def is_in(self, text: str) -> bool:
        return self.part in text and self.shape.search(text) is not None


@cache
def sentences() -> dict[str, Sentence]:
    found: dict[str, Sentence] = {}
    for folder in CATALOGUES:
        with (folder / "ru/LC_MESSAGES/django.mo").open("rb") as compiled:
            said = gettext.GNUTranslations(compiled)._catalog  # type: ignore[attr-defined]
        for text in said.values():
            if len(PLACE.sub("", text)) > SHORT and " " in text and re.search("[а-яё]", text):
                found[text] = Sentence.of(text)
    return found


def stock_in(text: str) -> list[str]:
    """Which of them a text contains."""
    plain = text.replace("\xa0", " ")
    return [said for said, sentence in sentences().items() if sentence.is_in(plain)]
