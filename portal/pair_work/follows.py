"""What becomes of programmes and meetings when their pair, in the room below, makes a step; and the next step
of a programme, which it makes by itself.
"""

from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.workflow import Move, On
from portal.mentoring.models import Pair
from portal.mentoring.states import PairState
from portal.mentoring.workflow import PAIR
from portal.pair_work.adopted import ADOPTED
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.services.programmes import copy_programme
from portal.pair_work.states import MeetingState, ProgrammeState
from portal.pair_work.workflow import MEETING, PROGRAMME
from portal.pair_work.workflow.programme_guards import confirmed_by_all, onward

DONE = (ProgrammeState.COMPLETED, ProgrammeState.CANCELLED)
ENDS = ("withdraw", "decline", "terminate", "hand_on", "stop_replacing", "end_by_dismissal", "end_suspension")
"""Steps after which the pair works no more, or will never work, with its programme not carried out: a text
may be written while the order is awaited, and a meeting planned before its registration is taken back.
"""


def _system(move: Move[Any]) -> Actor:
    """What follows by itself is done by the portal, in the same school."""
    return Actor.system(school=move.by.school, via="workflow")


def _why(pair: Pair) -> str:
    return "Пара не сложилась." if pair.state == PairState.DECLINED else "Пара прекращена."


def cancel_programmes(pair: Pair, move: Move[Any]) -> None:
    for programme in Programme.objects.filter(pair=pair).exclude(state__in=DONE):
        PROGRAMME.move(programme, "cancel", by=_system(move), comment=_why(pair))


def cancel_meetings(pair: Pair, move: Move[Any]) -> None:
    ahead = Meeting.objects.filter(pair=pair, state=MeetingState.PLANNED, planned_at__gt=clock.now())
    for meeting in ahead:
        MEETING.move(meeting, "cancel", by=_system(move))


def take_over(pair: Pair, move: Move[Any]) -> None:
    if pair.predecessor is not None:
        copy_programme(pair.predecessor, pair, by=move.by)


def pass_on_if_agreed(programme: Programme, move: Move[Any]) -> None:
    if confirmed_by_all(programme, move.by):
        PROGRAMME.move(programme, onward(programme), by=_system(move))


def start_if_due(programme: Programme, move: Move[Any]) -> None:
    if programme.starts_on <= clock.today():
        PROGRAMME.move(programme, "start", by=_system(move))


NO_MORE = "Чего в назначенный день уже не будет, о том не напоминают и не спрашивают."
ALL_AGREED = "Согласились все, кто работает: программа идёт к следующему читателю."
FOLLOWS: tuple[On[Any], ...] = (
    *ADOPTED,
    *(On(PROGRAMME, verb, pass_on_if_agreed, why=ALL_AGREED) for verb in ("confirm", "enter_agreement")),
    On(PROGRAMME, "approve", start_if_due, why="Первый день срока уже наступил."),
    On(PAIR, "activate", take_over, why="Новый наставник начинает с текста прежней программы."),
    *(On(PAIR, verb, cancel_programmes, why="Программа заканчивается вместе с парой.") for verb in ENDS),
    *(On(PAIR, verb, cancel_meetings, why=NO_MORE) for verb in (*ENDS, "complete")),
)
