"""Every form in which the name of a person may stand in a text: for whoever takes names out of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from portal.documents.names.gender import detect_gender
from portal.documents.names.grammar import Case, Gender, first_declension, second_declension
from portal.documents.names.people import FullName, decline_parts
from portal.documents.names.surnames import stays_before
from portal.documents.names.words import plain, table

Forms = Mapping[str, frozenset[Case]]
PLURALS = (
    (("ов", "ев", "ин", "ын"), 0, "ы ых ым ых ыми ых"),
    (("ова", "ева", "ина", "ына"), 1, "ы ых ым ых ыми ых"),
    (("ский", "цкий", "ской", "цкой", "ская", "цкая"), 2, "ие их им их ими их"),
    (("ый", "ая", "ой"), 2, "ые ых ым ых ыми ых"),
)
"""Endings of surnames, how many letters go, and the six cases of «Кравцовы», «Вяземские», «Белые»."""


@lru_cache(maxsize=512)
def name_forms(last: str, first: str, middle: str, gender: str = "") -> Forms:
    """Each word in which the name may stand (small letters, no ё) → the cases it may be in: surname, first
    name and patronymic declined, parts of double ones, the surname of a family, short forms of the first
    name. Where nobody knows the gender, forms of both.
    """
    found: dict[str, set[Case]] = defaultdict(set)
    known = Gender(gender) if gender else detect_gender(last, first, middle)
    for one in (known,) if known else (Gender.MALE, Gender.FEMALE):
        for case in Case:
            for word in _in_case(decline_parts(last, first, middle, case, gender=one)):
                found[plain(word)].add(case)
    for short in table("short_names.tsv").get(plain(first), "").split():
        for case in Case:
            found[plain(_short(short, case))].add(case)
    for case, word in _plurals(last):
        found[word].add(case)
    return {word: frozenset(cases) for word, cases in found.items()}


def _in_case(name: FullName) -> Iterator[str]:
    for part in (name.last, name.first, name.middle):
        yield from _words(part)


def _words(part: str) -> Iterator[str]:
    """Of «Мамин-Сибиряк» the whole and each half; particles («фон», «Тер-») are nobody's name."""
    for word in part.split():
        halves = [half for half in word.split("-") if len(half) > 2 and not stays_before(half)]
        yield from {word, *halves} if not stays_before(word) else set(halves)


def _short(short: str, case: Case) -> str:
    if case is Case.NOMINATIVE:
        return short
    return first_declension(short, case) if short[-1] in "ая" else second_declension(short, case)


def _plurals(last: str) -> Iterator[tuple[Case, str]]:
    for word in _words(last):
        low = plain(word)
        for endings, cut, cases in PLURALS:
            if low.endswith(endings) and len(low) > 4:
                stem = low[: len(low) - cut]
                yield from zip(Case, (stem + ending for ending in cases.split()), strict=True)
                break
