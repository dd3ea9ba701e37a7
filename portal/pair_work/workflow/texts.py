"""The text of a programme: what is frozen at a submission, and how the text that the pair has agreed to is
brought back.
"""

import datetime as dt
from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.school_year import SchoolYear
from portal.core.workflow import Move
from portal.pair_work.models import Programme, ProgrammeActivity, ProgrammeGoal, ProgrammeRevision
from portal.pair_work.states import ProgrammeState

TEXTS = (
    "title",
    "problem",
    "goal",
    "tasks",
    "expected",
    "evaluation",
    "roles",
    "frequency",
    "place",
    "channel",
    "difficulty_items",
    "free_difficulty",
    "length_reason",
)
GOAL_FIELDS = ("number", "difficulty", "target", "indicator", "baseline", "target_level")
ACTIVITY_FIELDS = ("number", "goal_number", "block", "content", "work_form", "responsible", "expected")


def text_of(programme: Programme) -> dict[str, Any]:
    """The whole text as it is frozen at submission."""
    content: dict[str, Any] = {name: getattr(programme, name) for name in TEXTS}
    content |= {"starts_on": programme.starts_on.isoformat(), "ends_on": programme.ends_on.isoformat()}
    content["goals"] = [{name: getattr(goal, name) for name in GOAL_FIELDS} for goal in programme.goals.all()]
    content["activities"] = [
        {
            **{name: getattr(row, name) for name in ACTIVITY_FIELDS},
            "starts_on": row.starts_on.isoformat(),
            "ends_on": row.ends_on.isoformat(),
        }
        for row in programme.activities.all()
    ]
    return content


def number_text(programme: Programme, move: Move[Any]) -> None:
    """The text is submitted. A number is given once, also when the text that had it never came into force."""
    last = programme.revisions.order_by("number").last()
    programme.revision = last.number + 1 if last else 1
    programme.submitted_on, programme.recommended_on, programme.answer = clock.today(), None, ""


def freeze(programme: Programme, move: Move[Any]) -> None:
    """The text that was submitted is kept as it is."""
    ProgrammeRevision.objects.create(
        programme=programme,
        number=programme.revision,
        content=text_of(programme),
        reason=move.comment,
        created_by=move.by.user,
    )


def adopt(programme: Programme, move: Move[Any]) -> None:
    """The pair works by this text from now on."""
    programme.agreed_revisions, programme.marks_before = [*programme.agreed_revisions, programme.revision], []


def open_correction(programme: Programme, move: Move[Any]) -> None:
    """Another text is written; what was marked in the plan is kept beside it."""
    programme.submitted_on, programme.answer = None, move.comment
    programme.marks_before = [{"number": row.number, **_marks_of(row)} for row in programme.activities.all()]


def reopen(programme: Programme, move: Move[Any]) -> None:
    """The correction goes back to the mentor, with what the mentee would have otherwise."""
    programme.submitted_on, programme.answer = None, move.comment


def _marks_of(row: ProgrammeActivity) -> dict[str, Any]:
    return {
        "mark": row.mark,
        "done_on": row.done_on.isoformat() if row.done_on else None,
        "result": row.result,
        "marked_by": str(row.marked_by) if row.marked_by else None,
    }


def _agreed(programme: Programme) -> ProgrammeRevision | None:
    return (
        programme.revisions.filter(number=programme.agreed_revisions[-1]).first()
        if programme.agreed_revisions
        else None
    )


def year_is_free(programme: Programme) -> bool:
    """The text that would be brought back is the only one of its school year: while a correction stood in
    another year, one could be written there.
    """
    agreed = _agreed(programme)
    year = (
        SchoolYear.of(dt.date.fromisoformat(agreed.content["starts_on"])).first if agreed else programme.year
    )
    others = (
        Programme.objects.filter(pair=programme.pair_id, year=year)
        .exclude(state=ProgrammeState.CANCELLED)
        .exclude(pk=programme.pk)
    )
    return year == programme.year or not others.exists()


def bring_back(programme: Programme, move: Move[Any]) -> None:
    """The text by which the pair works is the programme again, with the marks of its deeds; what was
    written instead stays in the revisions.
    """
    agreed = programme.revisions.get(number=programme.agreed_revisions[-1])
    for name in TEXTS:
        setattr(programme, name, agreed.content[name])
    programme.starts_on, programme.ends_on = (
        dt.date.fromisoformat(agreed.content[name]) for name in ("starts_on", "ends_on")
    )
    programme.year = SchoolYear.of(programme.starts_on).first
    programme.revision = agreed.number
    programme.submitted_on = clock.local(agreed.created_at).date()
    programme.answer = ""
    _bring_back_rows(programme, move.by, agreed.content)
    programme.marks_before = []


def _bring_back_rows(programme: Programme, by: Actor, content: dict[str, Any]) -> None:
    """A deed that stood in the plan all the while keeps what was marked meanwhile, another one what was
    marked before the correction.
    """
    written = list(programme.activities.all())
    marks = {row["number"]: row for row in programme.marks_before} | {
        row.number: _marks_of(row)
        for row in written
        for old in content["activities"]
        if (old["number"], old["content"]) == (row.number, row.content)
    }
    newer = max((row.version for row in written), default=0) + 1
    programme.goals.all().delete()
    programme.activities.all().delete()
    ProgrammeGoal.objects.bulk_create(
        ProgrammeGoal(programme=programme, created_by=by.user, **goal) for goal in content["goals"]
    )
    fresh = [{**marks.get(row["number"], {}), **row} for row in content["activities"]]
    ProgrammeActivity.objects.bulk_create(
        ProgrammeActivity(programme=programme, created_by=by.user, version=newer, **row) for row in fresh
    )
