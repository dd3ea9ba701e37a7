"""Names and posts labelled by hand, and how many of their forms the portal has wrong.

`*_found.tsv` are the rows on which the portal was wrong before; `*_first.tsv` were labelled before the
present rules were written, `*_second.tsv` and `*_third.tsv` after, each measured before anything was mended
by it (docs/adr/0033).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from portal.documents.names import Case, Gender, decline_name, decline_parts, decline_post, detect_gender

HERE = Path(__file__).parent
CASES = (Case.GENITIVE, Case.DATIVE, Case.ACCUSATIVE, Case.INSTRUMENTAL)
SETS = ("found", "first", "second", "third")
Decline = Callable[[str, str, str, Case], str]
"""(kind, gender, word, case) → form; of a post kind and gender are empty."""


@dataclass
class Score:
    """What came of a set: how many forms were asked for, and which are wrong, in words."""

    asked: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return len(self.wrong) / self.asked


def rows(name: str) -> list[list[str]]:
    """The rows of a set, as they are written."""
    lines = (HERE / f"{name}.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


def same(one: str, other: str) -> bool:
    """«Соловьём» is «Соловьем»: ё is a matter of taste."""
    return one.replace("ё", "е") == other.replace("ё", "е")


def names(name: str, decline: Decline) -> Score:
    """Parts of names, each with its gender given."""
    score = Score()
    for kind, sex, word, *forms in rows(f"names_{name}"):
        _judge(score, partial(decline, kind, "m" if sex == "М" else "f", word), word, forms)
    return score


def posts(name: str, decline: Decline) -> Score:
    """Posts of people."""
    score = Score()
    for word, *forms in rows(f"posts_{name}"):
        _judge(score, partial(decline, "", "", word), word, forms)
    return score


def _judge(score: Score, form: Callable[[Case], str], word: str, forms: list[str]) -> None:
    for case, wanted in zip(CASES, forms, strict=False):
        if wanted in ("-", ""):
            continue
        score.asked += 1
        got = form(case)
        if not same(got, wanted):
            score.wrong.append(f"{word}, {case}: {got}, not {wanted}")


def part_of_name(kind: str, gender: str, word: str, case: Case) -> str:
    """The portal's form of a surname, a first name or a patronymic."""
    last, first, middle = (
        word if kind == one else other for one, other in (("S", "Ким"), ("N", "Ян"), ("P", ""))
    )
    name = decline_parts(last, first, middle, case, gender=gender)
    return {"S": name.last, "N": name.first, "P": name.middle}[kind]


def post(_kind: str, _gender: str, word: str, case: Case) -> str:
    """The portal's form of a post."""
    return decline_post(word, case)


@dataclass
class Whole:
    """Names of which nobody said the gender: wrong in silence, wrong in form, asked for nothing."""

    people: int = 0
    silent: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def whole(name: str) -> Whole:
    """How whole names fare without a gender."""
    told = Whole()
    for last, first, middle, truth, *forms in rows(f"whole_{name}"):
        told.people += 1
        gender, said = detect_gender(last, first, middle), f"{last} {first} {middle}".strip()
        if gender is Gender.UNCERTAIN:
            told.asked += [said] * (truth != "None")
        elif gender.value != truth:
            told.silent.append(f"{said}: {gender.value}, not {truth}")
        else:
            got = [decline_name(last, first, middle, case) for case in (Case.GENITIVE, Case.INSTRUMENTAL)]
            told.wrong += [
                f"{a}, not {b}" for a, b in zip(got, forms, strict=False) if b != "-" and not same(a, b)
            ]
    return told
