"""What the code promises is held by tests: every transition, every guard, every printed document, every
paragraph called done.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from portal.core.workflow import ALL, Workflow
from portal.documents.forms import FORMS
from portal.municipality.indicators import INDICATORS
from tests import paragraphs, traceability
from tests.database import ROOT
from tests.workflows import (
    test_act_scenarios,
    test_cards_and_needs,
    test_certificate_scenarios,
    test_city_practice_scenarios,
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
    "campaign": test_city_scenarios.CAMPAIGNS,
    "certificate": test_certificate_scenarios.CERTIFICATES,
    "local_act": test_act_scenarios.ACTS,
    "meeting": test_meetings.SCENARIOS,
    "mentor_card": test_cards_and_needs.CARDS,
    "mentoring_consent": test_mentoring_consents.SCENARIOS,
    "need": test_cards_and_needs.NEEDS,
    "order": test_act_scenarios.ORDERS,
    "pair": test_pairs.SCENARIOS,
    "personal_consent": test_staff_scenarios.CONSENTS,
    "practice": test_city_practice_scenarios.IN_CITY,
    "programme": test_programmes.SCENARIOS,
    "received_form": test_city_scenarios.ANSWERS,
    "review": test_city_practice_scenarios.SHEETS,
    "school": test_city_scenarios.SCHOOLS,
    "school_form": test_city_scenarios.FORMS,
    "school_practice": test_practice_scenarios.IN_SCHOOL,
    "staff_import": test_staff_scenarios.IMPORTS,
}
IN_EXCEL = {"T-12"}
"""Handed out as a table, not in Word."""
SAID = re.compile(r"Положени[еяю](?: \(?п\.)?,? ?(?:п\. ?)?(\d\.\d(?:,? (?:ШМО|кур\.))?(?: ?\(\d+\))*)(?!\d)")
SAID_AFTER = re.compile(r"пункт[аеу]? (\d\.\d(?: ?(?:ШМО|кур\.))?(?: ?\(\d+\))*) Положения")
WORDS_OF_SENTENCES = {".py", ".html", ".json"}


def promise_of(workflow: Workflow[Any], verb: str) -> str:
    """How a transition is named in a mark."""
    code = workflow.code or workflow.name
    shared = [other for other in ALL.values() if (other.code or other.name) == code and other.knows(verb)]
    return f"{code}.{verb} ({workflow.name})" if len(shared) > 1 else f"{code}.{verb}"


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_transition_succeeds_once_and_every_guard_refuses_once(name: str) -> None:
    assert name in TABLES, (
        f"give TABLES of this file the scenarios of «{name}»: a Table of tests/workflows, walked there"
    )
    missing = unproved(ALL[name], TABLES[name])
    assert not missing, f"a step for each of these in the table of «{name}» in tests/workflows/: {missing}"


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
    missing = sorted(wanted - set(held))
    assert not missing, f"@pytest.mark.covers on the test that walks them: {missing}"


def test_no_mark_names_a_transition_that_is_not_there() -> None:
    known = {promise_of(workflow, row.verb) for workflow in ALL.values() for row in workflow.transitions}
    machines = next(pattern for title, pattern in traceability.CHAPTERS if title == "State machines")
    strange = sorted({mark for mark in traceability.promises() if machines.match(mark)} - known)
    assert not strange, f"no workflow has such a transition any more: take the marks away: {strange}"


def test_every_printed_document_is_marked() -> None:
    missing = sorted(({form.template for form in FORMS} | IN_EXCEL) - set(traceability.promises()))
    assert not missing, f"@pytest.mark.covers on the test that signs or reads it: {missing}"


def test_the_table_of_paragraphs_tells_of_each_paragraph_once() -> None:
    assert Counter(paragraphs.told()) == Counter(paragraphs.known())


@pytest.mark.covers("found B11")
def test_a_paragraph_is_marked_exactly_when_the_table_calls_it_done() -> None:
    """So neither a number that is not in the text, nor one that waits for another issue can be claimed; and
    what is done has its test.
    """
    marked = {
        promise.removeprefix("seed ") for promise in traceability.promises() if promise.startswith("seed ")
    }
    assert marked - paragraphs.known() == set(), "no such paragraph in the text"
    assert {paragraph: why for paragraph, why in paragraphs.later().items() if paragraph in marked} == {}, (
        "the table says that it waits"
    )
    assert marked == paragraphs.done()


@pytest.mark.covers("found B11")
def test_whatever_names_a_paragraph_names_one_of_the_text() -> None:
    """Bases of transitions, of indicators, and sentences."""
    strange = [
        (where, written)
        for where, written in bases()
        if written not in paragraphs.LAWS and paragraphs.id_of(written) not in paragraphs.known()
    ]
    assert strange == []


def test_people_write_the_ids_in_their_own_way() -> None:
    written = {
        "6.1 ШМО (4)": "6.1.shmo.4",
        "6.1 кур.(1)": "6.1.cur.1",
        "6.1, ШМО (3)": "6.1.shmo.3",
        "4.2 (8)": "4.2.8",
        "6": "6",
        "8.1(5)": "8.1.5",
    }
    assert {key: paragraphs.id_of(key) for key in written} == written
    assert paragraphs.id_of("6.3") == "6.3"
    assert "6.3" not in paragraphs.known()


def bases() -> Iterator[tuple[str, str]]:
    """(where, what is written there): everything that the code says to stand on."""
    for workflow in ALL.values():
        for row in workflow.transitions:
            yield from (
                (f"{workflow.name}.{row.verb}", part.strip())
                for part in re.split("[;,]", row.seed)
                if part.strip()
            )
    for indicator in INDICATORS.values():
        yield from ((indicator.code, part.strip()) for part in re.split("[,–]", indicator.seed))
    for package in ("portal", "best_practices"):
        for path in (ROOT / package).rglob("*.*"):
            if path.suffix in WORDS_OF_SENTENCES:
                text = path.read_text(encoding="utf-8")
                yield from (
                    (str(path.relative_to(ROOT)), written)
                    for written in (*SAID.findall(text), *SAID_AFTER.findall(text))
                )
