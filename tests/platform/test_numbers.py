"""The paper of numbers: whoever prints a section leaves those of others as they stand."""

from pathlib import Path

import pytest

from tests.bench import numbers


def test_a_section_is_printed_in_its_place_and_leaves_the_others(tmp_path: Path) -> None:
    paper = tmp_path / "numbers.md"
    numbers.print_section("mutants", "400 drawn", paper)
    numbers.print_section("bench", "| opening | 9× |", paper)
    before = paper.read_text()
    numbers.print_section("mutants", "400 drawn, 390 killed", paper)
    after = paper.read_text()
    assert before.count("400 drawn") == after.count("400 drawn, 390 killed") == 1
    assert after.replace(", 390 killed", "") == before
    places = [after.index(f"begin {name}") for name in ("bench", "mutants")]
    assert places == sorted(places), "in the order of SECTIONS, whichever was printed first"
    assert list(numbers.sections_of(after)) == ["bench", "mutants"]


def test_a_section_says_when_and_where_it_was_measured(tmp_path: Path) -> None:
    paper = tmp_path / "numbers.md"
    numbers.print_section("coverage", "93 %", paper)
    assert numbers.measured_on() in paper.read_text()
    assert "`make coverage`" in paper.read_text()


def test_a_machine_without_git_says_so_and_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert "at commit `unknown`" in numbers.measured_on()
