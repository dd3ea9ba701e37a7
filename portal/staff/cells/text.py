"""Letters before words: invisible marks gone, one kind of hyphen, Latin look-alikes in Russian words."""

import re
import unicodedata
from dataclasses import dataclass

from portal.core.person_names import LOOK_ALIKE
from portal.core.sorting import folded

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_MIXED = re.compile(r"\b(?=\w*[а-яёА-ЯЁ])(?=\w*[A-Za-z])[A-Za-zа-яёА-ЯЁ]+\b")
KEEP = "оставить"
"""In brackets: a person has said that a line which the city offers no more is meant all the same."""
_KEPT = re.compile(rf"\s*\(\s*{KEEP}\s*\)", re.IGNORECASE)
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+(?:-[^\W\d_]+)?\.?|\S")
NOTHING = frozenset(
    {"", "-", "--", "---", ".", "нет", "не имеет", "не имеется", "отсутствует", "н/д", "нет данных", "0"}
)
"""Words for an empty cell, folded. «0» is one for words only: numbers read it first."""


def tidy(text: str) -> str:
    """The text as it was meant: whole letters, one space, one hyphen."""
    whole = _INVISIBLE.sub("", unicodedata.normalize("NFC", text.replace("\u00a0", " ")))
    plain = _DASHES.sub("-", whole)
    return " ".join(_MIXED.sub(lambda word: word[0].translate(LOOK_ALIKE), plain).split())


def keeps_on_purpose(text: str) -> bool:
    """Whether the cell says so."""
    return bool(_KEPT.search(tidy(text)))


def without_keep(text: str) -> str:
    """What else the cell says."""
    return _KEPT.sub("", text)


def low(text: str) -> str:
    """The same in small letters, ё as е: what is looked up."""
    return folded(tidy(text))


@dataclass(frozen=True)
class Token:
    """A word; `cut` when it ends with a dot, so that it may be the beginning of a longer one."""

    word: str
    cut: bool = False

    @property
    def is_short(self) -> bool:
        """Whether it may stand for another word than itself."""
        return self.cut or "-" in self.word

    def means(self, word: str) -> bool:
        """«матем.» is «математика», «лит-ра» is «литература»: an abbreviation says itself that it is one."""
        if self.word == word:
            return True
        if self.cut:
            return len(self.word) > 1 and word.startswith(self.word) and word != self.word
        begins, hyphen, ends = self.word.partition("-")
        return bool(
            hyphen
            and 0 < len(ends) <= 4
            and len(word) > len(begins) + len(ends)
            and word.startswith(begins)
            and word.endswith(ends)
        )


def tokens_of(text: str) -> tuple[Token, ...]:
    """Words of folded text; dots and hyphens around spaces are no words."""
    joined = re.sub(r"\s*-\s*", "-", text)
    found = (Token(piece.rstrip("."), piece.endswith(".")) for piece in _TOKEN.findall(joined))
    return tuple(token for token in found if token.word.strip("-.\"«»'()"))


def plain_words(text: str) -> tuple[str, ...]:
    """A phrase of the dictionary as it is compared: its words, hyphens parted."""
    return tuple(token.word for token in parted(tokens_of(folded(text))))


def parted(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """«педагог-психолог» as two words; a short end stays («лит-ра» is one)."""
    out: list[Token] = []
    for token in tokens:
        begins, hyphen, ends = token.word.partition("-")
        if hyphen and len(ends) > 4:
            out += [Token(begins), Token(ends, token.cut)]
        else:
            out.append(token)
    return tuple(out)
