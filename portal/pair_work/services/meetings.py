"""Meetings: planned by either, recorded by one, confirmed by the other."""

import datetime as dt
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.mentoring.models import Pair
from portal.pair_work.access import meetings as access
from portal.pair_work.models import Meeting, MeetingNote, ProgrammeActivity
from portal.pair_work.services.telling import tell_of_plan
from portal.pair_work.states import MeetingFormat, MeetingState
from portal.pair_work.workflow import MEETING, planning
from portal.pair_work.workflow.meetings import AnotherDay, Held, Opinion


@transaction.atomic
def plan_meeting(
    pair: Pair,
    *,
    by: Actor,
    planned_at: dt.datetime,
    topic: str,
    format: str = MeetingFormat.IN_PERSON,
    place: str = "",
    activity: ProgrammeActivity | None = None,
) -> Meeting:
    """Agree on a day. Either of the pair may. Raises Forbidden, Conflict, Invalid."""
    if not access.can_plan_meeting(by, pair):
        raise Forbidden("Встречи планирует сама пара.")
    pair = lock(Pair, pair.pk)  # «one meeting» and the state are asked of the pair as it is now
    if pair.state not in planning.MEETABLE:
        raise Conflict("pair_not_active", planning.NOT_MEETING)
    if not topic.strip():
        raise Invalid("topic", "Напишите, о чём встреча.", "topic")
    planning.refuse_day(pair, planned_at, field="day")
    if planning.meets_already(pair):
        raise Conflict("speed_one_meeting", planning.ONE_MEETING)
    meeting = planning.write_down(
        pair,
        by,
        planned_at=planned_at,
        topic=topic.strip(),
        format=format,
        place=place,
        activity=activity,
    )
    if planned_at > clock.now():
        tell_of_plan(meeting, by=by)
    return meeting


def record_meeting(meeting: Meeting, *, by: Actor, version: int | None = None, **held: Any) -> Meeting:
    """The meeting took place; recording it is one's own confirmation. Raises Forbidden, Invalid, Conflict,
    Stale.
    """
    return MEETING.move(meeting, "record", by=by, version=version, asked=Held(**held))


@transaction.atomic
def record_unplanned(pair: Pair, *, by: Actor, topic: str, started_at: dt.datetime, held: Held) -> Meeting:
    """A meeting that nobody had planned is planned and recorded at once."""
    form = held.format or MeetingFormat.IN_PERSON
    meeting = plan_meeting(pair, by=by, planned_at=started_at, topic=topic, format=form)
    return MEETING.move(meeting, "record", by=by, asked=held)


def confirm_meeting(
    meeting: Meeting, *, by: Actor, feedback: int | None = None, version: int | None = None
) -> Meeting:
    """The other one agrees: the text is locked. Raises Forbidden, Conflict, Stale, Invalid."""
    verb = "accept" if meeting.state == MeetingState.DISPUTED else "confirm"
    return MEETING.move(meeting, verb, by=by, version=version, asked=Opinion(feedback=feedback))


@transaction.atomic
def move_meeting(
    meeting: Meeting, *, by: Actor, planned_at: dt.datetime, version: int | None = None
) -> Meeting:
    """Another day, while the pair stays as it is. Returns the new meeting. Raises Forbidden, Conflict, Stale,
    Invalid.
    """
    lock(Pair, meeting.pair_id)
    moved = MEETING.move(meeting, "move", by=by, version=version, asked=AnotherDay(planned_at=planned_at))
    return cast("Meeting", moved.moved_to)


@transaction.atomic
def keep_note(meeting: Meeting, text: str, *, by: Actor, version: int | None = None) -> None:
    """A private note on a meeting; an empty one removes it. The journal does not repeat the text. Raises
    Forbidden, Stale.

    `version` is 0 when the page was drawn before there was a note.
    """
    if not access.can_plan_meeting(by, meeting.pair):
        raise Forbidden("Заметки пишет сама пара.")
    lock(Meeting, meeting.pk)
    note = MeetingNote.objects.filter(meeting=meeting, author=cast(UUID, by.user)).first()
    if note is not None:
        note.check_version(version)
    if not text.strip():
        MeetingNote.objects.filter(meeting=meeting, author=cast(UUID, by.user)).delete()
    elif note is None:
        MeetingNote.objects.create(
            meeting=meeting, author=cast(UUID, by.user), text=text.strip(), created_by=by.user
        )
    else:
        note.text = text.strip()
        note.save_change("text")
