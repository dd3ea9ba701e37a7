"""How the portal's cases of names stand beside the libraries of declension, on the names labelled by hand.

    python -m tests.bench.cases

Measures the portal, and whichever of petrovich and pytrovich is installed beside it (they are no
dependencies: `uv pip install pytrovich petrovich`). pymorphy3 alone is the dictionary with no rules of ours.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from typing import Any

from portal.documents.names import Case, organisation_genitive
from portal.documents.names.words import inflected, morphology, recased
from tests.documents import declension


def pymorphy3(kind: str, gender: str, word: str, case: Case) -> str:
    """Each word as a name of that kind and gender, else as any noun of the gender."""
    wanted = {"S": "Surn", "N": "Name", "P": "Patr"}[kind]

    def one(match: re.Match[str]) -> str:
        parses = [parse for parse in morphology().parse(match[0]) if {"nomn", "sing"} in parse.tag]
        fitting = [parse for parse in parses if {"m": "masc", "f": "femn"}[gender] in parse.tag]
        best = [parse for parse in fitting if wanted in parse.tag] or fitting
        return recased(inflected(best[0], case), match[0]) if best else match[0]

    return re.sub("[А-Яа-яЁё]+", one, word)


def petrovich(name: str, maker: str) -> declension.Decline:
    """petrovich and pytrovich, whose ways to ask differ."""
    main = importlib.import_module(f"{name}.{'maker' if name == 'pytrovich' else 'main'}")
    enums: Any = importlib.import_module(f"{name}.enums")
    made = getattr(main, maker)()

    def decline(kind: str, gender: str, word: str, case: Case) -> str:
        sex, its_case = {"m": enums.Gender.MALE, "f": enums.Gender.FEMALE}[gender], enums.Case[case.name]
        part = {"S": "LASTNAME", "N": "FIRSTNAME", "P": "MIDDLENAME"}[kind]
        if name == "pytrovich":
            return str(made.make(enums.NamePart[part], sex, its_case, word))
        return str(getattr(made, part.lower())(word, its_case, sex))

    return decline


def declined_by() -> Iterator[tuple[str, declension.Decline]]:
    """Who is measured."""
    yield "the portal", declension.part_of_name
    yield "pymorphy3 alone", pymorphy3
    for name, maker in (("pytrovich", "PetrovichDeclinationMaker"), ("petrovich", "Petrovich")):
        try:
            yield name, petrovich(name, maker)
        except ImportError:
            sys.stdout.write(f"{name} is not installed\n")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main() -> None:
    for who, decline in declined_by():
        for name in declension.SETS:
            score = declension.names(name, decline)
            say(f"names {name:6} {who:16} {len(score.wrong):4} of {score.asked} wrong, {score.share:.1%}")
    for name in declension.SETS:
        score = declension.posts(name, declension.post)
        say(f"posts {name:6} the portal       {len(score.wrong):4} of {score.asked} wrong, {score.share:.1%}")
    for name in declension.SETS:
        told = declension.whole(name)
        wrong = f"{len(told.silent)} wrong in silence, {len(told.wrong)} forms wrong"
        say(f"whole {name:6} of {told.people} names {wrong}, {len(told.asked)} asked needlessly")
    said = [(organisation_genitive(name), wanted) for name, wanted in declension.rows("organisations")]
    wrong_names = sum(got != wanted for got, wanted in said)
    say(f"names of organisations in the genitive: {wrong_names} of {len(said)} wrong")


if __name__ == "__main__":
    main()
