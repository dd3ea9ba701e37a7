"""What schools of the demo tell of practices of other schools: every outcome, without names."""

from collections import defaultdict
from typing import Any

import pytest

from best_practices.outcomes import Outcome
from portal.demo.seeding import plans
from portal.demo.seeding.city import content
from portal.demo.seeding.practice_texts import read_practices
from portal.documents.personal_data import finds

ROWS: list[dict[str, Any]] = content("adoptions")["adoption"]
PRACTICES = {row["stem"]: row for row in read_practices()}
TAKEN = [
    (school, plan, stem)
    for school in (5, *plans.OTHERS)
    for plan in plans.plans_of(school)
    for stem in plan.adopts
]


def test_what_was_taken_into_a_programme_that_is_over_is_told_about_and_nothing_else() -> None:
    over = {(school, stem) for school, plan, stem in TAKEN if "completed" in (plan.state, plan.programme)}
    assert {(row["school"], row["practice"]) for row in ROWS} == over
    assert len(ROWS) == len(over)
    assert {school for school, _, _ in TAKEN} - {school for school, _ in over}, "some are still at work"


@pytest.mark.parametrize(("school", "plan", "stem"), TAKEN)
def test_only_a_published_practice_of_another_school_is_taken(
    school: int, plan: plans.Plan, stem: str
) -> None:
    practice = PRACTICES[stem]
    written_in = 5 if stem == "p02_reverse_board" else practice["school"]
    assert practice["stage"] in ("published", "renewing")
    assert written_in != school


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['school']} {row['practice']}")
def test_its_words_name_nobody_and_its_numbers_are_those_of_the_practice(row: dict[str, Any]) -> None:
    assert [find.fragment for find in finds(row["words"])] == []
    assert len(row.get("measured", [])) <= len(PRACTICES[row["practice"]]["results"])


def test_every_outcome_is_there_and_every_rung_follows() -> None:
    forms = {(school, stem): plan.form for school, plan, stem in TAKEN}
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in ROWS:
        told[row["practice"], row["outcome"]].append(forms[row["school"], row["practice"]])
    assert {outcome for _, outcome in told} == set(Outcome.values)
    worked = {stem: found for (stem, outcome), found in told.items() if outcome == Outcome.WORKED}
    assert any(len(found) >= 3 and len(set(found)) > 1 for found in worked.values()), (
        "repeated by three, unlike ones"
    )
    assert any(len(found) == 1 for found in worked.values()), "repeated by another school"
    failed = [found for (_, outcome), found in told.items() if outcome == Outcome.FAILED]
    assert any(len(found) == 2 and len(set(found)) == 1 for found in failed), (
        "two failures in like conditions"
    )
    assert any(len(found) == 1 for found in failed), "a failure alone"
