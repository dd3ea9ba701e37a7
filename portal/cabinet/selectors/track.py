"""The path of a programme drawn in SVG by attributes alone: goals as bars, meetings as dots, today as a
line.
"""

import datetime as dt
from dataclasses import dataclass, field

from portal.core import clock
from portal.pair_work.models import Meeting, Programme, ProgrammeGoal
from portal.pair_work.selectors.figures import done_among, held_among, wanted_deeds
from portal.pair_work.states import MeetingState

LEFT, RIGHT, TOP, STEP = 214.0, 976.0, 58, 54
MONTHS = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
NAME_LETTERS = 26
DOTS = {
    MeetingState.CONFIRMED: "dot",
    MeetingState.HELD_UNCONFIRMED: "dot-wait",
    MeetingState.DISPUTED: "dot-wait",
    MeetingState.PLANNED: "dot-plan",
    MeetingState.MISSED: "dot-plan",
}


@dataclass(frozen=True)
class Bar:
    """A goal: where its work lies, how much of it is behind."""

    title: str
    short: str
    note: str
    y: int
    x: str
    width: str
    done_width: str
    span: str
    done: int
    total: int


@dataclass(frozen=True)
class Track:
    """Everything the template prints as numbers of attributes."""

    height: int
    beds: list[tuple[str, str, bool, str]]
    bars: list[Bar]
    dots: list[tuple[str, str]]
    meetings_y: int
    meetings_note: str
    today_x: str
    today: dt.date
    foot_y: int = 0
    rails: list[int] = field(default_factory=list)


def track_of(programme: Programme, meetings: list[Meeting]) -> Track:
    """The path of the programme with the meetings inside its period."""
    start, end = programme.starts_on, programme.ends_on
    bars = [_bar(programme, number, start, end) for number in range(len(programme.goals.all()))]
    inside = [m for m in meetings if m.state in DOTS and start <= clock.local(m.planned_at).date() <= end]
    y = TOP + STEP * len(bars)
    held = held_among(inside)
    today = clock.today()
    dots = [
        (_n(_x(clock.local(m.planned_at).date(), start, end)), DOTS[MeetingState(m.state)]) for m in inside
    ]
    return Track(
        y + 84,
        _beds(start, end),
        bars,
        dots,
        y,
        held.words if held.whole else "ещё не назначены",
        _n(_x(today, start, end)) if start <= today <= end else "",
        today,
        y + 62,
        [*(bar.y for bar in bars), y],
    )


def _x(day: dt.date, start: dt.date, end: dt.date) -> float:
    whole = max((end - start).days, 1)
    return LEFT + (RIGHT - LEFT) * min(max((day - start).days, 0), whole) / whole


def _n(value: float) -> str:
    """A number of an SVG attribute: a point, whatever the language."""
    return f"{value:.1f}"


def _beds(start: dt.date, end: dt.date) -> list[tuple[str, str, bool, str]]:
    """(x, width, shaded, name) of each month."""
    beds, day, shaded = [], start.replace(day=1), True
    while day <= end:
        following = (day + dt.timedelta(days=32)).replace(day=1)
        left, right = _x(max(day, start), start, end), _x(min(following, end), start, end)
        beds.append(
            (_n(left), _n(max(right - left, 0)), shaded, MONTHS[day.month - 1] if right - left > 60 else "")
        )
        day, shaded = following, not shaded
    return beds


def _levels(goal: ProgrammeGoal) -> str:
    """«было 3, цель 1, стало 1», as far as it was measured."""
    if goal.baseline is None or goal.target_level is None:
        return ""
    now = "" if goal.actual is None else f", стало {goal.actual}"
    return f"было {goal.baseline}, цель {goal.target_level}{now}"


def _bar(programme: Programme, place: int, start: dt.date, end: dt.date) -> Bar:
    goal = list(programme.goals.all())[place]
    rows = wanted_deeds(row for row in programme.activities.all() if row.goal_number == goal.number)
    since = min((row.starts_on for row in rows), default=start)
    until = max((row.ends_on for row in rows), default=end)
    x, width = _x(since, start, end), _x(until, start, end) - _x(since, start, end)
    passed = min(max(_x(clock.today(), start, end) - x, 0), width)
    title = goal.difficulty_title
    levels = _levels(goal) or f"{since:%d.%m}–{until:%d.%m}"
    short = title if len(title) <= NAME_LETTERS else f"{title[: NAME_LETTERS - 1]}…"
    return Bar(
        title,
        short,
        levels,
        TOP + STEP * place,
        _n(x),
        _n(max(width, 16)),
        _n(passed),
        f"{since:%d.%m.%Y}–{until:%d.%m.%Y}",
        done_among(rows).part or 0,
        len(rows),
    )
