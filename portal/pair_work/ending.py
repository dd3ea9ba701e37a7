"""When the work of a pair comes to its end: whose move that is, so that no programme and no pair is left
running by itself.
"""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from portal.core import clock
from portal.mentoring.models import Pair
from portal.mentoring.states import PairState
from portal.pair_work.models import Programme
from portal.pair_work.states import ActivityMark, ProgrammeState

RESTING = (PairState.SUSPENDED, PairState.REPLACING)
"""A pair that rests, or waits for another mentor, comes to its day all the same."""
NEARLY = 0.9
"""So much of the plan is done when the results may be summed up before the last day."""


def results_are_due(programme: Programme) -> bool:
    """The last day has come, or nearly all deeds are done: the mentor may call for the results."""
    marks = [deed.mark for deed in programme.activities.all()]
    done = sum(mark in (ActivityMark.DONE, ActivityMark.CANCELLED) for mark in marks)
    return programme.ends_on <= clock.today() or (bool(marks) and done >= NEARLY * len(marks))


def is_done(pair: Pair) -> bool:
    """Nothing is left to do but to complete it, of a pair whose programmes are in hand."""
    states = {programme.state for programme in pair.programmes.all()} - {ProgrammeState.CANCELLED}
    return states == {ProgrammeState.COMPLETED}


def is_at_its_end(pair: Pair) -> bool:
    """The same as meeting `at_the_end`."""
    if pair.state in RESTING:
        return pair.planned_to < clock.today()
    return pair.state == PairState.ACTIVE and (pair.planned_to < clock.today() or is_done(pair))


def done() -> Q:
    """For an annotation of pairs, the same as `is_done`: a programme is completed, and none runs any more."""
    texts = Programme.objects.filter(pair=OuterRef("pk"))
    running = Exists(texts.exclude(state__in=(ProgrammeState.COMPLETED, ProgrammeState.CANCELLED)))
    return Q(Exists(texts.filter(state=ProgrammeState.COMPLETED))) & ~Q(running)


def at_the_end(day: dt.date) -> Q:
    """Working pairs with nothing left to do but to be completed, and those whose last day is over: a
    condition on pairs annotated with `is_done`.
    """
    working = Q(state=PairState.ACTIVE) & (Q(is_done=True) | Q(planned_to__lt=day))
    return working | Q(state__in=RESTING, planned_to__lt=day)
