"""Who hears of programmes and meetings, and where their news lead (domain.md §9). Texts carry names and links
only, and always say of which pair they are; which step tells whom stands in the rows of `workflow`.
"""

from collections.abc import Callable
from typing import cast

from portal.core import clock
from portal.core.text import quoted
from portal.core.workflow import Told, nobody
from portal.mentoring.selectors.people import users_of
from portal.mentoring.states import PairRole
from portal.notify.notices import People
from portal.pair_work.access.programmes import Approval
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.selectors.words import topic_of, when
from portal.staff.selectors import holders_of
from portal.ui import words
from tenants.links import link


def curators(programme: Programme) -> People:
    return holders_of("curator")


def approvers(programme: Programme) -> People:
    """Whose word the school has decided on; of the curator's own pair the principal's."""
    return holders_of(Approval.here().of(programme.pair))


def association(programme: Programme) -> People:
    return holders_of("association_lead")


def mentor(programme: Programme) -> People:
    return [programme.pair.mentor.user]


def mentees(programme: Programme) -> People:
    return [person.user for person in programme.pair.people]


def both(programme: Programme) -> People:
    return users_of(programme.pair)


def both_and_curators(programme: Programme) -> People:
    return {*both(programme), *curators(programme)}


def whoever_read_it(programme: Programme) -> People:
    """The mentor, and the mentees if it was ever sent to them; of one that ends with its pair, nobody."""
    if not programme.pair.is_open:
        return []
    return both(programme) if programme.revision else mentor(programme)


def _programme_page(programme: Programme) -> str:
    return link("pair_work:programme", programme.uuid)


def of_programme(people: Callable[[Programme], People], what: str) -> Told[Programme]:
    """These people hear it of the programme of this pair, and are led to its page."""

    def text(programme: Programme) -> str:
        return f"{programme.pair.title}: {what}"

    return Told(people, text, _programme_page)


def from_mentor(what: str) -> Told[Programme]:
    """The mentees hear it from their mentor."""

    def text(programme: Programme) -> str:
        return f"{programme.pair.mentor.short_name}: {what}"

    return Told(mentees, text, _programme_page)


NEXT_READER = nobody("Когда согласны все, программа идёт дальше сама, и её следующему читателю говорят.")
ASKED_TO_MEND = (of_programme(mentor, "вас просят поправить программу"),)


def who_meets(meeting: Meeting) -> People:
    return users_of(meeting.pair)


def _sides(meeting: Meeting) -> tuple[People, People]:
    """Whoever has recorded it, and the other."""
    mentor, mentees = [meeting.pair.mentor.user], [person.user for person in meeting.pair.people]
    return (mentor, mentees) if meeting.recorded_by == PairRole.MENTOR else (mentees, mentor)


def recorder(meeting: Meeting) -> People:
    return _sides(meeting)[0]


def other_side(meeting: Meeting) -> People:
    return _sides(meeting)[1]


def _named(meeting: Meeting) -> str:
    return f"встреча {quoted(topic_of(meeting))} {words.day_month(meeting.planned_at)}"


def of_meeting(
    people: Callable[[Meeting], People], what: str, page: str = "pair_work:meeting"
) -> Told[Meeting]:
    """These people hear it of this meeting, and are led to its page."""

    def text(meeting: Meeting) -> str:
        return f"{meeting.pair.title}: {_named(meeting)}{what}"

    def url(meeting: Meeting) -> str:
        return link(page, meeting.uuid)

    return Told(people, text, url)


def asks_whether_so(meeting: Meeting) -> str:
    return f"{meeting.pair.title}: записана {_named(meeting)}. Всё так?"


def page_to_confirm(meeting: Meeting) -> str:
    return link("pair_work:meeting_confirm", meeting.uuid)


def _other_day(meeting: Meeting) -> Meeting:
    """The meeting that is planned instead of one that was moved."""
    return cast("Meeting", meeting.moved_to)


def who_meets_instead(meeting: Meeting) -> People:
    """Nobody, when the other day is behind as well."""
    return who_meets(meeting) if _other_day(meeting).planned_at > clock.now() else []


def says_other_day(meeting: Meeting) -> str:
    before = words.day_month(meeting.planned_at)
    named = f"встреча {quoted(topic_of(meeting))} перенесена с {before} на {when(_other_day(meeting))}"
    return f"{meeting.pair.title}: {named}"


def page_of_other_day(meeting: Meeting) -> str:
    return link("pair_work:meeting", _other_day(meeting).uuid)
