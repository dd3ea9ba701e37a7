"""The dictionary of the field on cells as schools write them: what is right, and that nothing is wrong in
silence.
"""

import datetime as dt
from collections.abc import Iterator

import pytest

from portal.core import clock
from portal.municipality.reference_start import POSITIONS, SUBJECTS
from portal.staff.cells import understand
from tests.tables.labelled import HERE, KEYS, TODAY, labelled, words_of

TITLES = {"Образование": "edu", "Категория": "cat", "Должность": "pos", "Предметы": "subj"}
FILES = ("cells.tsv", "held_out.tsv", "unseen.tsv", "second_unseen.tsv")


@pytest.fixture(autouse=True)
def on_that_day() -> Iterator[None]:
    with clock.at(dt.datetime.combine(TODAY, dt.time(12), dt.UTC)):
        yield


@pytest.mark.covers("found F7")
@pytest.mark.parametrize("name", FILES)
def test_every_labelled_cell_is_read_as_a_person_reads_it(name: str) -> None:
    wrong = [(row.column, row.cell, row.said, row.expected) for row in labelled(name) if not row.is_right]
    assert wrong == []


@pytest.mark.parametrize("key", sorted(KEYS.values()))
@pytest.mark.parametrize("cell", ["", " ", "?", "«»", "12345678901234567890", "-" * 400, "а" * 400, "=1+1"])
def test_no_cell_stops_the_reading(key: str, cell: str) -> None:
    assert words_of(key, understand(key, cell, TODAY))[0] in "=?"


@pytest.mark.covers("found F6")
def test_no_wrong_proposal_of_the_first_walk_is_made_again() -> None:
    """Neither as what is certain nor as what is proposed."""
    lines = [line.split("\t") for line in (HERE / "wrong_proposals.tsv").read_text().splitlines()]
    rows = [line for line in lines if not line[0].startswith("#")]
    assert len(rows) == 7
    for title, cell, wrong, _ in rows:
        key = KEYS[TITLES[title]]
        bad = understand(key, wrong, TODAY)
        said = understand(key, cell, TODAY)
        assert bad.is_certain
        assert wrong not in said.proposals, cell
        assert not said.is_certain or said.value != bad.value, cell


@pytest.mark.parametrize(("key", "words"), [("position", POSITIONS), ("subjects", SUBJECTS)])
def test_every_word_of_the_lists_is_understood(key: str, words: dict[str, str]) -> None:
    for code, title in words.items():
        for typed in (title, title.upper(), f" {title}\u00a0"):
            value = understand(key, typed, TODAY).value
            assert [post.position for post in value] == [code] if key == "position" else value == [code]
