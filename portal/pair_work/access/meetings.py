"""Meetings belong to the pair: either plans and records, the other confirms."""

from uuid import UUID

from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.mentoring.access.pairs import is_of_pair
from portal.mentoring.models import Pair
from portal.pair_work.models import Meeting


def meeting_for(by: Actor, pk: UUID) -> Meeting:
    """The meeting with its pair, if the actor may see it. Raises NotVisible."""
    rows = (
        Meeting.objects.visible_to(by)
        .select_related("pair__mentor", "activity")
        .prefetch_related("pair__mentor__employments", "pair__pair_mentees__mentee__employments")
    )
    meeting = rows.filter(uuid=pk).first()
    if meeting is None:
        raise NotVisible
    return meeting


def can_read_meetings(by: Actor, pair: Pair) -> bool:
    """The journal of meetings: the pair itself, and those who read it by office."""
    return by.can("meeting:read") or is_of_pair(by, pair)


def can_plan_meeting(by: Actor, pair: Pair) -> bool:
    return is_of_pair(by, pair)


def can_record_meeting(by: Actor, meeting: Meeting) -> bool:
    return is_of_pair(by, meeting.pair)


def can_cancel_meeting(by: Actor, meeting: Meeting) -> bool:
    """The pair; and the portal, when the pair is over."""
    return by.is_system or is_of_pair(by, meeting.pair)


def can_answer_meeting(by: Actor, meeting: Meeting) -> bool:
    """The side that has not recorded the meeting."""
    role = meeting.pair.role_of(by)
    return bool(role) and role != meeting.recorded_by


def can_mend_meeting(by: Actor, meeting: Meeting) -> bool:
    """The side that recorded it, until the other has answered «всё так»."""
    role = meeting.pair.role_of(by)
    return bool(role) and role == meeting.recorded_by
