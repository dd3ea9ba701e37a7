"""Writes of programmes and meetings: one domain verb each, with `by: Actor`, atomic."""

from portal.pair_work.services.meetings import (
    answer_meeting,
    confirm_meeting,
    dispute_meeting,
    keep_note,
    move_meeting,
    plan_meeting,
    record_meeting,
    record_unplanned,
    tell_meeting,
)
from portal.pair_work.services.programmes import (
    confirm_programme,
    copy_programme,
    mark_activity,
    move_programme,
    rate_goals,
    submit_programme,
    write_programme,
)

__all__ = [
    "answer_meeting",
    "confirm_meeting",
    "confirm_programme",
    "copy_programme",
    "dispute_meeting",
    "keep_note",
    "mark_activity",
    "move_meeting",
    "move_programme",
    "plan_meeting",
    "rate_goals",
    "record_meeting",
    "record_unplanned",
    "submit_programme",
    "tell_meeting",
    "write_programme",
]
