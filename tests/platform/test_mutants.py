"""The machine of `make mutants`: what it breaks, and that whoever has imported a function has it broken."""

import json
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from coverage import CoverageData

from portal.municipality.indicators import Share
from tests.mutants import __main__ as mutants
from tests.mutants import breaking, verdicts
from tests.mutants.breaking import Mutant
from tests.mutants.covering import Covering
from tests.mutants.moved import Hunk, Moved
from tests.mutants.verdicts import KILLED, LIVES, Kept, Verdict

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


def test_a_change_of_the_code_draws_others_only_where_it_was() -> None:
    everything = breaking.mutants()
    drawn = mutants.draw(everything, 400, 7)
    left = [one for one in everything if one.path != drawn[0].path]
    again = mutants.draw(left, 400, 7)
    assert {one for one in drawn if one.path != drawn[0].path} <= set(again)


def test_no_two_have_one_lasting_name() -> None:
    assert max(Counter(one.lasting_name for one in breaking.mutants()).values()) == 1


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


PATH = "portal/municipality/indicators.py"
ONE = Mutant(PATH, 0, breaking.FIGURE, 5, 5, "percent", "one more: 0")
OTHER = replace(ONE, what="one more: 1")


def test_what_was_killed_is_not_judged_again_until_its_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(tmp_path / "verdicts.jsonl")
    kept.add(Verdict(ONE, KILLED, tests=3, of=9, by="tests/a.py::test_a"))
    kept.add(Verdict(OTHER, LIVES, tests=9, of=9))
    new = replace(ONE, what="turned: x")

    read = Kept(tmp_path / "verdicts.jsonl")
    assert read.to_judge([OTHER, ONE, new]) == [new, OTHER], "the new one first, then the one that lived"
    assert read.living([OTHER, ONE, new]) == [OTHER]
    assert [one.fate for one in read.judged([ONE, OTHER, new])] == [KILLED, LIVES]
    assert read.killers_of(new) == ["tests/a.py::test_a"], "what has killed in this file is asked first"

    monkeypatch.setattr(verdicts, "print_of", lambda path: "another state")
    assert read.to_judge([ONE]) == [ONE]
    assert not read.judged([ONE])
    assert read.killers_of(ONE)[0] == "tests/a.py::test_a"


def test_a_line_is_looked_for_where_it_was() -> None:
    moved = Moved(hunks={"new.py": [Hunk(3, 0, 4, 2), Hunk(10, 2, 12, 1)]}, paths={"new.py": "old.py"})
    assert moved.before("new.py", (3, 6, 12, 13)) == ("old.py", {3, 4, 10, 11, 12})
    assert moved.before("new.py", (4,)) == ("old.py", {3}), "a new line: those who ran the one before it"
    assert moved.before("other.py", (7,)) == ("other.py", {7})
    assert moved.new_lines() == {"new.py": {4, 5, 12}}


def test_the_tests_that_say_most_of_a_line_are_asked_first(tmp_path: Path) -> None:
    wide, narrow, slow = "tests/a.py::wide", "tests/b.py::narrow", "tests/b.py::slow"
    browser, stranger = "tests/journeys/test_a.py::all", "tests/b.py::stranger"
    data = CoverageData(basename=str(tmp_path / "data"))
    for test, lines in ((wide, {5, 6, 7}), (narrow, {5}), (slow, {5}), (browser, {5}), (stranger, {6})):
        data.set_context(test)
        data.add_lines({PATH: lines})
    data.write()
    (tmp_path / "commit-of-data").write_text("HEAD")
    (tmp_path / "durations-1.json").write_text(json.dumps({slow: 20.0}))

    covering = Covering([ONE], tmp_path)
    assert covering.tests_of(ONE) == [narrow, wide, slow, browser]
    assert covering.tests_of(ONE, [slow, stranger]) == [slow, narrow, wide, browser]
