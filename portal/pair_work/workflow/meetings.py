"""SM-5: a meeting. Recording it is one's own confirmation; the other answers in two taps; time notices what
was not recorded.
"""

import datetime as dt
from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.old_workflow import Extra, Guard, Transition, Workflow, by_time
from portal.mentor_bank.states import MentoringKind
from portal.mentoring.states import PairState
from portal.pair_work.access import meetings as access
from portal.pair_work.models import Meeting
from portal.pair_work.states import MeetingState as S

MISSED_AFTER = dt.timedelta(days=3)
RECORD_FIELDS = ("duration_min", "format", "place", "topic", "content", "recommendations", "task", "task_due")


def _began(meeting: Meeting, by: Actor, extra: Extra) -> bool:
    started = extra.get("started_at") or meeting.planned_at
    return bool(started <= clock.now())


def _has_duration(meeting: Meeting, by: Actor, extra: Extra) -> bool:
    minutes = extra.get("duration_min")
    return isinstance(minutes, int) and 5 <= minutes <= 480


def _task_is_later(meeting: Meeting, by: Actor, extra: Extra) -> bool:
    due, started = extra.get("task_due"), extra.get("started_at") or meeting.planned_at
    return due is None or due >= clock.local(started).date()


def _pair_works(meeting: Meeting, by: Actor, extra: Extra) -> bool:
    return meeting.pair.state in (PairState.ACTIVE, PairState.TERMINATION_NOTICE)


def _within_period(meeting: Meeting, by: Actor, extra: Extra) -> bool:
    """On a day when the pair was assigned: from its order to the end of its period."""
    pair = meeting.pair
    return (
        pair.begins_on <= clock.local(extra.get("started_at") or meeting.planned_at).date() <= pair.planned_to
    )


def _task_is_given(meeting: Meeting, by: Actor, extra: Extra) -> bool:
    """Краткосрочное целеполагающее (Положение 5.4): every meeting ends with a task for the time till the next
    one.
    """
    return MentoringKind.SHORT_GOAL not in meeting.pair.kinds or bool(
        str(extra.get("task") or meeting.task).strip()
    )


def _three_days_passed(meeting: Meeting, by: Actor, extra: Extra) -> bool:
    return meeting.planned_at + MISSED_AFTER <= clock.now()


def _feedback_is_fair(meeting: Meeting, by: Actor, extra: Extra) -> bool:
    return extra.get("feedback") in (None, 1, 2, 3, 4, 5)


def _record(meeting: Any, by: Actor, extra: Extra) -> None:
    for name in RECORD_FIELDS:
        if extra.get(name) is not None:
            setattr(meeting, name, extra[name])
    meeting.started_at = extra.get("started_at") or meeting.planned_at
    meeting.recorded_by, meeting.recorded_at, meeting.answer = meeting.pair.role_of(by), clock.now(), ""
    meeting.confirmed_by_mentor_at = meeting.confirmed_by_mentee_at = None
    _stamp(meeting, by, extra)


def _stamp(meeting: Any, by: Actor, extra: Extra) -> None:
    side = meeting.pair.role_of(by)
    setattr(meeting, f"confirmed_by_{side}_at", clock.now())
    if extra.get("feedback"):
        setattr(meeting, f"feedback_{side}", extra["feedback"])


def _dispute(meeting: Any, by: Actor, extra: Extra) -> None:
    meeting.answer = extra["comment"]


def _moved(meeting: Any, by: Actor, extra: Extra) -> None:
    meeting.moved_to = extra["moved_to"]


BEGAN = Guard(
    "not_yet", "Эта встреча ещё впереди: записать её можно, когда она начнётся.", _began, field="held_on"
)
MINUTES = Guard("duration", "Укажите, сколько минут: от 5 до 480.", _has_duration, field="duration_min")
TASK = Guard("task_due", "Срок задания не может быть раньше встречи.", _task_is_later, field="task_due")
WITHIN = Guard(
    "outside_period",
    "В этот день пара ещё не была закреплена или срок уже вышел. Проверьте день.",
    _within_period,
    field="held_on",
)
GIVEN = Guard(
    "task_needed",
    "В краткосрочном наставничестве встреча заканчивается заданием до следующей: запишите его.",
    _task_is_given,
    field="task",
)
WORKS = Guard("pair_not_active", "Пара сейчас не действует: встречи не записывают.", _pair_works)
LATE = Guard("not_late", "Три дня ещё не прошли.", _three_days_passed)
FEEDBACK = Guard("feedback", "Оценка от 1 до 5.", _feedback_is_fair, field="feedback")
TOLD = (BEGAN, WITHIN, MINUTES, TASK, GIVEN, FEEDBACK)

CLOSED = "После этого запись закрыта: её больше никто не меняет."

MEETING = Workflow(
    "meeting",
    "Встреча",
    Meeting,
    (
        Transition(
            "record",
            "Записать встречу",
            (S.PLANNED, S.MISSED),
            S.HELD_UNCONFIRMED,
            access.can_record_meeting,
            (WORKS, *TOLD),
            (_record,),
            document="T-12",
            seed="3.3",
            page="record",
        ),
        Transition(
            "record",
            "Исправить запись",
            (S.HELD_UNCONFIRMED, S.DISPUTED),
            S.HELD_UNCONFIRMED,
            access.can_mend_meeting,
            TOLD,
            (_record,),
            document="T-12",
            quiet=True,
            seed="3.3",
            page="record",
        ),
        Transition(
            "confirm",
            "Всё так, подтверждаю",
            (S.HELD_UNCONFIRMED,),
            S.CONFIRMED,
            access.can_answer_meeting,
            (FEEDBACK,),
            (_stamp,),
            document="T-12",
            seed="3.3",
            page="confirm",
            final=CLOSED,
        ),
        Transition(
            "dispute",
            "Было иначе",
            (S.HELD_UNCONFIRMED,),
            S.DISPUTED,
            access.can_answer_meeting,
            (),
            (_dispute,),
            needs_comment=True,
            quiet=True,
            seed="3.3",
            page="confirm",
        ),
        Transition(
            "accept",
            "Согласиться с записью",
            (S.DISPUTED,),
            S.CONFIRMED,
            access.can_answer_meeting,
            (),
            (_stamp,),
            seed="3.3",
            final=CLOSED,
        ),
        Transition(
            "move",
            "Перенести встречу",
            (S.PLANNED, S.MISSED),
            S.MOVED,
            access.can_record_meeting,
            (),
            (_moved,),
            quiet=True,
            seed="3.3",
            page="move",
            final="Встреча закроется как перенесённая, вместо неё появится новая на другой день.",
        ),
        Transition(
            "cancel",
            "Отменить встречу",
            (S.PLANNED, S.MISSED),
            S.CANCELLED,
            access.can_cancel_meeting,
            quiet=True,
            seed="3.3",
            final="Отменённую встречу не вернуть. Если соберётесь, назначьте новую.",
        ),
        Transition("miss", "Не записана", (S.PLANNED,), S.MISSED, by_time, (LATE,), seed="8.3 (4)"),
    ),
    code="SM-5",
)
