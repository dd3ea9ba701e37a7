"""What the person meant: layout → correction of unknown words → lemmas → long names and synonyms.

Nothing here knows the engine: it asks a `Vocabulary`, which every engine can give. What matches and how much
a word weighs is decided from the answer by `matching`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from portal.core.text import whole_number
from portal.search.corrections import (
    Beside,
    Company,
    Neighbour,
    Pair,
    Weighed,
    best_alternatives,
    edit_distance,
    likeliest,
)
from portal.search.engine import Understood
from portal.search.layout import LATIN, as_russian_keys, readings_of, russian_of
from portal.search.slips import ALIKE, likely_meant, slip
from portal.search.stopwords import STOP_WORDS
from portal.search.synonyms import OtherName, thesaurus
from portal.search.text import content_tokens, has_cyrillic, is_dictionary_word, lemma, normalise, tokens
from portal.search.typed import halves, reshaped, torn

LONGEST_TEXT = 2_000
MOST_WORDS = 48
SECOND_ALTERNATIVE_WEIGHT = 0.7
RARE = 2
"""A word that so few documents hold, and no dictionary, may be a slip of theirs."""
TIMES_MORE_USUAL = 10
NEIGHBOURS = 24
"""So many words that resemble it are looked at, the most alike first."""
_SHORTEST_CORRECTED = 4
_SHORTEST_LATIN_READING = 3
_QUOTED = re.compile(r'(?P<minus>(?<!\S)[-−])?["«„“](?P<phrase>[^"«»„“”]+)["»“”]')
_MINUS = re.compile(r"(?<!\S)[-−](?P<word>\w[\w-]*)")
_PLUS = re.compile(r"(?<!\S)\+(?P<word>\w[\w-]*)")
_LATIN = re.compile(r"[a-z]")
_NAMED_NUMBER = re.compile(r"n\d+")


class Seen(NamedTuple):
    """What the index says of a word: whether it holds it or its lemma, in how many documents the word stands
    as it is written, and words that resemble it (looked for only where `may_be_corrected` says so and the
    word is rare or unknown).
    """

    is_known: bool = False
    df: int = 0
    near: Sequence[Neighbour] = ()


NOT_SEEN = Seen()


class Vocabulary(Protocol):
    """The words of an index, asked once for all words of a query."""

    def look_up(self, words: Sequence[str]) -> Mapping[str, Seen]:
        """Every word with what the index says of it."""

    def beside(self, pairs: Sequence[Pair]) -> Beside:
        """In how many documents each two lemmas stand side by side; asked once, and only where a word may be
        several.
        """


class Reading(NamedTuple):
    """A lemma that a typed word is taken for, and how sure that is (1: as typed)."""

    lemma: str
    weight: float


@dataclass(slots=True)
class Asked:
    """A question ready for an engine.

    `words`: of each typed word its readings. `names`: other names of what stands in `words`. `phrases`: each
    is met in full, lemma after lemma. `excluded`: no answer holds one of these (a phrase of one word is a
    word). A word after a plus is meant as it stands.
    """

    understood: Understood
    words: list[tuple[Reading, ...]] = field(default_factory=list)
    names: list[OtherName] = field(default_factory=list)
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    excluded: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def is_catalogue(self) -> bool:
        """Nothing was asked for: show all, without what is excluded."""
        return self.understood.is_empty


def may_be_corrected(word: str) -> bool:
    """Short words, Latin words, numbers, abbreviations and words of the dictionary are taken as they are."""
    if len(word) < _SHORTEST_CORRECTED or not has_cyrillic(word) or is_dictionary_word(word):
        return False
    return thesaurus().abbreviations.isdisjoint((word, lemma(word)))


def read_question(text: str, vocabulary: Vocabulary, *, as_typed: bool = False) -> Asked:
    """Read a typed text. Only its first 2 000 signs and 48 different words count. `as_typed`: neither the
    keyboard nor a word is mended.
    """
    text = reshaped(normalise(text[:LONGEST_TEXT]))
    if not tokens(text):
        return Asked(Understood(is_empty=True))
    reader = _Reader(text, vocabulary, as_typed=as_typed)
    reader.fix_layout()
    return reader.read()


class _Reader:
    """One reading of one question; asks the vocabulary once."""

    def __init__(self, text: str, vocabulary: Vocabulary, *, as_typed: bool) -> None:
        self.text, self.vocabulary, self.as_typed = text, vocabulary, as_typed
        self.layout_fixed = ""
        self.chunks = self._latin_chunks()
        mapped = [word for chunk in self.chunks for part in readings_of(chunk) for word in tokens(part)]
        typed = tokens(self.text)
        asked = [word for word in dict.fromkeys([*typed, *mapped]) if word not in STOP_WORDS][
            : 3 * MOST_WORDS
        ]
        self.guesses = {} if as_typed else {word: _guesses(word) for word in asked if may_be_corrected(word)}
        self.torn = [] if as_typed else list(torn(typed[:MOST_WORDS]))
        guessed = [word for words in self.guesses.values() for word in words]
        parts = [part for word in self.guesses for pair in halves(word) for part in pair]
        whole = [left + right for left, right in self.torn]
        more = [*guessed[: 4 * MOST_WORDS], *parts[: 2 * MOST_WORDS], *whole]
        self.seen = vocabulary.look_up(list(dict.fromkeys([*asked, *more])))

    def _latin_chunks(self) -> list[str]:
        is_other = self.as_typed or has_cyrillic(self.text) or not _LATIN.search(self.text)
        return [] if is_other else self.text.split()

    def fix_layout(self) -> None:
        """Take the Russian keys where they say something."""
        if not self.chunks:
            return
        fixed = " ".join(self._in_russian(chunk) for chunk in self.chunks)
        if fixed != " ".join(self.chunks):
            self.text = self.layout_fixed = fixed

    def _in_russian(self, chunk: str) -> str:
        """Quotes and a minus before the chunk are no keys of it; marks alone are no word."""
        if not _LATIN.search(chunk):
            return chunk
        mark = chunk[: len(chunk) - len(chunk.lstrip('"-'))]
        bare = chunk[len(mark) :]
        end = bare[len(bare.rstrip('"')) :]
        bare = bare[: len(bare) - len(end)]
        is_usual_latin = LATIN.issuperset(tokens(bare))
        read = russian_of(
            bare,
            is_russian=self._is_used if is_usual_latin else self._is_russian,
            is_latin=self._is_latin,
            may_be_russian=self._may_be_russian,
        )
        return f"{mark}{read}{end}"

    def _of(self, word: str) -> Seen:
        return self.seen.get(word, NOT_SEEN)

    def _is_used(self, word: str) -> bool:
        return word in STOP_WORDS or word in thesaurus().abbreviations or self._of(word).is_known

    def _is_russian(self, word: str) -> bool:
        """Two letters are anything: only a word that is used counts."""
        is_long = len(word) >= _SHORTEST_LATIN_READING
        return self._is_used(word) or (is_long and is_dictionary_word(word))

    def _is_latin(self, word: str) -> bool:
        return whole_number(word) is not None or word in LATIN or self._of(word).is_known

    def _may_be_russian(self, word: str) -> bool:
        return self._is_russian(word) or bool(best_alternatives(word, self._near(word)))

    def read(self) -> Asked:
        wanted, excluded = _without_minus(self.text)
        wanted, respaced = self._with_right_spaces(wanted)
        literal = {word for found in _PLUS.finditer(wanted) for word in tokens(found["word"])}
        words = _asked_words(wanted)
        company, together = self._company(words, literal)
        taken = {
            word: (word,) if word in literal else self._taken_for(word, company.weighed(word, together))
            for word in words
        }
        lemmas = [lemma(variants[0]) for variants in taken.values()]
        names = thesaurus().other_names(lemmas)
        corrected = {word: variants for word, variants in taken.items() if variants != (word,)}
        return Asked(
            Understood(
                lemmas=tuple(lemmas),
                words=tuple(_shown(variants[0]) for variants in taken.values()),
                corrected=respaced | corrected,
                layout_fixed=self.layout_fixed,
                synonyms=tuple(dict.fromkeys(name.name for name in names)),
                is_empty=not tokens(wanted),
                only_stop_words=bool(tokens(wanted)) and not words,
            ),
            words=[_readings(variants) for variants in taken.values()],
            names=names,
            phrases=[
                tuple(lemma(taken.get(word, (word,))[0]) for word in content_tokens(phrase))
                for phrase in _phrases(wanted)
            ],
            excluded=[tuple(map(lemma, content_tokens(one))) for one in excluded],
        )

    def _with_right_spaces(self, text: str) -> tuple[str, dict[str, Sequence[str]]]:
        """Words stuck together come apart, torn ones are joined, where the index knows what comes of it."""
        found: dict[str, str] = {}
        for left, right in self.torn:
            known = self._of(left).is_known and self._of(right).is_known
            if self._of(left + right).is_known and not known:
                found[f"{left} {right}"] = left + right
        for word in self.guesses:
            if not self._of(word).is_known and not best_alternatives(word, self._near(word)):
                for left, right in halves(word):
                    if self._of(left).is_known and self._of(right).is_known:
                        found.setdefault(word, f"{left} {right}")
        for typed, meant in found.items():
            spaced = typed.replace(" ", r"\s+")
            text = re.sub(rf"(?<!\w){spaced}(?!\w)", meant, text)
        return text, {typed: (meant,) for typed, meant in found.items()}

    def _company(self, words: Sequence[str], literal: Collection[str]) -> tuple[Company, Beside]:
        """What each word may be, beside its neighbours; and what the index says of them."""
        company = Company(words, {word: self._may_be(word, literal) for word in words})
        pairs = company.pairs
        return company, self.vocabulary.beside(pairs) if pairs else {}

    def _may_be(self, word: str, literal: Collection[str]) -> Sequence[str]:
        """Lemmas, of which the neighbours choose."""
        if self.as_typed or word in literal or not may_be_corrected(word):
            return (lemma(word),)
        seen, near = self._of(word), self._near(word)
        if seen.is_known:
            meant = likeliest(word, _usual(near, seen)) if seen.df <= RARE else []
            return meant if len(meant) > 1 else (lemma(word),)
        return likeliest(word, near) or (lemma(word),)

    def _known_guesses(self, word: str) -> list[Neighbour]:
        found = [(guess, self._of(guess)) for guess in self.guesses.get(word, ())]
        names = thesaurus().abbreviations
        return [Neighbour(guess, max(seen.df, 1)) for guess, seen in found if seen.is_known or guess in names]

    def _near(self, word: str) -> list[Neighbour]:
        """Words that stand in texts; and other forms of words that do, where the slip is of the likeliest or
        no text has a word so near.
        """
        near = list(self._of(word).near)
        is_near = any(edit_distance(word, one.word, 1) <= 1 for one in near)
        written = {one.word for one in near}
        return near + [
            one
            for one in self._known_guesses(word)
            if one.word not in written and (not is_near or slip(word, one.word) <= ALIKE)
        ]

    def _taken_for(self, word: str, weighed: Weighed) -> tuple[str, ...]:
        """The word itself when anybody knows it; with what it may be a slip of when hardly anybody does; else
        what it was meant to be.
        """
        if self.as_typed:
            return (word,)
        seen = self._of(word)
        if not may_be_corrected(word):
            return (word,) if seen.is_known else _abbreviation_like(word)
        near = self._near(word)
        found = best_alternatives(word, near, weighed)
        if not seen.is_known:
            return found or (word,)
        usual = {one.word for one in _usual(near, seen)}
        return (word, *[other for other in found if other in usual][:1]) if seen.df <= RARE else (word,)


def _usual(near: Iterable[Neighbour], seen: Seen) -> list[Neighbour]:
    """Words so much more usual than a rare one that it may be a slip of theirs."""
    return [one for one in near if one.df >= TIMES_MORE_USUAL * max(seen.df, 1)]


def _guesses(word: str) -> list[str]:
    """What a word may be a slip of, whether or not the index has it: words of the language, and names of one
    word that schools use.
    """
    names = [
        name
        for name in thesaurus().abbreviations
        if abs(len(name) - len(word)) <= 1 and edit_distance(word, name, 1) <= 1
    ]
    return [*likely_meant(word), *sorted(names)]


def _abbreviation_like(word: str) -> tuple[str, ...]:
    """«оге» is «огэ»: a short word that nobody has, when one abbreviation differs by a letter alike."""
    names = thesaurus().abbreviations
    if not 1 < len(word) < _SHORTEST_CORRECTED or word in names:
        return (word,)
    alike = [name for name in names if len(name) == len(word) and slip(word, name) <= ALIKE]
    return tuple(alike) if len(alike) == 1 else (word,)


def _shown(word: str) -> str:
    """A number that names something, as people write it."""
    return f"№ {word[1:]}" if _NAMED_NUMBER.fullmatch(word) else word


def _readings(variants: Sequence[str]) -> tuple[Reading, ...]:
    weights = (1.0, SECOND_ALTERNATIVE_WEIGHT)
    return tuple(Reading(lemma(word), weight) for word, weight in zip(variants, weights, strict=False))


def _asked_words(text: str) -> list[str]:
    """Words that mean something, each once; the nine of «школа № 9» is asked as that number only."""
    every = dict.fromkeys(tokens(text))
    return [word for word in every if word not in STOP_WORDS and f"n{word}" not in every][:MOST_WORDS]


def _without_minus(text: str) -> tuple[str, list[str]]:
    """The question without what it excludes, and that: a word or a phrase after a minus."""
    excluded = [found["phrase"] for found in _QUOTED.finditer(text) if found["minus"]]
    text = _QUOTED.sub(lambda found: " " if found["minus"] else found[0], text)
    excluded += [found["word"] for found in _MINUS.finditer(text)]
    return _MINUS.sub(" ", text), [one for one in excluded if set(tokens(one)) - STOP_WORDS]


def _phrases(text: str) -> list[str]:
    return [found["phrase"] for found in _QUOTED.finditer(text) if set(tokens(found["phrase"])) - STOP_WORDS]


def mapped_whole(text: str) -> str:
    """What is being typed, in Russian letters: for suggestions, where the last word is not whole yet."""
    typed = normalise(text)
    return typed if has_cyrillic(typed) else as_russian_keys(typed)
