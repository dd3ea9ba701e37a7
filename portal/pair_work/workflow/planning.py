"""On which day a pair may meet, and the row of a meeting that is agreed upon."""

import datetime as dt
from typing import Any

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Invalid
from portal.mentor_bank.states import MentoringKind
from portal.mentoring.models import Pair
from portal.mentoring.states import PairState
from portal.pair_work.models import Meeting
from portal.pair_work.states import MeetingState

MEETABLE = (PairState.ACTIVE, PairState.TERMINATION_NOTICE)
NOT_HELD = (MeetingState.MOVED, MeetingState.CANCELLED, MeetingState.MISSED)
NOT_MEETING = "Пара сейчас не действует: встречи не планируют."
ONE_MEETING = "Скоростное наставничество — это одна встреча (Положение, 5.4), и она уже есть."


def meets_already(pair: Pair, instead: Meeting | None = None) -> bool:
    """A speedy pair has the one meeting that it may have, beside the one that is moved."""
    if MentoringKind.SPEED not in pair.kinds:
        return False
    others = Meeting.objects.filter(pair=pair).exclude(state__in=NOT_HELD)
    return (others.exclude(pk=instead.pk) if instead else others).exists()


def is_within(pair: Pair, at: dt.datetime) -> bool:
    """On a day when the pair is assigned: from its order to the end of its period."""
    return pair.begins_on <= clock.local(at).date() <= pair.planned_to


def refuse_day(pair: Pair, at: dt.datetime, *, field: str) -> None:
    """Raises Invalid for a day outside the pair's period."""
    if not is_within(pair, at):
        span = f"с {pair.begins_on:%d.%m.%Y} по {pair.planned_to:%d.%m.%Y}"
        raise Invalid("planned_at", f"Пара закреплена {span}. Выберите день внутри этого срока.", field)


def write_down(pair: Pair, by: Actor, **plan: Any) -> Meeting:
    """The row of a planned meeting, with its line in the journal."""
    meeting = Meeting.objects.create(pair=pair, created_by=by.user, **plan)
    audit.record(by, "planned", meeting)
    return meeting
