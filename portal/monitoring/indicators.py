"""How the school computes each indicator of the catalogue (`municipality.indicators`, domain.md §7.5).

One row each: the code, and the formula over figures that mentoring and practices count themselves. A figure that cannot be
counted is None («нет данных»), never 0.
"""

from collections.abc import Callable, Mapping
from typing import Any

from portal.mentoring.selectors.figures import coverage
from portal.municipality.indicators import FORMS_OF_MENTORING, Figures
from portal.school_practices.selectors import bank_counts
from portal.staff.selectors import working_employees

Sources = Mapping[str, Any]


def _taken(*keys: str) -> Callable[[Sources], Figures]:
    """A formula that takes figures as they were counted."""
    return lambda found: {key: found.get(key) for key in keys}


def _pairs_by_form(found: Sources) -> Figures:
    by_form = found.get("pairs_by_form")
    return {key: None if by_form is None else int(by_form.get(key, 0)) for key, _ in FORMS_OF_MENTORING}


FORMULAS: dict[str, Callable[[Sources], Figures]] = {
    "A01": _taken("young_covered", "young_total"),
    "A02": _taken("involved", "workers"),
    "A05": _pairs_by_form,
    "R04": _taken("in_school_bank", "published"),
}


def sources() -> Sources:
    """What the rooms below have counted, once for all indicators."""
    return {**bank_counts(), **coverage()}


def counted(codes: list[str]) -> dict[str, Figures]:
    """Figures of the asked indicators, as the portal counts them now."""
    found = sources()
    return {code: FORMULAS[code](found) for code in codes if code in FORMULAS}


def counters_now() -> dict[str, int | None]:
    """All numbers that may flow by themselves; which of them do is agreed (decisions.md)."""
    found = sources()
    return {"employees": working_employees().count(), "young_teachers": found.get("young_total"), "active_pairs": found.get("active_pairs"),
            "school_practices": found.get("in_school_bank")}  # fmt: skip
