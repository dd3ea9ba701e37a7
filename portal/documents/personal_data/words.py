"""What a written word may be: a first name, a patronymic, a surname, in any case; by the dictionary of
pymorphy3, by the lists of `portal.documents.names`, and by its shape.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from portal.documents.names.grammar import Case, Gender
from portal.documents.names.surnames import decline_surname
from portal.documents.names.words import OF_PLACES, morphology, plain, table
from portal.documents.personal_data.kinds import words_of

_MIDDLE = re.compile(
    r"\w{2,}(?:ович|евич|ич|овн|евн|иничн|ичн)(?:а|у|ем|ом|е|ы|ой|ою)?|\w{2,}(?:ыч|ична)(?:а|у|ем|е)?"
)
_LAST = re.compile(
    r"\w{2,}(?:(?:[оеё]в|[иы]н)(?:а|у|ым|е|ой|ою|ы|ых)?|(?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую)|енко|чук(?:а|у|ом|е)?|"
    r"[^аеёиоуыэюя]юк(?:а|у|ом|е)?|ян(?:а|у|ом|е|ц)?|дзе|швили|[иы]х|оглы|заде)"
)
_POSSESSIVE = re.compile(r"\w{2,}(?:[оеё]в|[иы]н)(?:а|у|ым|е|ой|ою)?")
_ENDINGS = (
    "а",
    "у",
    "ом",
    "ем",
    "е",
    "ы",
    "и",
    "ой",
    "ей",
    "ю",
    "я",
    "ью",
    "ии",
    "ию",
    "ием",
    "ия",
    "ией",
    "",
)
_BEGINS = ("", "а", "я", "й", "ь", "ия", "ий")


_SMALL_WORDS = {"PREP", "CONJ", "PRCL", "NPRO"}
"""Words that are no names in any sentence, whatever else the dictionary says of them."""


@dataclass(frozen=True)
class Known:
    """What may be said of a word. `common`: it is an ordinary word too, or nothing else."""

    first: bool = False
    short: bool = False
    middle: bool = False
    last: bool = False
    shaped: bool = False
    place: bool = False
    common: bool = False
    ordinary: bool = False
    """The dictionary knows it as a word too, though as a surname it is sure with a capital («романов»)."""

    @property
    def named(self) -> bool:
        return self.first or self.middle or self.last or self.shaped


@lru_cache(maxsize=20_000)
def known(word: str) -> Known:
    """Of a word as it is written; capitals do not matter. A double name is what one of its parts is."""
    low = plain(word)
    parts = [part for part in re.split("[-–]", low) if len(part) > 1]
    if len(parts) > 1 and not table("first_names.tsv").get(low):
        return _double([known(part) for part in parts])
    return _single(low)


def _double(parts: list[Known]) -> Known:
    """«Римский-Корсаков», «Анна-Мария»; «учитель-логопед» is ordinary in each part."""
    named = [part for part in parts if part.named]
    if not named:
        return Known(common=any(part.common for part in parts), place=any(part.place for part in parts))
    return Known(
        first=all(part.first for part in parts),
        last=any(part.last for part in parts),
        shaped=any(part.shaped for part in parts),
        common=len(named) < len(parts) and any(part.common for part in parts),
    )


def _single(low: str) -> Known:
    parses = morphology().parse(low)
    sure = [parse for parse in parses if parse.is_known]
    of = [set(parse.tag.grammemes) for parse in (sure or parses)]
    if any(tags & _SMALL_WORDS for tags in of) or (sure and sure[0].normal_form in _NEVER):
        return Known(common=True, last=low in _SHORT_LAST)
    short = _is_listed(low, words_of("short_names.txt"))
    last = any("Surn" in tags for tags in of)
    place = any(tags & OF_PLACES for tags in of)
    common = bool(sure) and any(not tags & _OF_NAMES and not (short and tags & _OF_VERBS) for tags in of)
    return Known(
        first=short or _is_first(low, of, sure, place=place and not common, last=last),
        short=short,
        middle=any("Patr" in tags for tags in of)
        or (not common and bool(_MIDDLE.fullmatch(low)) and len(low) > 5),
        last=last or (common and _is_possessive(sure)),
        shaped=not sure and bool(_LAST.fullmatch(low)),
        place=place,
        common=common and not (last and _POSSESSIVE.fullmatch(low)),
        ordinary=common and not all(tags & (_OF_NAMES | {"Poss"}) for tags in of),
    )


_OF_NAMES = {"Name", "Surn", "Patr", "Abbr", "Init"} | OF_PLACES
_OF_VERBS = {"VERB", "GRND", "INFN"}
"""«катя», «коля», «юля» of verbs: with a capital they are names."""
_NEVER = frozenset(["март", "май", "август", "человек"])
_SHORT_LAST = frozenset(["ли", "ан"])


def _is_first(low: str, of: list[set[str]], sure: list[Any], *, place: bool, last: bool) -> bool:
    """A word that the dictionary does not know, or knows as a place (София), is a first name by the list. The
    plural («Сидоров») is a surname.
    """
    if sure and any("Name" in tags and not (last and "plur" in tags) for tags in of):
        return True
    return (not sure or place) and _is_listed(low, table("first_names.tsv"))


def _is_possessive(sure: list[Any]) -> bool:
    """«Петров», «Машина» as «whose»: a surname, when it stands with a capital."""
    return any("Poss" in parse.tag for parse in sure)


def _is_listed(low: str, names: dict[str, str]) -> bool:
    return bool(listed(low, names))


@lru_cache(maxsize=20_000)
def _nominatives(low: str) -> tuple[str, ...]:
    """What the word may have been before its ending."""
    stems = {low[: len(low) - len(ending)] for ending in _ENDINGS if low.endswith(ending)}
    return tuple(sorted({stem + begin for stem in stems if len(stem) > 1 for begin in _BEGINS}))


def listed(low: str, names: dict[str, str]) -> str:
    """The name of the list whose form the word may be; empty when there is none."""
    if low in names:
        return low
    return next((one for one in _nominatives(low) if one in names and _same_kind(one, low)), "")


def _same_kind(name: str, form: str) -> bool:
    """A name in a consonant has no form that ends in another consonant, or is shorter than it."""
    return len(form) >= len(name) - 1


# ── Whom everybody knows ────────────────────────────────────────────────────────────────────────────
@cache
def _famous() -> dict[str, str]:
    """Every form of the surnames in `data/famous.txt` → their initials."""
    found: dict[str, str] = {}
    for name, said in words_of("famous.txt").items():
        gender = Gender.FEMALE if name.endswith(("ова", "ева", "ина", "ская")) else Gender.MALE
        for case in Case:
            found.setdefault(plain(decline_surname(name, case, gender)), said)
    return found


def is_famous(word: str, letters: str) -> bool:
    """Whether the surname is that of a famous one; `letters` are the first letters of what stands beside
    it.
    """
    said = _famous().get(plain(word))
    if said is None or (said.startswith("!") and not letters):
        return False
    every = [re.sub(r"\W", "", one) for one in said.split(";") if one]
    return not letters or not every or any(plain(one).startswith(plain(letters)) for one in every)
