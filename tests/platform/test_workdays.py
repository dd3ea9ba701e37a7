"""Working days by the production calendar: what the law counts a notice in."""

import datetime as dt

import pytest

from portal.core import clock, workdays

D = dt.date
DAYS_OFF = [
    (D(2026, 11, 4), "a holiday"),
    (D(2026, 11, 28), "a Saturday"),
    (D(2026, 3, 9), "after 8 March on a Sunday"),
    (D(2026, 5, 11), "after 9 May on a Saturday"),
    (D(2026, 1, 9), "moved by the decree"),
    (D(2026, 12, 31), "moved by the decree"),
    (D(2027, 6, 14), "after 12 June on a Saturday"),
]
WORKING = [D(2026, 5, 12), D(2026, 1, 12), D(2026, 2, 24), D(2026, 3, 10), D(2026, 12, 30), D(2027, 1, 11)]


@pytest.mark.parametrize(("day", "why"), DAYS_OFF, ids=[why for _, why in DAYS_OFF])
def test_a_day_off(day: dt.date, why: str) -> None:
    assert not workdays.is_working(day)


@pytest.mark.parametrize("day", WORKING, ids=str)
def test_a_working_day(day: dt.date) -> None:
    assert workdays.is_working(day)


@pytest.mark.parametrize(
    ("told", "ends"),
    [
        (D(2026, 11, 23), D(2026, 11, 26)),
        (D(2026, 11, 27), D(2026, 12, 2)),
        (D(2026, 5, 7), D(2026, 5, 13)),
        (D(2026, 12, 29), D(2027, 1, 12)),
    ],
    ids=["inside a week", "over a weekend", "over a moved holiday", "over the new year"],
)
def test_three_working_days(told: dt.date, ends: dt.date) -> None:
    assert clock.working_days_after(told, 3) == ends


def test_a_saturday_made_working_by_a_decree(monkeypatch: pytest.MonkeyPatch) -> None:
    moved = workdays.Moved(on=frozenset({D(2026, 11, 28)}))
    monkeypatch.setattr(workdays, "FIRST_KNOWN", {2026: moved})
    assert workdays.after(D(2026, 11, 27), 1) == D(2026, 11, 28)
