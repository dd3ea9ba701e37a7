"""Meetings: planned by either, recorded by one, confirmed by the other."""

import datetime as dt
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.mentor_bank.states import MentoringKind
from portal.mentoring.models import Pair
from portal.mentoring.states import PairState
from portal.pair_work.access import meetings as access
from portal.pair_work.models import Meeting, MeetingNote, ProgrammeActivity
from portal.pair_work.services.telling import tell_of_plan
from portal.pair_work.states import MeetingFormat, MeetingState
from portal.pair_work.workflow import MEETING

MEETABLE = (PairState.ACTIVE, PairState.TERMINATION_NOTICE)
NOT_HELD = (MeetingState.MOVED, MeetingState.CANCELLED, MeetingState.MISSED)


def _meets_already(pair: Pair, instead: Meeting | None) -> bool:
    others = pair.meetings.exclude(state__in=NOT_HELD)
    return (others.exclude(pk=instead.pk) if instead else others).exists()


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
    instead: Meeting | None = None,
) -> Meeting:
    """Agree on a day, or on another day `instead` of a meeting. Either of the pair may. Raises Forbidden,
    Conflict, Invalid.
    """
    if not access.can_plan_meeting(by, pair):
        raise Forbidden("Встречи планирует сама пара.")
    # «one meeting» and the state are asked of the pair as it is now
    pair = Pair.objects.select_for_update().get(pk=pair.pk)
    if pair.state not in MEETABLE:
        raise Conflict("pair_not_active", "Пара сейчас не действует: встречи не планируют.")
    if not topic.strip():
        raise Invalid("topic", "Напишите, о чём встреча.", "topic")
    day = clock.local(planned_at).date()
    if not pair.begins_on <= day <= pair.planned_to:
        span = f"с {pair.begins_on:%d.%m.%Y} по {pair.planned_to:%d.%m.%Y}"
        raise Invalid("planned_at", f"Пара закреплена {span}. Выберите день внутри этого срока.", "day")
    if MentoringKind.SPEED in pair.kinds and _meets_already(pair, instead):
        raise Conflict(
            "speed_one_meeting",
            "Скоростное наставничество — это одна встреча (Положение, 5.4), и она уже есть.",
        )
    meeting = Meeting.objects.create(
        pair=pair,
        planned_at=planned_at,
        topic=topic.strip(),
        format=format,
        place=place,
        activity=activity,
        created_by=by.user,
    )
    audit.record(by, "planned", meeting)
    if planned_at > clock.now():
        tell_of_plan(meeting, by=by, instead=instead)
    return meeting


def record_meeting(
    meeting: Meeting,
    *,
    by: Actor,
    duration_min: int,
    version: int | None = None,
    started_at: dt.datetime | None = None,
    feedback: int | None = None,
    **told: Any,
) -> Meeting:
    """The meeting took place; recording it is one's own confirmation. Raises Forbidden, Invalid, Conflict,
    Stale.
    """
    recorded: Meeting = MEETING.move(
        meeting,
        "record",
        by=by,
        version=version,
        started_at=started_at,
        duration_min=duration_min,
        feedback=feedback,
        **told,
    )
    return recorded


@transaction.atomic
def record_unplanned(
    pair: Pair,
    *,
    by: Actor,
    started_at: dt.datetime,
    topic: str,
    duration_min: int,
    format: str = MeetingFormat.IN_PERSON,
    place: str = "",
    activity: ProgrammeActivity | None = None,
    **told: Any,
) -> Meeting:
    """A meeting that nobody had planned is planned and recorded at once."""
    meeting = plan_meeting(
        pair, by=by, planned_at=started_at, topic=topic, format=format, place=place, activity=activity
    )
    return record_meeting(meeting, by=by, duration_min=duration_min, format=format, place=place, **told)


def confirm_meeting(
    meeting: Meeting, *, by: Actor, feedback: int | None = None, version: int | None = None
) -> Meeting:
    """The other one agrees: the text is locked. Raises Forbidden, Conflict, Stale, Invalid."""
    verb = "accept" if meeting.state == MeetingState.DISPUTED else "confirm"
    return MEETING.move(meeting, verb, by=by, version=version, feedback=feedback)  # type: ignore[no-any-return]


def dispute_meeting(meeting: Meeting, *, by: Actor, comment: str, version: int | None = None) -> Meeting:
    """«Было иначе»: the recorder will mend it. Raises Forbidden, Conflict, Stale, Invalid."""
    return MEETING.move(meeting, "dispute", by=by, version=version, comment=comment)  # type: ignore[no-any-return]


@transaction.atomic
def move_meeting(
    meeting: Meeting, *, by: Actor, planned_at: dt.datetime, version: int | None = None
) -> Meeting:
    """Another day: the old meeting is «перенесена», a new one is planned. Returns the new one. Raises
    Forbidden, Conflict, Stale, Invalid.
    """
    new = plan_meeting(
        meeting.pair,
        by=by,
        planned_at=planned_at,
        topic=meeting.topic,
        format=meeting.format,
        place=meeting.place,
        activity=meeting.activity,
        instead=meeting,
    )
    MEETING.move(meeting, "move", by=by, version=version, moved_to=new)
    return new


def answer_meeting(
    meeting: Meeting, verb: str, *, by: Actor, version: int | None = None, comment: str = ""
) -> Meeting:
    """A step of SM-5 that needs nothing typed but a comment (cancel, confirm, dispute, accept)."""
    return MEETING.move(meeting, verb, by=by, version=version, comment=comment)  # type: ignore[no-any-return]


def tell_meeting(
    meeting: Meeting,
    how: str,
    *,
    by: Actor,
    planned_at: dt.datetime | None = None,
    version: int | None = None,
    **told: Any,
) -> Meeting:
    """The three answers of the page «Как прошла встреча?»: held, moved, did not happen."""
    if how == "moved":
        if planned_at is None:
            raise Invalid("new_day", "Выберите новый день.", "new_day")
        return move_meeting(meeting, by=by, planned_at=planned_at, version=version)
    if how == "no":
        return answer_meeting(meeting, "cancel", by=by, version=version)
    return record_meeting(meeting, by=by, version=version, **told)


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
