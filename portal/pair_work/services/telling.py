"""News that no transition brings: a meeting was planned."""

from typing import Any

from portal.core.actor import Actor
from portal.mentoring.selectors.people import users_of
from portal.notify import tell
from portal.pair_work.selectors.words import topic_of, when
from portal.ui import words
from tenants.links import link


def tell_of_plan(meeting: Any, *, by: Actor, instead: Any = None) -> None:
    """Whoever did not choose the day hears of it: a meeting that is planned for two is known to two."""
    people = [user for user in users_of(meeting.pair) if user != by.user]
    said = f"перенесена с {words.day_month(instead.planned_at)} на" if instead else "назначена на"
    text = f"{meeting.pair.title}: встреча «{topic_of(meeting)}» {said} {when(meeting)}"
    tell(
        people,
        "meeting:move" if instead else "meeting:plan",
        text,
        link("pair_work:meeting", meeting.uuid),
        about=meeting.pair,
    )
