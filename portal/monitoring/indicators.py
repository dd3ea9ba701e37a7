"""How the school computes each indicator of the catalogue (`municipality.indicators`, domain.md §7.5).

One row each: the code, and the formula over figures that mentoring, staff and practices count themselves. A
figure that cannot be counted is None («нет данных»), never 0. All of them are asked for one day.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from portal.mentoring.selectors.figures import coverage
from portal.municipality.indicators import FORMS_OF_MENTORING, Figures
from portal.school_practices.selectors import bank_counts

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
COUNTED_AS = {
    "employees": "workers",
    "young_teachers": "young_total",
    "active_pairs": "active_pairs",
    "school_practices": "in_school_bank",
}
"""Each number that may flow by itself (`municipality.indicators.COUNTERS`), and the figure it is: the same
that forms and the home page show.
"""


def sources(on: dt.date | None = None) -> Sources:
    """What the rooms below have counted for the day, once for all indicators, by the city's terms."""
    return {**bank_counts(), **coverage(on, by_city=True)}


def counted(codes: list[str]) -> dict[str, Figures]:
    """Figures of the asked indicators, as the portal counts them now."""
    found = sources()
    return {code: FORMULAS[code](found) for code in codes if code in FORMULAS}


def counters_now() -> dict[str, int | None]:
    """All numbers that may flow by themselves; which of them do is agreed (decisions.md)."""
    found = sources()
    return {counter: found.get(figure) for counter, figure in COUNTED_AS.items()}
