"""The written content of the demo city keeps its promises: length, variety, field limits (issue 3, domain.md
§3.3).
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

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
