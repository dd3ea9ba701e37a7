"""A programme that is over, told as a practice: goals, steps by weeks, what was and what came of it. Nobody
of the pair is named, and no day: `nameless.py`.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.text import Truncator

from portal.core import clock
from portal.pair_work.models import Meeting, Programme, ProgrammeActivity, ProgrammeGoal
from portal.pair_work.relative_days import in_weeks, week_of
from portal.pair_work.selectors.figures import HELD
from portal.pair_work.states import ActivityMark
from portal.ui.words import plural

MOST_STEPS = 20
SCALE = "баллы от 0 до 3, меньше лучше"
Told = dict[str, Any]
Nameless = Callable[[str], str]
"""Takes names out of a text."""


def told_as_practice(programme: Programme, without_names: Nameless) -> Told:
    """What the author begins with, by fields of `PracticeContent`; what a programme does not know (novelty,
    risks, what a repetition needs) is left to the author.
    """
    weeks = in_weeks(programme.starts_on, programme.ends_on)

    def nameless(text: str) -> str:
        return without_names(weeks(text))

    goals = list(programme.goals.all())
    meetings = _meetings(programme)
    return {
        "title": _cut(nameless(programme.title), 150),
        "problem": nameless(programme.problem),
        "goal": nameless(programme.goal),
        "tasks": [nameless(line) for line in _tasks(programme, goals)],
        "form": programme.pair.form,
        "kinds": list(programme.pair.kinds),
        "steps": _steps(programme, meetings, nameless),
        "timing": _cut(nameless(_timing(programme)), 255),
        "results": [_result(programme, goal, nameless) for goal in goals if goal.baseline is not None],
        "qualitative": nameless("\n".join(_noticed(programme, goals))),
        "keywords": [_cut(nameless(word), 60) for word in programme.difficulties],
    }


def _meetings(programme: Programme) -> list[Meeting]:
    """Meetings that took place while the programme was carried out, the first one first."""
    rows = Meeting.objects.filter(pair=programme.pair, state__in=HELD).order_by("planned_at", "pk")
    first, last = programme.starts_on, programme.ends_on
    return [row for row in rows if first <= clock.local(row.planned_at).date() <= last]


def _tasks(programme: Programme, goals: Iterable[ProgrammeGoal]) -> list[str]:
    """Each task of the text, then each goal, everything once."""
    lines = [line.strip(" -–—•\t") for line in programme.tasks.splitlines()]
    return list(dict.fromkeys(line for line in (*lines, *(goal.target for goal in goals)) if line))


def _steps(programme: Programme, meetings: list[Meeting], nameless: Nameless) -> list[dict[str, str]]:
    """Deeds that were wanted, as they stood in time; meetings beside no deed come last, as one step."""
    deeds = [row for row in programme.activities.all() if row.mark != ActivityMark.CANCELLED]
    deeds.sort(key=lambda row: (row.starts_on, row.number))
    apart = [one for one in meetings if one.activity_id not in {row.pk for row in deeds}]
    most = MOST_STEPS - bool(apart)
    steps = [_step(programme, row, meetings, nameless) for row in deeds[:most]]
    return [*steps, _apart(programme, apart, nameless)] if apart else steps


def _apart(programme: Programme, meetings: list[Meeting], nameless: Nameless) -> dict[str, str]:
    told = "\n".join(f"{_week_of(programme, one)}: {one.topic}" for one in meetings)
    duration = f"{len(meetings)} {plural(len(meetings), 'встреча,встречи,встреч')}"
    return _row("Встречи пары", nameless(told), "встречи", duration)


def _step(programme: Programme, row: ProgrammeActivity, meetings: list[Meeting], nameless: Nameless) -> Told:
    own = [
        f"{_week_of(programme, one)}, встреча: {one.topic}" for one in meetings if one.activity_id == row.pk
    ]
    ends = [f"Что должно получиться: {row.expected}"] if row.expected else []
    ends += [f"Что вышло: {row.result}"] if row.result else []
    content = nameless("\n".join([row.content, *own, *ends]))
    title = f"{row.get_work_form_display().capitalize()}: {row.get_block_display()}"
    return _row(title, content, row.get_work_form_display(), _weeks(programme, row.starts_on, row.ends_on))


def _row(step: str, content: str, tool: str, duration: str) -> dict[str, str]:
    return {"step": step, "content": _cut(content, 2000), "tool": tool, "duration": duration}


def _week_of(programme: Programme, meeting: Meeting) -> str:
    return f"Неделя {week_of(programme.starts_on, clock.local(meeting.planned_at).date())}"


def _weeks(programme: Programme, first: dt.date, last: dt.date) -> str:
    """«неделя 1», «недели 2–4»."""
    begins, ends = week_of(programme.starts_on, first), week_of(programme.starts_on, last)
    return f"неделя {begins}" if begins == ends else f"недели {begins}–{ends}"


def _timing(programme: Programme) -> str:
    """«12 недель, раз в неделю»."""
    return ", ".join(part for part in (_length(programme), programme.frequency) if part)


def _length(programme: Programme) -> str:
    weeks = week_of(programme.starts_on, programme.ends_on)
    return f"{weeks} {plural(weeks, 'неделя,недели,недель')}"


def _result(programme: Programme, goal: ProgrammeGoal, nameless: Nameless) -> dict[str, str]:
    """A goal that was measured: what it was before, and after where somebody has measured it."""
    return {
        "indicator": _cut(nameless(goal.indicator or goal.difficulty_title), 250),
        "unit": SCALE,
        "before": str(goal.baseline),
        "after": "" if goal.actual is None else str(goal.actual),
        "period": _length(programme),
        "people": str(len(programme.pair.people)),
    }


def _noticed(programme: Programme, goals: Iterable[ProgrammeGoal]) -> Iterator[str]:
    """What was expected, and how both rated each goal."""
    yield f"Чего ждали: {programme.expected}"
    if programme.evaluation:
        yield f"Как поняли, что получилось: {programme.evaluation}"
    for goal in goals:
        said = [
            f"{who}: {rating}"
            for who, rating in (
                ("наставник", goal.get_mentor_rating_display()),
                ("наставляемый", goal.get_mentee_rating_display()),
            )
            if rating
        ]
        if said:
            yield f"Цель «{goal.target}», достигнута ли: {', '.join(said)}"


def _cut(text: str, most: int) -> str:
    return str(Truncator(text).chars(most))
