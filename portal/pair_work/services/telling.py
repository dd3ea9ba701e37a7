"""News that no transition brings: a meeting was planned."""

from portal.core.actor import Actor
from portal.core.text import quoted
from portal.mentoring.selectors.people import users_of
from portal.notify import tell
from portal.pair_work.models import Meeting
from portal.pair_work.selectors.words import topic_of, when
from tenants.links import link


def tell_of_plan(meeting: Meeting, *, by: Actor) -> None:
    """Whoever did not choose the day hears of it: a meeting that is planned for two is known to two."""
    people = [user for user in users_of(meeting.pair) if user != by.user]
    text = f"{meeting.pair.title}: встреча {quoted(topic_of(meeting))} назначена на {when(meeting)}"
    tell(people, "meeting:plan", text, link("pair_work:meeting", meeting.uuid), about=meeting.pair)
