"""The practices of the demo city: a bank worth reading, in which no two texts share their phrases and every
state is occupied (issue 10 §4, domain.md §3.3).
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import Any

import pytest

from best_practices.states import CRITERIA, Form, Kind, Nomination, PracticeState
from portal.demo.management.commands.demo import LATE
from portal.demo.seeding.city import content
from portal.demo.seeding.practice_texts import read_practices, school_sheet, sheets_of
from portal.demo.seeding.practices import JUDGED
from portal.municipality.reference_start import SUBJECTS
from portal.school_practices.states import SchoolPracticeState

HOW_MANY, WORDS, WORDS_OF_FULL, SUBJECTS_AT_LEAST, SHARED = 40, 600, 700, 12, 0.1
"""Full practices of the city; words from which one is full; what the texts of their own files hold to;
different subjects; the share of runs of five words that two texts may have in common.
"""
SCHOOLS = {school["number"] for school in content("schools")["school"]}
LONG_FIELDS = (
    "problem",
    "goal",
    "novelty",
    "resources",
    "qualitative",
    "risks_and_limits",
    "replication_conditions",
)
EVERY: dict[str, dict[str, Any]] = {str(row["stem"]): row for row in read_practices()}
OF_OWN_FILE = {stem: row for stem, row in EVERY.items() if stem.startswith("p")}


def own_words(practice: dict[str, Any]) -> list[str]:
    """What the authors tell: without title, annotation, tools and terms."""
    parts = [practice[field] for field in LONG_FIELDS] + list(practice["tasks"])
    parts += [f"{step['step']} {step['content']}" for step in practice["steps"]]
    parts += [row["indicator"] for row in practice["results"]]
    return re.findall(r"[а-яёa-z0-9]+", " ".join(parts).lower())


def shingles(practice: dict[str, Any]) -> set[tuple[str, ...]]:
    words = own_words(practice)
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


MEASURED = {"indicator", "unit", "before", "after", "period"}
FULL = {stem: row for stem, row in EVERY.items() if len(own_words(row)) >= WORDS}


def test_the_bank_is_wide() -> None:
    assert len(FULL) >= HOW_MANY
    assert {row["nomination"] for row in FULL.values()} == set(Nomination.values)
    assert {row["form"] for row in FULL.values()} == set(Form.values)
    assert {kind for row in FULL.values() for kind in row["kinds"]} == set(Kind.values)
    assert len({subject for row in FULL.values() for subject in row["subjects"]}) >= SUBJECTS_AT_LEAST


def test_no_two_practices_share_phrases() -> None:
    runs = {stem: shingles(row) for stem, row in EVERY.items()}
    alike = [
        (one, other, len(runs[one] & runs[other]))
        for one, other in combinations(EVERY, 2)
        if len(runs[one] & runs[other]) > SHARED * min(len(runs[one]), len(runs[other]))
    ]
    assert not alike


def test_no_part_of_a_text_is_written_twice() -> None:
    """Steps, tasks and fields are each practice's own, to the letter."""
    parts = Counter(
        part.strip()
        for row in EVERY.values()
        for part in (
            *(row[field] for field in (*LONG_FIELDS, "title", "annotation", "target_group")),
            *row["tasks"],
            *(step["content"] for step in row["steps"]),
        )
    )
    assert not [part for part, times in parts.items() if part and times > 1]


def test_a_practice_stands_in_every_state() -> None:
    """`submitted_school` is passed at once: reviewers are those who hold the right (SM-10)."""
    stages = {str(row["stage"]) for row in EVERY.values()}
    assert set(PracticeState.values) <= stages
    assert set(SchoolPracticeState.values) - {SchoolPracticeState.SUBMITTED_SCHOOL} == stages
    assert {row["school"] for row in FULL.values()} == SCHOOLS - {LATE}  # which is still joining


def test_most_of_the_full_ones_are_published() -> None:
    stages = Counter(str(row["stage"]) for row in FULL.values())
    standing = stages["published"] + stages["renewing"]  # a former text stands while the new one is written
    assert standing * 2 >= len(FULL)


@pytest.mark.parametrize("stem", OF_OWN_FILE)
def test_a_practice_is_worth_reading_and_fits_its_fields(stem: str) -> None:
    practice = OF_OWN_FILE[stem]
    assert len(own_words(practice)) >= WORDS_OF_FULL
    assert len(practice["title"]) <= 150
    assert len(practice["annotation"]) <= 500
    assert practice["nomination"] in Nomination.values
    assert practice["form"] in Form.values
    assert set(practice["kinds"]) <= set(Kind.values)
    for field in ("problem", "goal", "novelty"):
        assert 100 <= len(practice[field]) <= 5000, field
    assert len(practice["steps"]) >= 3
    assert practice["results"]
    assert all(set(step) == {"step", "content", "tool", "duration"} for step in practice["steps"])
    assert all(set(row) - {"people"} == MEASURED for row in practice["results"])
    assert 5 <= len(practice["keywords"]) <= 8
    assert 1 <= practice["authors"] <= 5
    assert set(practice["subjects"]) <= set(SUBJECTS.values())
    assert practice["school"] in SCHOOLS - {LATE}


@pytest.mark.parametrize("stem", [stem for stem, row in EVERY.items() if row["stage"] in JUDGED])
def test_two_experts_have_read_what_is_decided(stem: str) -> None:
    assert len(sheets_of(stem)) == 2


def test_sheets_are_written_and_no_two_are_alike() -> None:
    sheets = [sheet for stem in EVERY for sheet in sheets_of(stem)]
    sheets += [school_sheet("p", number) for number in range(len(content("school_reviews")["full"]))]
    sheets += [school_sheet("s", number) for number in range(len(content("school_reviews")["plain"]))]
    assert all(len(sheet["comment"]) >= 200 for sheet in sheets)
    assert all(1 <= sheet["scores"][code] <= 10 for sheet in sheets for code in CRITERIA)
    assert len({sheet["comment"] for sheet in sheets}) == len(sheets)
