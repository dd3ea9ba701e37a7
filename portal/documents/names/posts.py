"""Posts in cases: the head noun, what agrees with it, and each further post of the same line."""

import re
from dataclasses import dataclass
from typing import Any

from portal.documents.names.grammar import Case, second_declension
from portal.documents.names.words import OF_PEOPLE, inflected, nominatives, recased

ADJECTIVES = {"ADJF", "PRTF"}
SUBSTANTIVES = frozenset(["вожатый", "вожатая", "заведующий", "заведующая", "управляющий", "рабочий"])
"""They name a person without a noun after them."""
FIXED_PARTS = frozenset(
    ["шеф", "вице", "экс", "пресс", "бизнес", "веб", "медиа", "арт", "топ", "обер", "штаб", "врио", "ио"]
)
ADVERBS = frozenset(["временно"])
OF_AGENTS = (
    "ор",
    "ер",
    "ёр",
    "ист",
    "ник",
    "ик",
    "лог",
    "граф",
    "вед",
    "педагог",
    "чик",
    "щик",
    "ант",
    "ент",
    "евт",
)
ANOTHER = re.compile(r"(,\s+|;\s+|\s*/\s*|\s+[-–—]\s+|\s+и\s+|\s*\(|\)\s*)")
"""After these another post may begin: «учитель, классный руководитель», «педагог / учитель»."""
DASH = re.compile(r"([-–—‑])")


@dataclass(frozen=True)
class Head:
    """A word that may lead a post or agree with the one that leads: what it is, and how it changes."""

    word: str
    parse: Any = None
    """As the dictionary has it; None for a word that it lacks: by its ending a masculine noun."""

    @property
    def agrees(self) -> bool:
        return self.parse is not None and self.parse.tag.POS in ADJECTIVES

    @property
    def names_a_person(self) -> bool:
        if self.parse is None or self.word.lower() in SUBSTANTIVES or self.parse.tag.POS == "PRTF":
            return True
        return bool(self.parse.tag.POS == "NOUN" and self.parse.tag.animacy == "anim")

    def put(self, case: Case) -> str:
        if self.parse is None:
            return second_declension(self.word, Case.GENITIVE if case is Case.ACCUSATIVE else case)
        if case is Case.ACCUSATIVE and "masc" in self.parse.tag:
            case = Case.GENITIVE  # of a person
        form = inflected(self.parse, case)
        return self.word if form in ("", self.word.lower()) else recased(form, self.word)


def decline_post(post: str, case: Case | str, override: str = "") -> str:
    """«заместитель директора по УВР» → «заместителя директора по УВР», «старший вожатый» → «старшему
    вожатому».

    What follows the head noun stays, but for another post of the same person. A post with no nominative head
    («и. о. директора») is returned as it is.
    """
    case = Case(case)
    if override:
        return override
    if case is Case.NOMINATIVE:
        return post
    pieces = ANOTHER.split(post)
    return "".join(
        piece if place % 2 else _one_post(piece, case, further=place > 0)
        for place, piece in enumerate(pieces)
    )


def _one_post(text: str, case: Case, *, further: bool) -> str:
    """One post of the line. A further one is believed only when it names a person: «литература» is none."""
    words = re.split(r"(\s+)", text)
    begins = next((place for place in range(0, len(words), 2) if words[place].lower() not in ADVERBS), 0)
    chain = chain_of(words[begins::2])
    if not chain or (further and not any(part.names_a_person for part in chain[-1] if part)):
        return text
    for place, parts in enumerate(chain):
        words[begins + 2 * place] = put_word(words[begins + 2 * place], parts, case)
    return "".join(words)


def chain_of(words: list[str]) -> list[list[Head | None]]:
    """The words that change: adjectives and the noun they agree with, each by its parts."""
    chain: list[list[Head | None]] = []
    for word in words:
        parts = [head_of(part) for part in DASH.split(word)[::2]]
        if parts[-1] is None:
            break
        chain.append(parts)
        if not parts[-1].agrees:
            break
    return chain


def put_word(word: str, parts: list[Head | None], case: Case) -> str:
    written = DASH.split(word)
    for place, part in enumerate(parts):
        if part is not None:
            written[2 * place] = part.put(case)
    return "".join(written)


def head_of(word: str) -> Head | None:
    """The word as a noun of a person or an adjective in the nominative singular; None when it is neither."""
    low = word.lower()
    if not word.isalpha() or low in FIXED_PARTS:
        return None
    fitting = [parse for parse in nominatives(word) if not OF_PEOPLE & set(parse.tag.grammemes)]
    nouns = [parse for parse in fitting if parse.tag.POS == "NOUN"]
    people = [parse for parse in nouns if parse.tag.animacy == "anim"]
    agreeing = [parse for parse in fitting if parse.tag.POS in ADJECTIVES and "Fixd" not in parse.tag]
    found = agreeing or people or nouns  # «старший» is a noun too, but before «вожатый» it agrees
    if found:
        return Head(word, found[0])
    return Head(word) if len(low) > 4 and low.endswith(OF_AGENTS) and not word.isupper() else None
