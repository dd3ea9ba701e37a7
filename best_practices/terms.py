"""The two terms of an expert, in working days: to answer the invitation and to hand in the sheet; which
reminder is due; and the days that authors are told of the steps of others and of their own.

How long they are is said by the city (`EXPERT_ANSWER_WORKDAYS`, `EXPERT_SHEET_WORKDAYS`; `PRACTICE_…`).
"""

import datetime as dt
from enum import StrEnum

from django.conf import settings

from portal.core import clock


def answer_until() -> dt.date:
    """The last day to answer an invitation that is sent today."""
    return clock.working_days_after(clock.today(), settings.EXPERT_ANSWER_WORKDAYS)


def sheet_until() -> dt.date:
    """The last day for the sheet of an expert who agrees today."""
    return clock.working_days_after(clock.today(), settings.EXPERT_SHEET_WORKDAYS)


def check_until() -> dt.date:
    """By when the methodist looks at a practice that comes or wants experts today."""
    return clock.working_days_after(clock.today(), settings.PRACTICE_CHECK_WORKDAYS)


def decision_until() -> dt.date:
    """By when it is decided about, or published, what is ready for it today."""
    return clock.working_days_after(clock.today(), settings.PRACTICE_DECISION_WORKDAYS)


def mend_until() -> dt.date:
    """By when a practice that is returned today is waited for; later it is taken, too."""
    return clock.working_days_after(clock.today(), settings.PRACTICE_MEND_WORKDAYS)


class Mark(StrEnum):
    """What is told once of one term; a new term begins them anew."""

    ANSWER = "answer"
    SOON = "soon"
    TODAY = "today"
    LATE = "late"
    REPLACE = "replace"
    NOBODY = "nobody"


OF_SHEET = ((Mark.SOON, -3), (Mark.TODAY, 0), (Mark.LATE, 2))
"""Reminders to the expert: so many working days after the term of the sheet."""
REPLACE_AFTER = 2 + 1
"""Working days after the term of the sheet, when the methodist is told whom to ask instead."""


def day_of(term: dt.date, count: int) -> dt.date:
    """The day so many working days after the term, or before it."""
    return clock.working_days_after(term, count) if count >= 0 else clock.working_days_before(term, -count)


def due_marks(term: dt.date, today: dt.date) -> list[Mark]:
    """Which reminders of the sheet have come due by today, the latest last."""
    return [mark for mark, count in OF_SHEET if day_of(term, count) <= today]


def is_to_replace(term: dt.date, today: dt.date) -> bool:
    """The sheet is so late that another is proposed."""
    return day_of(term, REPLACE_AFTER) <= today
