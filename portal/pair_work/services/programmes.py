"""Programmes: written, frozen, agreed, approved, marked."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.school_year import SchoolYear
from portal.mentor_bank import difficulties
from portal.mentoring.models import Pair
from portal.mentoring.states import PairRole, PairState
from portal.pair_work.access import programmes as access
from portal.pair_work.goals import WORST, is_worse, worse
from portal.pair_work.models import Programme, ProgrammeActivity, ProgrammeGoal, ProgrammeStage
from portal.pair_work.states import Achieved, ActivityMark, ProgrammeState
from portal.pair_work.workflow import PROGRAMME
from portal.pair_work.workflow.texts import ACTIVITY_FIELDS, GOAL_FIELDS, TEXTS

LONG_TEXTS = ("problem", "goal", "tasks", "expected")
WRITABLE = (PairState.ACTIVE, PairState.ORDER_DRAFT, PairState.PSYCH_CHECK)
MARKABLE = (ProgrammeState.IN_PROGRESS, ProgrammeState.FINAL_REVIEW, ProgrammeState.CORRECTION)
Rows = Sequence[Mapping[str, Any]]


def _mistakes(values: Mapping[str, Any]) -> Iterator[Invalid]:
    for name in LONG_TEXTS:
        if len(str(values[name]).strip()) < 30:
            yield Invalid("too_short", "Напишите подробнее: нужно не меньше 30 знаков.", name)
    if values["ends_on"] < values["starts_on"]:
        yield Invalid("period", "Последний день раньше первого.", "ends_on")
    unknown = [item for item in values["difficulty_items"] if item not in difficulties.ITEMS]
    if unknown or not (values["difficulty_items"] or values.get("free_difficulty")):
        yield Invalid(
            "difficulties",
            "Выберите хотя бы одно затруднение или напишите своими словами.",
            "difficulty_items",
        )


@transaction.atomic
def write_programme(
    pair: Pair,
    *,
    by: Actor,
    goals: Rows,
    activities: Rows,
    programme: Programme | None = None,
    version: int | None = None,
    **values: Any,
) -> Programme:
    """Write a new programme of a pair, or another text of an editable one; `values` are its texts and dates.

    Raises Forbidden, Invalid, Conflict, Stale.
    """
    if not access.can_write_programme(by, pair):
        raise Forbidden("Программу пишет наставник этой пары.")
    Invalid.refuse_any(
        [
            *_mistakes(values),
            *(
                Invalid("goal_worse", f"Цель {n}. {worse(goal)}", "goals")
                for n, goal in enumerate(goals, 1)
                if is_worse(goal)
            ),
        ]
    )
    values["year"] = SchoolYear.of(values["starts_on"]).first
    programme = _change(programme, by, version, values) if programme else _create(pair, by, values)
    _write_rows(programme, by, goals, activities)
    return programme


def _create(pair: Pair, by: Actor, values: dict[str, Any]) -> Programme:
    if pair.state not in WRITABLE:
        raise Conflict("pair_not_active", "Программу пишут, когда согласия собраны.")
    _refuse_second(pair, values["year"])
    programme = Programme.objects.create(pair=pair, created_by=by.user, **values)
    ProgrammeStage.begin(programme, clock.today(), by=by.user)
    audit.record(by, "written", programme)
    return programme


def _refuse_second(pair: Pair, year: int, but: Programme | None = None) -> None:
    others = Programme.objects.filter(pair=pair, year=year).exclude(state=ProgrammeState.CANCELLED)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise Conflict("programme_exists", "У пары уже есть программа на этот учебный год.", "starts_on")


def _change(programme: Programme, by: Actor, version: int | None, values: dict[str, Any]) -> Programme:
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    locked.check_version(version)
    if not locked.is_editable:
        raise Conflict("frozen", f"Эту редакцию уже нельзя менять: программа «{locked.get_state_display()}».")
    _refuse_second(locked.pair, values["year"], but=locked)
    for name, value in values.items():
        setattr(locked, name, value)
    locked.save_change(*values)
    audit.record(by, "edited", locked, changes={"fields": sorted(values)})
    return locked


def _write_rows(programme: Programme, by: Actor, goals: Rows, activities: Rows) -> None:
    """Rows are written anew. A deed that stays in its place keeps its mark and version; any other is newer
    than every old page.
    """
    known = {(row.number, row.content): row for row in programme.activities.all()}
    newer = max((row.version for row in known.values()), default=0) + 1
    programme.goals.all().delete()
    programme.activities.all().delete()
    ProgrammeGoal.objects.bulk_create(
        [
            ProgrammeGoal(
                programme=programme,
                number=number,
                created_by=by.user,
                **{name: row.get(name) for name in GOAL_FIELDS if name != "number" and name in row},
            )
            for number, row in enumerate(goals, start=1)
        ]
    )
    fresh = [_activity(programme, by, number, row) for number, row in enumerate(activities, start=1)]
    for row in fresh:
        old = known.get((row.number, row.content))
        row.version = old.version if old else newer
        if old:
            row.mark = old.mark
            row.done_on = old.done_on
            row.result = old.result
            row.marked_by = old.marked_by
    ProgrammeActivity.objects.bulk_create(fresh)


def _activity(programme: Programme, by: Actor, number: int, row: Mapping[str, Any]) -> ProgrammeActivity:
    if row["ends_on"] < row["starts_on"]:
        raise Invalid("period", f"Дело {number}: последний день раньше первого.", "activities")
    known = {
        name: row[name]
        for name in (*ACTIVITY_FIELDS, "starts_on", "ends_on")
        if name != "number" and row.get(name) is not None
    }
    return ProgrammeActivity(programme=programme, number=number, created_by=by.user, **known)


def submit_programme(
    programme: Programme, *, by: Actor, version: int | None = None, comment: str = ""
) -> Programme:
    """Freeze the text, or the correction of it, and pass it to the mentee. Raises Forbidden, Conflict, Stale,
    Invalid.
    """
    verb = "submit_correction" if programme.state == ProgrammeState.CORRECTION else "submit"
    return PROGRAMME.move(programme, verb, by=by, version=version, comment=comment)


@transaction.atomic
def mark_activity(
    programme: Programme,
    number: int,
    *,
    by: Actor,
    mark: str,
    done_on: dt.date | None = None,
    result: str = "",
    version: int | None = None,
) -> ProgrammeActivity:
    """Either of the pair marks a line of the plan. Raises Forbidden, Conflict, Invalid, Stale."""
    programme = lock(Programme, programme.pk)  # whoever rewrites the plan waits for the mark, and keeps it
    if not access.can_mark_activity(by, programme):
        raise Forbidden("Дела отмечает сама пара.")
    row = programme.activities.select_for_update().filter(number=number).first()
    if row is None:
        raise Invalid("no_activity", "Такого дела в плане нет.", "number")
    row.check_version(version)
    if programme.state not in MARKABLE:
        raise Conflict("not_running", "Дела отмечают, когда программа выполняется.")
    row.mark, row.result, row.marked_by = mark, result, by.user
    row.done_on = (done_on or clock.today()) if mark == ActivityMark.DONE else None
    row.save_change("mark", "result", "marked_by", "done_on")
    audit.record(by, "marked", row, changes={"mark": mark})
    return row


@transaction.atomic
def rate_goals(
    programme: Programme,
    ratings: Mapping[int, str],
    *,
    by: Actor,
    levels: Mapping[int, int | None] | None = None,
    version: int | None = None,
) -> None:
    """Each side rates each goal: reached, partly, not yet; the same once more changes nothing. `levels` says
    by the goal's number what is left of a difficulty that was measured at the beginning (0…3), one figure
    for the pair: it is what either of them has said last. Raises Forbidden, Conflict, Stale, Invalid.
    """
    programme = lock(Programme, programme.pk)
    programme.check_version(version)
    if not access.can_rate_goals(by, programme):
        raise Forbidden("Цели оценивает сама пара.")
    if programme.state != ProgrammeState.FINAL_REVIEW:
        raise Conflict("not_final", "Цели оценивают, когда подводят итоги.")
    field = "mentor_rating" if programme.pair.role_of(by) == PairRole.MENTOR else "mentee_rating"
    rated = 0
    for goal in programme.goals.select_for_update():
        if ratings.get(goal.number) not in Achieved.values:
            raise Invalid("rating", "Оцените каждую цель.", f"goal_{goal.number}")
        said: dict[str, Any] = {field: ratings[goal.number]}
        if levels is not None and goal.number in levels:
            said["actual"] = _level(goal, levels[goal.number])
        changed = [name for name, value in said.items() if getattr(goal, name) != value]
        for name in changed:
            setattr(goal, name, said[name])
        if changed:
            goal.save_change(*changed)
            rated += 1
    if rated:
        audit.record(by, "rated", programme)


def _level(goal: ProgrammeGoal, level: int | None) -> int | None:
    if level is None:
        return None
    if goal.baseline is None:
        said = "Эту цель в начале не измеряли: сравнить не с чем."
        raise Invalid("not_measured", said, f"now_{goal.number}")
    if level not in range(WORST + 1):
        raise Invalid("level", f"Нужно число от 0 до {WORST}.", f"now_{goal.number}")
    return level


def copy_programme(old: Pair, new: Pair, *, by: Actor) -> Programme | None:
    """The new mentor gets the text of the last programme as a draft (SM-3, replacing)."""
    last = old.programmes.order_by("-year", "-pk").first()
    if last is None:
        return None
    starts_on = max(clock.today(), new.started_on or clock.today())
    ends_on = max(starts_on, min(last.ends_on, new.planned_to, SchoolYear.of(starts_on).ends_on))
    values = {name: getattr(last, name) for name in TEXTS}
    copy = Programme.objects.create(
        pair=new,
        year=SchoolYear.of(starts_on).first,
        starts_on=starts_on,
        ends_on=ends_on,
        created_by=by.user,
        **values,
    )
    goals = [{name: getattr(goal, name) for name in GOAL_FIELDS} for goal in last.goals.all()]
    left = last.activities.filter(mark=ActivityMark.PLANNED)
    rows = [
        {
            **{n: getattr(row, n) for n in ACTIVITY_FIELDS},
            "starts_on": starts_on,
            "ends_on": min(max(row.ends_on, starts_on), ends_on),
        }
        for row in left
    ]
    _write_rows(copy, by, goals, rows)
    ProgrammeStage.begin(copy, clock.today(), by=by.user)
    audit.record(by, "copied", copy)
    return copy
