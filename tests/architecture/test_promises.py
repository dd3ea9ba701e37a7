"""What the code promises is held by tests: every transition, every guard, every printed document, every claimed paragraph."""

import re
from collections.abc import Iterator

import pytest

from portal.core.workflow import ALL, Workflow
from portal.documents.forms import FORMS
from tests import traceability
from tests.database import ROOT
from tests.workflows import (
    test_act_scenarios,
    test_cards_and_needs,
    test_city_scenarios,
    test_meetings,
    test_mentoring_consents,
    test_pairs,
    test_practice_scenarios,
    test_programmes,
    test_staff_scenarios,
)
from tests.workflows.scenarios import Scenario, Table, unproved

TABLES: dict[str, Table] = {
    "campaign": test_city_scenarios.CAMPAIGNS, "local_act": test_act_scenarios.ACTS, "meeting": test_meetings.SCENARIOS,
    "mentor_card": test_cards_and_needs.CARDS, "mentoring_consent": test_mentoring_consents.SCENARIOS, "need": test_cards_and_needs.NEEDS,
    "order": test_act_scenarios.ORDERS, "pair": test_pairs.SCENARIOS, "personal_consent": test_staff_scenarios.CONSENTS,
    "practice": test_practice_scenarios.IN_CITY, "programme": test_programmes.SCENARIOS, "received_form": test_city_scenarios.ANSWERS,
    "review": test_practice_scenarios.SHEETS, "school": test_city_scenarios.SCHOOLS, "school_form": test_city_scenarios.FORMS,
    "school_practice": test_practice_scenarios.IN_SCHOOL, "staff_import": test_staff_scenarios.IMPORTS,
}  # fmt: skip
IN_EXCEL = {"T-12"}
"""Handed out as a table, not in Word."""
PARAGRAPH = re.compile(r"\d\.\d(?: ?(?:ШМО|кур\.))?(?: ?\(\d+\))?")
SAID = re.compile(r"Положени[еяю],? ?(?:п\. ?)?(\d\.\d(?:\(\d+\))?)")


def promise_of(workflow: Workflow, verb: str) -> str:
    """How a transition is named in a mark."""
    code = workflow.code or workflow.name
    shared = [other for other in ALL.values() if (other.code or other.name) == code and other.knows(verb)]
    return f"{code}.{verb} ({workflow.name})" if len(shared) > 1 else f"{code}.{verb}"


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_transition_succeeds_once_and_every_guard_refuses_once(name: str) -> None:
    assert unproved(ALL[name], TABLES[name]) == []


def test_a_missing_proof_is_seen() -> None:
    def nothing(who: object) -> None:
        return None

    half: Table = {"half": Scenario("draft", nothing, (("kira", "register", {}, "number"),))}
    assert "register from draft: done" in unproved(ALL["order"], half)
    assert "register from draft: number" not in unproved(ALL["order"], half)


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_transition_is_marked(name: str) -> None:
    held = traceability.promises()
    wanted = {promise_of(ALL[name], row.verb) for row in ALL[name].transitions}
    assert wanted - set(held) == set()


def test_no_mark_names_a_transition_that_is_not_there() -> None:
    known = {promise_of(workflow, row.verb) for workflow in ALL.values() for row in workflow.transitions}
    machines = next(pattern for title, pattern in traceability.CHAPTERS if title == "State machines")
    assert {mark for mark in traceability.promises() if machines.match(mark)} - known == set()


def test_every_printed_document_is_marked() -> None:
    assert {form.template for form in FORMS} | IN_EXCEL <= set(traceability.promises())


def test_every_claimed_paragraph_is_marked() -> None:
    claimed = {f"seed {paragraph}" for paragraph in claims()}
    assert claimed - set(traceability.promises()) == set()


def claims() -> Iterator[str]:
    """Paragraphs of the Положение that transitions stand on, and those that sentences and docstrings name."""
    for workflow in ALL.values():
        for row in workflow.transitions:
            for part in re.split(r"[;,]", row.seed):
                if PARAGRAPH.fullmatch(part.strip()):
                    yield re.sub(r" ?\(", "(", part.strip()).replace("6.1ШМО", "6.1 ШМО")
    for package in ("portal", "best_practices"):
        for path in (ROOT / package).rglob("*.py"):
            yield from SAID.findall(path.read_text())
