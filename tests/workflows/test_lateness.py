"""When a form is late."""

import datetime as dt

import pytest

from portal.core import clock
from portal.municipality.lateness import Earlier, is_late

DAY = dt.timedelta(days=1)
LATENESS = [
    # handed (days from the term), closed (days from the term, None: not), the revision before: (late,
    # returned), → late
    (0, None, None, False), (1, None, None, True), (-3, -4, None, True), (-5, -4, None, False),
    (2, None, (False, -1), False), (2, None, (True, -1), True), (2, 1, (False, -1), True),
    (3, 1, (False, 2), False), (3, 1, (True, 2), True),
    (-1, None, (True, -2), False), (-1, -2, (True, -3), True),
    (-4, -4, None, False), (2, 2, (False, -1), False), (3, 1, (False, 1), True),
    (1, 2, None, True), (-1, 1, (False, -2), False), (-1, -2, (False, -3), True),
]  # fmt: skip


@pytest.mark.covers("found B6")
@pytest.mark.parametrize(("handed", "closed", "earlier", "late"), LATENESS)
def test_when_a_form_is_late(
    handed: int, closed: int | None, earlier: tuple[bool, int] | None, late: bool
) -> None:
    noon = clock.now().replace(hour=9, minute=0)
    due = clock.local(noon).date()
    before = Earlier(earlier[0], noon + earlier[1] * DAY) if earlier else None
    assert (
        is_late(
            noon + handed * DAY,
            due=due,
            closed_at=None if closed is None else noon + closed * DAY,
            earlier=before,
        )
        is late
    )
