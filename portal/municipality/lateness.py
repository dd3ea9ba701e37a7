"""When a form is late (SM-11b, `late_submitted`): one rule that both contours ask, so that they cannot
disagree.
"""

import datetime as dt
from dataclasses import dataclass

from portal.core import clock


@dataclass(frozen=True)
class Earlier:
    """The revision before: whether it was late, and when the department returned it."""

    late: bool
    returned_at: dt.datetime


def is_late(
    handed_at: dt.datetime, *, due: dt.date, closed_at: dt.datetime | None, earlier: Earlier | None = None
) -> bool:
    """The first revision is in time until the last day of the term and until the campaign is closed.

    The department's remarks make nobody late: what corrects a form that was in time is in time, unless it was
    returned before the closing and comes after it. What corrects a late one is asked anew: the term may have
    been moved beyond it.
    """
    if earlier is not None and not earlier.late:
        return closed_at is not None and earlier.returned_at <= closed_at < handed_at
    return (closed_at is not None and handed_at > closed_at) or clock.local(handed_at).date() > due
