"""The machine of `make mutants`: what it breaks, and that whoever has imported a function has it broken."""

import os
from collections import Counter
from collections.abc import Callable

import pytest

from portal.municipality.indicators import Share
from tests.mutants import __main__ as mutants
from tests.mutants import breaking
from tests.mutants.breaking import Mutant

CODE = """
LIMIT = 3 if True else 4

def may(by, pair: "int | None" = None) -> bool:
    plan: "int | None" = None
    if by.is_system:
        raise ValueError
    return by.can("a") and not pair

ROWS = [lambda by: by > 1]
"""


def in_child(work: Callable[[], bool]) -> bool:
    """What a mutant does to a process stays in it."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = 0 if work() else 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def faults(kind: str) -> list[str]:
    return [edit.what for edit in breaking.edits(breaking.ast.parse(CODE), kind)]  # type: ignore[attr-defined]


def test_faults_are_of_what_a_function_does_and_not_of_its_types_or_its_module() -> None:
    assert Counter(faults(breaking.RULE)) == Counter(
        (
            "turned: if by.is_system",
            "nothing is raised",
            "the answer is True",
            "the answer is False",
            "and for or: by.can('a') and (not pair)",
            "left out: by.can('a')",
            "left out: not pair",
            "not denied: not pair",
            "turned: by > 1",
        )
    )
    assert not faults(breaking.JOURNAL)


def test_each_kind_has_its_faults_and_the_seed_draws_the_same() -> None:
    everything = breaking.mutants()
    drawn = mutants.draw(everything, 40, 7)
    assert drawn == mutants.draw(everything, 40, 7) != mutants.draw(everything, 40, 8)
    assert Counter(one.kind for one in drawn) == dict.fromkeys(breaking.KINDS, 10)


def test_who_has_imported_a_function_has_it_broken() -> None:
    empty = Share(0, 0)
    mutant = next(
        one
        for one in breaking.mutants_of("portal/municipality/indicators.py")
        if one.where == "percent" and one.what.startswith("not denied")
    )
    before = empty.percent
    assert in_child(lambda: breaking.break_code(mutant) == 1 and broken(empty, before))
    assert empty.percent == before, "only the child was broken"


def broken(share: Share, before: object) -> bool:
    try:
        return share.percent != before
    except ZeroDivisionError:
        return True


def test_a_fault_that_changes_nothing_is_told_apart() -> None:
    nothing = Mutant("portal/municipality/indicators.py", 10**6, breaking.FIGURE, 1, 1, "", "")
    with pytest.raises(breaking.CannotBreak):
        breaking.break_code(nothing)
