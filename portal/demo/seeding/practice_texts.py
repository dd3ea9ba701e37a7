"""What stands in `content/` of practices: their texts, where each is today, and what was written of it."""

import tomllib
from typing import Any

from best_practices.states import CRITERIA, NEEDED
from portal.demo.seeding.city import CONTENT, content

STAGES = {
    "p02_reverse_board": "renewing",
    "p05_two_labs": "municipal_review",
    "p09_third_in_pair": "recommended",
    "p10_parents_rehearsal": "school_bank",
    "p11_director_deputy": "municipal_review",
}
"""Where the first long practices stand which are not simply in the bank; the others say it themselves."""
NOT_IN_TEXT = ("stem", "school", "authors", "stage", "return_comment", "review")
"""What a practice of the demo says besides its text: where it stands, and what was written of it."""


def read_practices() -> list[dict[str, Any]]:
    """All practices of the demo with their stages, the long ones first."""
    long = [
        tomllib.loads(path.read_text()) | {"stem": path.stem}
        for path in sorted((CONTENT / "practices").glob("*.toml"))
    ]
    short: list[dict[str, Any]] = content("short_practices")["practice"]
    return [{"stage": STAGES.get(row["stem"], "published"), **row} for row in long] + short


def sheets_of(stem: str) -> list[dict[str, Any]]:
    """What the experts wrote of this very practice, as it is written."""
    return [_sheet(row, row["recommendation"]) for row in _written_of(stem)]


def school_sheet(stem: str, number: int) -> dict[str, Any]:
    """What the school's own reviewer writes of a practice that is taken into its bank: each school in words of its own."""
    rows = content("school_reviews")["full" if stem.startswith("p") else "plain"]
    return _sheet(rows[number % len(rows)], "publish")


def voices_of(stem: str) -> list[str]:
    """«f» or «m» where the words of a sheet betray who wrote it, for each of the two whom the city asks."""
    return [*(row.get("voice", "") for row in _written_of(stem)), "", ""][:NEEDED]


def _sheet(row: dict[str, Any], recommendation: str) -> dict[str, Any]:
    scores = {code: row[code] for code in CRITERIA}
    return {"scores": scores, "comment": row["comment"], "recommendation": recommendation}


def _written_of(stem: str) -> list[dict[str, Any]]:
    """Sheets stand beside their practice, and those of the first ones in a file of their own."""
    own = CONTENT / "practices" / f"{stem}.toml"
    beside = tomllib.loads(own.read_text()).get("review", []) if own.exists() else []
    rest = content("mentoring")["review"] + content("short_practices")["review"]
    return [*beside, *(row for row in rest if row["practice"] == stem)]


LATE = {
    "draft": 3,
    "school_review": 4,
    "returned_school": 7,
    "rejected_school": 8,
    "school_bank": 6,
    "formal_check": 13,
    "recalled": 17,
    "submitted_municipal": 10,
    "municipal_review": 16,
    "returned_municipal": 18,
    "arbitration": 18,
}
"""How many working days ago a practice was begun that is still on its way."""
