"""SM-5: a meeting. Recording it is one's own confirmation; the other answers in two taps; time notices what
was not recorded.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.workflow import (
    Baton,
    Begins,
    Check,
    Guard,
    Move,
    Told,
    Transition,
    Workflow,
    by_time,
    no_baton,
    no_lane,
    no_paper,
    nobody,
)
from portal.mentor_bank.states import MentoringKind
from portal.mentoring.states import PairRole
from portal.pair_work import notices as n
from portal.pair_work.access import meetings as access
from portal.pair_work.models import Meeting
from portal.pair_work.states import MeetingState as S
from portal.pair_work.workflow import planning

MISSED_AFTER = dt.timedelta(days=3)


@dataclass(frozen=True, kw_only=True)
class Held:
    """How the meeting went. What is None stays as it was planned or recorded before."""

    duration_min: int
    started_at: dt.datetime | None = None
    format: str | None = None
    content: str | None = None
    recommendations: str | None = None
    task: str | None = None
    task_due: dt.date | None = None
    feedback: int | None = None


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """Whether it was useful, from 1 to 5; the pair alone sees it."""

    feedback: int | None = None


@dataclass(frozen=True, kw_only=True)
class AnotherDay:
    """When the pair meets instead."""

    planned_at: dt.datetime


_WRITTEN = ("duration_min", "format", "content", "recommendations", "task", "task_due")


def _start(meeting: Meeting, held: Held) -> dt.datetime:
    return held.started_at or meeting.planned_at


def _began(meeting: Meeting, move: Move[Held]) -> bool:
    return _start(meeting, move.asked) <= clock.now()


def _has_duration(meeting: Meeting, move: Move[Held]) -> bool:
    return 5 <= move.asked.duration_min <= 480


def _task_is_later(meeting: Meeting, move: Move[Held]) -> bool:
    due = move.asked.task_due
    return due is None or due >= clock.local(_start(meeting, move.asked)).date()


def _within_period(meeting: Meeting, move: Move[Held]) -> bool:
    """On a day when the pair was assigned: from its order to the end of its period."""
    return planning.is_within(meeting.pair, _start(meeting, move.asked))


def _task_is_given(meeting: Meeting, move: Move[Held]) -> bool:
    """Краткосрочное целеполагающее (Положение 5.4): every meeting ends with a task for the time till the next
    one.
    """
    task = move.asked.task or meeting.task
    return MentoringKind.SHORT_GOAL not in meeting.pair.kinds or bool(task.strip())


def _feedback_is_fair(meeting: Meeting, move: Move[Any]) -> bool:
    return move.asked.feedback in (None, 1, 2, 3, 4, 5)


def _pair_works(meeting: Meeting, by: Actor) -> bool:
    return meeting.pair.state in planning.MEETABLE


def _is_the_only_one(meeting: Meeting, by: Actor) -> bool:
    return not planning.meets_already(meeting.pair, instead=meeting)


def _three_days_passed(meeting: Meeting, by: Actor) -> bool:
    return meeting.planned_at + MISSED_AFTER <= clock.now()


def _new_day_is_within(meeting: Meeting, move: Move[AnotherDay]) -> bool:
    """Refuses by itself: the sentence names the period of this very pair."""
    planning.refuse_day(meeting.pair, move.asked.planned_at, field="planned_at")
    return True


def _write_down(meeting: Meeting, move: Move[Held]) -> None:
    given = {name: getattr(move.asked, name) for name in _WRITTEN}
    for name, value in given.items():
        if value is not None:
            setattr(meeting, name, value)
    meeting.started_at = _start(meeting, move.asked)
    meeting.recorded_by, meeting.recorded_at = meeting.pair.role_of(move.by), clock.now()
    meeting.answer = ""
    meeting.confirmed_by_mentor_at = meeting.confirmed_by_mentee_at = None


def _confirm(meeting: Meeting, move: Move[Any]) -> None:
    """Recording is a confirmation too."""
    side = meeting.pair.role_of(move.by)
    setattr(meeting, f"confirmed_by_{side}_at", clock.now())
    if move.asked.feedback:
        setattr(meeting, f"feedback_{side}", move.asked.feedback)


def _say_otherwise(meeting: Meeting, move: Move[Any]) -> None:
    meeting.answer = move.comment


def _plan_instead(meeting: Meeting, move: Move[AnotherDay]) -> None:
    meeting.moved_to = planning.write_down(
        meeting.pair,
        move.by,
        planned_at=move.asked.planned_at,
        topic=meeting.topic,
        format=meeting.format,
        place=meeting.place,
        activity=meeting.activity,
    )


WORKS = Guard("pair_not_active", "Пара сейчас не действует: встречи не записывают.", _pair_works)
MEETS = Guard("pair_not_active", planning.NOT_MEETING, _pair_works)
ONLY = Guard("speed_one_meeting", planning.ONE_MEETING, _is_the_only_one)
LATE = Guard("not_late", "Три дня ещё не прошли.", _three_days_passed)
USEFUL = Check("feedback", "Оценка от 1 до 5.", _feedback_is_fair, field="feedback")
TOLD_RIGHT = (
    Check(
        "not_yet",
        "Эта встреча ещё впереди: записать её можно, когда она начнётся.",
        _began,
        field="started_at",
    ),
    Check(
        "outside_period",
        "В этот день пара ещё не была закреплена или срок уже вышел. Проверьте день.",
        _within_period,
        field="started_at",
    ),
    Check("duration", "Укажите, сколько минут: от 5 до 480.", _has_duration, field="duration_min"),
    Check("task_due", "Срок задания не может быть раньше встречи.", _task_is_later, field="task_due"),
    Check(
        "task_needed",
        "В краткосрочном наставничестве встреча заканчивается заданием до следующей: запишите его.",
        _task_is_given,
        field="task",
    ),
    USEFUL,
)


def _to_answer(meeting: Meeting) -> Baton:
    by_mentor = meeting.recorded_by == PairRole.MENTOR
    return Baton("за наставляемым" if by_mentor else "за наставником", "подтвердить запись")


def _to_mend(meeting: Meeting) -> Baton:
    by_mentor = meeting.recorded_by == PairRole.MENTOR
    return Baton("за наставником" if by_mentor else "за наставляемым", "исправить запись")


_NO_MORE = "После этого запись закрыта: её больше никто не меняет."
_CLOSED = no_baton("Запись закрыта.")
_SEES = nobody("Обе стороны видят запись у себя, ждать больше нечего.")
_ASKED = (Told(n.other_side, n.asks_whether_so, n.page_to_confirm),)

MEETING = Workflow(
    name="meeting",
    code="SM-5",
    title="Встреча",
    model=Meeting,
    lane=no_lane("Запись показывает, кто её сделал и кто подтвердил."),
    paper=no_paper("Журнал встреч T-12 печатает то, что записано."),
    begins=Begins(states=(S.PLANNED,), baton=Baton("за парой", "встретиться и записать встречу")),
    transitions=(
        Transition(
            verb="record",
            label="Записать встречу",
            sources=(S.PLANNED, S.MISSED),
            target=S.HELD_UNCONFIRMED,
            rule=access.can_record_meeting,
            guards=(WORKS,),
            asks=Held,
            checks=TOLD_RIGHT,
            changes=(_write_down, _confirm),
            journal="Встреча записана",
            told=_ASKED,
            baton=_to_answer,
            paper="T-12",
            seed="3.3",
            page="record",
        ),
        Transition(
            verb="record",
            label="Исправить запись",
            sources=(S.HELD_UNCONFIRMED, S.DISPUTED),
            target=S.HELD_UNCONFIRMED,
            rule=access.can_mend_meeting,
            asks=Held,
            checks=TOLD_RIGHT,
            changes=(_write_down, _confirm),
            quiet=True,
            journal="Запись встречи исправлена",
            told=_ASKED,
            baton=_to_answer,
            paper="T-12",
            seed="3.3",
            page="record",
        ),
        Transition(
            verb="confirm",
            label="Всё так, подтверждаю",
            sources=(S.HELD_UNCONFIRMED,),
            target=S.CONFIRMED,
            rule=access.can_answer_meeting,
            asks=Opinion,
            checks=(USEFUL,),
            changes=(_confirm,),
            final=_NO_MORE,
            journal="Запись встречи подтверждена",
            said="Подтверждено обоими. Запись закрыта.",
            told=_SEES,
            baton=_CLOSED,
            paper="T-12",
            seed="3.3",
            page="confirm",
        ),
        Transition(
            verb="dispute",
            label="Было иначе",
            sources=(S.HELD_UNCONFIRMED,),
            target=S.DISPUTED,
            rule=access.can_answer_meeting,
            needs_comment=True,
            changes=(_say_otherwise,),
            quiet=True,
            journal="С записью встречи не согласились",
            told=(n.of_meeting(n.recorder, ": вам пишут, что было иначе"),),
            baton=_to_mend,
            seed="3.3",
            page="confirm",
        ),
        Transition(
            verb="accept",
            label="Согласиться с записью",
            sources=(S.DISPUTED,),
            target=S.CONFIRMED,
            rule=access.can_answer_meeting,
            asks=Opinion,
            checks=(USEFUL,),
            changes=(_confirm,),
            final=_NO_MORE,
            journal="С записью встречи согласились",
            said="Записано: оба подтвердили. Запись закрыта.",
            told=_SEES,
            baton=_CLOSED,
            seed="3.3",
        ),
        Transition(
            verb="move",
            label="Перенести встречу",
            sources=(S.PLANNED, S.MISSED),
            target=S.MOVED,
            rule=access.can_record_meeting,
            guards=(MEETS, ONLY),
            asks=AnotherDay,
            checks=(
                Check(
                    "planned_at",
                    "Выберите день внутри срока, на который закреплена пара.",
                    _new_day_is_within,
                    field="planned_at",
                ),
            ),
            changes=(_plan_instead,),
            quiet=True,
            final="Встреча закроется как перенесённая, вместо неё появится новая на другой день.",
            journal="Встреча перенесена",
            told=(Told(n.who_meets_instead, n.says_other_day, n.page_of_other_day),),
            baton=no_baton("Вместо неё назначена встреча на другой день."),
            seed="3.3",
            page="move",
        ),
        Transition(
            verb="cancel",
            label="Отменить встречу",
            sources=(S.PLANNED, S.MISSED),
            target=S.CANCELLED,
            rule=access.can_cancel_meeting,
            quiet=True,
            final="Отменённую встречу не вернуть. Если соберётесь, назначьте новую.",
            journal="Встреча отменена",
            told=(n.of_meeting(n.who_meets, " отменена"),),
            baton=no_baton("Отменённую встречу не возвращают: назначают новую."),
            seed="3.3",
        ),
        Transition(
            verb="miss",
            label="Не записана",
            sources=(S.PLANNED,),
            target=S.MISSED,
            rule=by_time,
            guards=(LATE,),
            journal="Встреча не записана за три дня",
            told=(n.of_meeting(n.who_meets, " не записана. Состоялась ли она?", "pair_work:meeting_record"),),
            baton=Baton("за парой", "записать встречу или отметить, что её не было"),
            seed="8.3 (4)",
        ),
    ),
)
