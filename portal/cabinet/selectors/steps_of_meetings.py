"""«Что дальше» of a pair's meetings: one to record, to answer, to mend, to plan."""

import datetime as dt

from portal.cabinet.selectors.at_hand import LONGEST
from portal.core import clock
from portal.core.actor import Actor
from portal.core.next_steps import NextStep
from portal.core.text import quoted
from portal.mentor_bank.models import MentoringSettings
from portal.mentoring.models import Pair
from portal.mentoring.states import PairRole, PairState
from portal.pair_work.models import Meeting
from portal.pair_work.states import MeetingState
from portal.pair_work.workflow.planning import MEETABLE
from portal.staff.selectors import holder_of
from portal.ui import words
from tenants.links import link


def meeting_steps(
    open_pairs: list[Pair], meetings: list[Meeting], by: Actor, done: set[int]
) -> list[NextStep]:
    """Of open pairs of the reader and their meetings, by the day. `done`: pairs whose programme is over."""
    pairs = {pair.pk: pair for pair in open_pairs}
    live = (MeetingState.PLANNED, MeetingState.HELD_UNCONFIRMED, MeetingState.DISPUTED, MeetingState.MISSED)
    rows = [row for row in meetings if row.state in live][: LONGEST * 3]
    days = MentoringSettings.here().confirm_days if rows else 0
    steps = [step for row in rows if (step := _meeting(row, pairs[row.pair_id], by, days))]
    planned = {
        row.pair_id for row in rows if row.state == MeetingState.PLANNED and row.planned_at > clock.now()
    }
    empty = [pair for pair in pairs.values() if pair.pk not in planned | done and _may_meet(pair)]
    return steps + [_plan(pair, by) for pair in empty]


def _may_meet(pair: Pair) -> bool:
    """A day is left for it, and it is nobody's turn to wait: on the last day the pair sums up, and of
    whoever is away for long nothing is waited for.
    """
    lasts = pair.state == PairState.ACTIVE and pair.planned_to > clock.today()
    return lasts and bool(pair.may_meet)  # type: ignore[attr-defined]


def _meeting(row: Meeting, pair: Pair, by: Actor, days: int) -> NextStep | None:
    role, day = pair.role_of(by), clock.local(row.planned_at).date()
    other = pair.mentee.short_name if role == PairRole.MENTOR else pair.mentor.short_name
    if row.state in (MeetingState.PLANNED, MeetingState.MISSED):
        if row.planned_at > clock.now() or pair.state not in MEETABLE:
            return None
        return NextStep(
            "meeting_to_record",
            f"Как прошла встреча: {quoted(row.topic)}?",
            f"{other}, {words.day_month(day)}. Два касания.",
            link("pair_work:meeting_record", row.uuid),
            "Записать встречу",
            due=day + dt.timedelta(days=3),
            icon="calendar-check",
            weight=20,
        )
    mine = (
        (row.recorded_by != role) if row.state == MeetingState.HELD_UNCONFIRMED else (row.recorded_by == role)
    )
    due = clock.local(row.recorded_at).date() + dt.timedelta(days=days) if row.recorded_at else None
    if row.state == MeetingState.DISPUTED and mine:
        return NextStep(
            "meeting_disputed",
            f"Встреча {quoted(row.topic)}: было иначе",
            row.answer[:140],
            link("pair_work:meeting_record", row.uuid),
            "Исправить запись",
            icon="chat",
            weight=20,
        )
    if not mine:
        who = holder_of(pair.people if role == PairRole.MENTOR else [pair.mentor])
        return NextStep(
            "meeting_with_other",
            f"Встреча {quoted(row.topic)}",
            "Записана, ждём ответа.",
            link("pair_work:meeting", row.uuid),
            who=who,
            due=due,
        )
    return NextStep(
        "meeting_to_confirm",
        f"{other}: встреча {quoted(row.topic)}",
        "Всё так? Подтвердите в два касания.",
        link("pair_work:meeting_confirm", row.uuid),
        "Подтвердить",
        due=due,
        icon="check2-square",
        weight=15,
    )


def _plan(pair: Pair, by: Actor) -> NextStep:
    other = pair.mentee.short_name if pair.role_of(by) == PairRole.MENTOR else pair.mentor.short_name
    return NextStep(
        "meeting_to_plan",
        f"Договоритесь о встрече: {other}",
        "Новых встреч в плане нет. Темп выбирает пара.",
        link("pair_work:meeting_new", pair.uuid),
        "Назначить встречу",
        icon="calendar-plus",
        weight=70,
    )
