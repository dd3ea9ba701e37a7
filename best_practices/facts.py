"""What of a practice and its adoptions is weighed and what is published: from rows to plain facts."""

import re
from collections.abc import Sequence
from typing import Any

from best_practices.evidence import Facts, Measured, Repeat
from best_practices.models import BankAdoption, BankPractice
from best_practices.states import Form

_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


def number_in(text: str) -> float | None:
    """The first number of what was written: «40 %», «в среднем 12,5»."""
    found = _NUMBER.search(text.replace("\xa0", " "))
    return float(found[0].replace(",", ".")) if found else None


def facts_of(card: BankPractice, rows: Sequence[BankAdoption]) -> Facts:
    """What its experts, its author and other schools have said of a card that stands in the bank."""
    mean = card.signs.get("mean")
    return Facts(
        mean=float(mean) if mean is not None else None,
        measured=tuple(_ways(card)),
        timing=card.text.timing,
        repeats=repeats_of(card, rows),
    )


def _ways(card: BankPractice) -> dict[str, bool | None]:
    """Each indicator that the author has measured before and after: whether more is better."""
    found: dict[str, bool | None] = {}
    for row in card.text.results:
        before, after = number_in(row.before), number_in(row.after)
        if before is not None and after is not None:
            found[row.indicator] = after > before if after != before else None
    return found


def repeats_of(card: BankPractice, rows: Sequence[BankAdoption]) -> tuple[Repeat, ...]:
    """What was told, one by one."""
    ways = _ways(card)
    return tuple(
        Repeat(
            school=row.school.uuid,
            conditions=row.conditions,
            outcome=row.outcome,
            hours=row.hours,
            measured=tuple(_measured(one, ways.get(one["indicator"])) for one in row.measured),
        )
        for row in rows
        if row.outcome
    )


def _measured(one: dict[str, Any], more_is_better: bool | None) -> Measured:
    before, after = number_in(one["before"]), number_in(one["after"])
    if more_is_better is None or before is None or after is None:
        return Measured(one["indicator"], None)
    return Measured(one["indicator"], after > before if more_is_better else after < before)


def published_words(rows: Sequence[BankAdoption]) -> list[dict[str, Any]]:
    """What the card tells of each adoption that was told of, the newest first; a school is named where it has
    agreed.
    """
    told = sorted((row for row in rows if row.outcome and row.told_on), key=lambda row: str(row.told_on))
    return [
        {
            "school": row.school.short_name if row.names_school else "",
            "outcome": row.outcome,
            "revision": row.revision,
            "year": row.told_on.year if row.told_on else None,
            "form": Form(row.form).label if row.form in Form.values else "",
            "words": row.words,
            "measured": row.measured,
        }
        for row in reversed(told)
    ]
