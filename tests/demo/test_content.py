"""The written content of the demo city keeps its promises: length, variety, field limits (issue 3, domain.md
§3.3).
"""

from __future__ import annotations

import re
import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from portal.mentor_bank import difficulties
from portal.municipality.reference_start import SUBJECTS

CONTENT = Path(__file__).resolve().parents[2] / "portal" / "demo" / "content"
PRACTICE_FILES = sorted((CONTENT / "practices").glob("*.toml"))
LONG_FIELDS = (
    "problem",
    "goal",
    "novelty",
    "resources",
    "qualitative",
    "risks_and_limits",
    "replication_conditions",
)
NOMINATIONS = {f"N{n}" for n in range(1, 9)}
FORMS = {"teacher_teacher", "head_teacher", "employer_student"}
KINDS = {"virtual", "group", "short_goal", "reverse", "situational", "speed", "traditional"}
ACTIVITY_BLOCKS = {"adaptation", "subject", "method", "upbringing", "psych", "ict", "docs", "growth"}
WORK_FORMS = {
    "consultation",
    "lesson_visit",
    "mutual_visit",
    "master_class",
    "joint_project",
    "training",
    "self_study",
    "contest_prep",
    "publication",
    "vcs",
}


def load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


PRACTICES = {path.stem: load(path) for path in PRACTICE_FILES}
MENTORING = load(CONTENT / "mentoring.toml")
PEOPLE = load(CONTENT / "people.toml")
SCHOOLS = load(CONTENT / "schools.toml")["school"]


def own_words(practice: dict[str, Any]) -> list[str]:
    parts = [practice[field] for field in LONG_FIELDS] + list(practice["tasks"])
    parts += [f"{step['step']} {step['content']}" for step in practice["steps"]]
    parts += [row["indicator"] for row in practice["results"]]
    return re.findall(r"[а-яёa-z0-9]+", " ".join(parts).lower())


def shingles(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def test_there_are_twelve_practices_over_every_nomination() -> None:
    assert len(PRACTICES) == 12
    assert {p["nomination"] for p in PRACTICES.values()} == NOMINATIONS
    assert {p["form"] for p in PRACTICES.values()} == FORMS
    assert {kind for p in PRACTICES.values() for kind in p["kinds"]} == KINDS


@pytest.mark.parametrize("name", PRACTICES)
def test_a_practice_is_worth_reading_and_fits_its_fields(name: str) -> None:
    practice = PRACTICES[name]
    assert len(own_words(practice)) >= 700
    assert len(practice["title"]) <= 150
    assert len(practice["annotation"]) <= 500
    assert practice["nomination"] in NOMINATIONS
    assert practice["form"] in FORMS
    assert set(practice["kinds"]) <= KINDS
    for field in ("problem", "goal", "novelty"):
        assert 100 <= len(practice[field]) <= 5000, field
    assert len(practice["steps"]) >= 3
    assert practice["results"]
    assert all(set(step) == {"step", "content", "tool", "duration"} for step in practice["steps"])
    assert all(set(row) == {"indicator", "unit", "before", "after", "period"} for row in practice["results"])
    assert 5 <= len(practice["keywords"]) <= 8
    assert 1 <= practice["authors"] <= 5
    assert set(practice["subjects"]) <= set(SUBJECTS.values())
    assert practice["school"] in {school["number"] for school in SCHOOLS}


@pytest.mark.parametrize(("one", "other"), list(combinations(PRACTICES, 2)))
def test_no_two_practices_share_phrases(one: str, other: str) -> None:
    left, right = shingles(own_words(PRACTICES[one])), shingles(own_words(PRACTICES[other]))
    assert len(left & right) <= 0.1 * min(len(left), len(right))


def test_words_of_mentoring_are_inflected_across_the_bank() -> None:
    text = " ".join(
        " ".join([p["annotation"], *(p[f] for f in LONG_FIELDS)]) for p in PRACTICES.values()
    ).lower()
    assert len(set(re.findall(r"наставничеств\w+", text))) >= 2
    assert len(set(re.findall(r"молод\w+ педагог\w*", text))) >= 3


def inn_is_valid(inn: str) -> bool:
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    return len(inn) == 10 and sum(w * int(d) for w, d in zip(weights, inn, strict=False)) % 11 % 10 == int(
        inn[9]
    )


def ogrn_is_valid(ogrn: str) -> bool:
    return len(ogrn) == 13 and int(ogrn[:12]) % 11 % 10 == int(ogrn[12])


def test_twelve_schools_with_true_checksums() -> None:
    assert len(SCHOOLS) == 12 == len({s["inn"] for s in SCHOOLS}) == len({s["code"] for s in SCHOOLS})
    assert {5, 7, 9, 12} <= {s["number"] for s in SCHOOLS}
    assert all(inn_is_valid(s["inn"]) and ogrn_is_valid(s["ogrn"]) for s in SCHOOLS)
    assert all(s["email"].endswith(".example") for s in SCHOOLS)
    assert 340 <= sum(s["staff"] for s in SCHOOLS) <= 380


def test_pools_of_people_are_large_and_paired() -> None:
    surnames = PEOPLE["surnames"]
    assert len(surnames) >= 120
    assert len({s[0] for s in surnames}) == len(surnames)
    for pool in ("male_names", "female_names"):
        assert len(set(PEOPLE[pool])) >= 40
    assert len(PEOPLE["patronymics"]) >= 40
    assert all(len(pair) == 2 for pair in PEOPLE["patronymics"])
    assert sum(row["count"] for row in PEOPLE["staff_of_30"]) == 30


def test_texts_of_mentoring_are_many_and_fit_their_fields() -> None:
    assert len(MENTORING["need"]) >= 20
    assert len(MENTORING["programme"]) >= 12
    assert len(MENTORING["meeting"]) >= 60
    assert all(
        set(need["items"]) <= set(difficulties.ITEMS) and set(need["subjects"]) <= set(SUBJECTS)
        for need in MENTORING["need"]
    )
    for programme in MENTORING["programme"]:
        for field in ("problem", "goal", "tasks", "expected"):
            assert 30 <= len(programme[field]) <= 5000
        assert len(programme["goals"]) == len(programme["items"]) >= 1
        assert set(programme["items"]) <= set(difficulties.ITEMS)
        assert len(programme["activities"]) >= 8
        for activity in programme["activities"]:
            assert activity["block"] in ACTIVITY_BLOCKS
            assert activity["form"] in WORK_FORMS
    topics = [meeting["topic"] for meeting in MENTORING["meeting"]]
    assert len(set(topics)) == len(topics)
    assert max(map(len, topics)) <= 200
    assert all(len(m["content"] + m["advice"]) >= 40 for m in MENTORING["meeting"])


def test_every_practice_has_two_experts_who_read_it() -> None:
    reviews = MENTORING["review"]
    for name in PRACTICES:
        assert sum(review["practice"] == name for review in reviews) >= 2, name
    for review in reviews:
        assert len(review["comment"]) >= 200
        assert all(1 <= review[c] <= 10 for c in ("c1", "c2", "c3", "c4", "c5"))
    assert len({r["comment"] for r in reviews}) == len(reviews)
