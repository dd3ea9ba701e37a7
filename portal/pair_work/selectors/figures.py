"""Figures of what pairs do, each ONE function, asked for a day: programmes, deeds, meetings. Which pairs work
on a day is said below (`mentoring.selectors.figures`).
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from portal.core import clock
from portal.mentoring.models import Pair
from portal.mentoring.selectors.figures import working_pairs
from portal.municipality.indicators import Parts, Share, shares
from portal.pair_work.models import Meeting, Programme, ProgrammeActivity, ProgrammeStage
from portal.pair_work.states import ActivityMark, MeetingState, ProgrammeState

HELD = (MeetingState.HELD_UNCONFIRMED, MeetingState.CONFIRMED, MeetingState.DISPUTED)
"""Meetings that somebody has recorded."""
MEANT = (*HELD, MeetingState.PLANNED, MeetingState.MISSED)
AGREED = (
    ProgrammeState.APPROVED,
    ProgrammeState.IN_PROGRESS,
    ProgrammeState.CORRECTION,
    ProgrammeState.FINAL_REVIEW,
    ProgrammeState.COMPLETED,
)


RUNNING = (ProgrammeState.IN_PROGRESS, ProgrammeState.CORRECTION, ProgrammeState.FINAL_REVIEW)
"""A programme that its pair carries out, whatever is settled of it meanwhile."""


def running_programmes(on: dt.date | None = None) -> QuerySet[Programme]:
    """Programmes that were carried out on the day."""
    if on is None or on >= clock.today():
        return Programme.objects.filter(state__in=RUNNING)
    return Programme.objects.alias(state_then=ProgrammeStage.state_on(on)).filter(state_then__in=RUNNING)


def pairs_with_programme(on: dt.date | None = None) -> Share:
    """Pairs and groups with a programme that was approved, of those that work on the day."""
    return shares(parts_of_programmes(on))[0]


def parts_of_programmes(on: dt.date | None = None) -> Parts:
    """The same as rows."""
    agreed = _agreed(on).filter(pair=OuterRef("pk"))
    return working_pairs(on).filter(Exists(agreed)), working_pairs(on)


def _agreed(on: dt.date | None) -> QuerySet[Programme]:
    """Programmes that were approved by the day; of one whose states were not kept then, its day of approval
    tells.
    """
    if on is None or on >= clock.today():
        return Programme.objects.filter(state__in=AGREED)
    by_its_day = Q(state_then=None, state__in=AGREED, approved_on__lte=on)
    then = Programme.objects.alias(state_then=ProgrammeStage.state_on(on))
    return then.filter(Q(state_then__in=AGREED) | by_its_day)


def meetings_of_month(on: dt.date | None = None, pair: Pair | None = None) -> Share:
    """Meetings of the day's month that somebody recorded, of those that were meant to be (moved and cancelled
    ones were not); of one pair or of all.
    """
    return shares(parts_of_month(on, pair))[0]


def parts_of_month(on: dt.date | None = None, pair: Pair | None = None) -> Parts:
    """The same as rows."""
    day = on or clock.today()
    rows = Meeting.objects.filter(planned_at__year=day.year, planned_at__month=day.month, state__in=MEANT)
    rows = rows if pair is None else rows.filter(pair=pair)
    return rows.filter(state__in=HELD), rows


def held_among(meetings: Iterable[Meeting]) -> Share:
    """The same of meetings that are in hand: recorded, of those that were meant to be."""
    states = [meeting.state for meeting in meetings if meeting.state in MEANT]
    return Share(sum(state in HELD for state in states), len(states))


def wanted_deeds(deeds: Iterable[ProgrammeActivity]) -> list[ProgrammeActivity]:
    """Deeds that are still wanted."""
    return [deed for deed in deeds if deed.mark != ActivityMark.CANCELLED]


def done_among(deeds: Iterable[ProgrammeActivity]) -> Share:
    """The same of deeds that are in hand: done, of those that are still wanted."""
    marks = [deed.mark for deed in wanted_deeds(deeds)]
    return Share(sum(mark == ActivityMark.DONE for mark in marks), len(marks))


def last_days_of_programmes(first: dt.date, last: dt.date) -> QuerySet[Any, tuple[dt.date, int]]:
    """How many programmes that are carried out end on each day of the period: (day, how many)."""
    rows = Programme.objects.filter(state=ProgrammeState.IN_PROGRESS, ends_on__range=(first, last)).order_by()
    return rows.values_list("ends_on").annotate(Count("pk"))
