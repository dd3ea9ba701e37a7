"""Names of people in cases, their initials."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.documents.names.gender import DAUGHTERS, SONS, detect_gender
from portal.documents.names.grammar import VOWELS, Case, Gender, first_declension, put, second_declension
from portal.documents.names.surnames import decline_surname, stays_before
from portal.documents.names.words import plain, table

STRESSED_PATRONYMICS = frozenset(["ильич", "кузьмич", "фомич", "лукич"])
STEMS = {"лев": "Льв", "павел": "Павл", "петр": "Петр"}


@dataclass(frozen=True)
class FullName:
    """A person's name in one case."""

    last: str
    first: str
    middle: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.last, self.first, self.middle) if part)


def full_name(last: str, first: str, middle: str = "") -> str:
    """«Соколова Вера Андреевна»; without a patronymic there is no double space."""
    return str(FullName(last.strip(), first.strip(), middle.strip()))


def decline_name(
    last: str,
    first: str,
    middle: str,
    case: Case | str,
    *,
    gender: Gender | str | None = None,
    override: Mapping[str, str] | None = None,
) -> str:
    """The full name in the case: «Соколову Веру Андреевну».

    `override` maps cases («genitive») to the whole name as the person wants it; it wins over the rules. A
    name whose gender is not certain stays in the nominative: ask `needs_gender`, and say so.
    """
    case = Case(case)
    if override and override.get(case.value):
        return override[case.value]
    return str(decline_parts(last, first, middle, case, gender=gender))


def decline_parts(
    last: str, first: str, middle: str, case: Case | str, *, gender: Gender | str | None = None
) -> FullName:
    """The same by parts; no override. A man's and a woman's forms that are the same need no gender."""
    case = Case(case)
    name = FullName(last.strip(), first.strip(), middle.strip())
    known = Gender(gender) if gender else detect_gender(name.last, name.first, name.middle)
    if case is Case.NOMINATIVE:
        return name
    if known is not Gender.UNCERTAIN:
        return _declined(name, case, known)
    man, woman = (_declined(name, case, one) for one in (Gender.MALE, Gender.FEMALE))
    return man if man == woman else name


def needs_gender(last: str, first: str, middle: str = "", *, gender: Gender | str | None = None) -> bool:
    """Whether the name would stand in the nominative only because nobody has said whose it is."""
    if gender or detect_gender(last, first, middle) is not Gender.UNCERTAIN:
        return False
    name = FullName(last.strip(), first.strip(), middle.strip())
    return _declined(name, Case.DATIVE, Gender.MALE) != _declined(name, Case.DATIVE, Gender.FEMALE)


def _declined(name: FullName, case: Case, gender: Gender) -> FullName:
    return FullName(
        decline_surname(name.last, case, gender),
        _first_names(name.first, case, gender),
        _patronymic(name.middle, case, gender),
    )


def initials(last: str, first: str, middle: str = "", case: Case | str = Case.NOMINATIVE) -> str:
    """«Соколова В. А.», also in a case; «Ким А.» without a patronymic."""
    surname = decline_parts(last, first, middle, case).last
    return " ".join([surname, *_letters(first, middle)]).strip()


def signature_name(last: str, first: str, middle: str = "") -> str:
    """«В. А. Соколова»: as it stands under a signature (ГОСТ Р 7.0.97-2016)."""
    return " ".join([*_letters(first, middle), last.strip()]).strip()


def _letters(*names: str) -> list[str]:
    return [f"{name.strip()[0].upper()}." for name in names if name.strip()]


def _first_names(first: str, case: Case, gender: Gender) -> str:
    return " ".join(_compound(word, case, gender) for word in first.split())


def _compound(word: str, case: Case, gender: Gender) -> str:
    *firsts, last = word.split("-")
    parts = [one if stays_before(one) else _first_name(one, case, gender) for one in firsts]
    return "-".join([*parts, _first_name(last, case, gender)])


def _first_name(word: str, case: Case, gender: Gender) -> str:
    low = plain(word)
    if len(word) < 2 or low[-1] in "оеиыуэю.":
        return word
    if low.endswith(("а", "я")):
        foreign = low in table("fixed_names.txt") or (low.endswith("а") and low[-2] in VOWELS)
        return word if foreign else first_declension(word, case)
    if gender is Gender.FEMALE:
        declines = low.endswith("ь") and low not in table("fixed_names.txt")
        return put(word[:-1], "и и ь ью и", case) if declines else word
    if low in STEMS:
        return second_declension(STEMS[low], case)
    return second_declension(word, case, "ем" if low[-1] in "жшчщц" else "")


def _patronymic(middle: str, case: Case, gender: Gender) -> str:
    low = plain(middle)
    if gender is Gender.FEMALE and low.endswith("на"):
        return first_declension(middle, case)
    if gender is Gender.MALE and low.endswith("ич"):
        return second_declension(middle, case, "ом" if low in STRESSED_PATRONYMICS else "ем")
    if low.endswith((*SONS, *DAUGHTERS)):
        return middle
    return _first_names(middle, case, gender)  # a second name: Карла Марии, Йохана Себастьяна
