"""Writes of programmes and meetings: one domain verb each, with `by: Actor`, atomic."""

from portal.pair_work.services.adoption_letters import send_outcome
from portal.pair_work.services.adoptions import drop_adoption, move_to_new_text, take_practice, tell_outcome
from portal.pair_work.services.meetings import (
    confirm_meeting,
    keep_note,
    move_meeting,
    plan_meeting,
    record_meeting,
    record_unplanned,
)
from portal.pair_work.services.naming import name_school
from portal.pair_work.services.practices import draft_from_programme
from portal.pair_work.services.programmes import (
    copy_programme,
    mark_activity,
    rate_goals,
    submit_programme,
    write_programme,
)

__all__ = [
    "confirm_meeting",
    "copy_programme",
    "draft_from_programme",
    "drop_adoption",
    "keep_note",
    "mark_activity",
    "move_meeting",
    "move_to_new_text",
    "name_school",
    "plan_meeting",
    "rate_goals",
    "record_meeting",
    "record_unplanned",
    "send_outcome",
    "submit_programme",
    "take_practice",
    "tell_outcome",
    "write_programme",
]
