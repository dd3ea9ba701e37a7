"""Who is told what, when programmes and meetings change (domain.md §9). Texts carry names and links only, and
always say of which pair they are.
"""

from collections.abc import Callable
from typing import Any, cast

from portal.core import clock
from portal.core.workflow import Move, Told
from portal.mentoring.selectors.people import users_of
from portal.mentoring.states import PairRole
from portal.notify.news import People, Table, tell_by
from portal.pair_work.models import Meeting
from portal.pair_work.selectors.words import topic_of, when
from portal.staff.selectors import holders_of
from portal.ui import words
from tenants.links import link


def _curators(_: Any) -> People:
    return holders_of("curator")


def _programme_page(programme: Any) -> str:
    return link("pair_work:programme", programme.uuid)


def _mentor_of(programme: Any) -> People:
    return [programme.pair.mentor.user]


def _mentees_of(programme: Any) -> People:
    return [person.user for person in programme.pair.people]


def _mentor(programme: Any) -> str:
    return str(programme.pair.mentor.short_name)


def _both_of(programme: Any) -> People:
    return users_of(programme.pair)


NOTICES: Table = {
    ("programme", "submit"): (
        _mentees_of,
        lambda p: f"{_mentor(p)}: программа написана, согласитесь или попросите поправить",
        _programme_page,
    ),
    ("programme", "submit_correction"): (
        _mentees_of,
        lambda p: f"{_mentor(p)}: программа уточнена, посмотрите",
        _programme_page,
    ),
    ("programme", "ask_changes"): (
        _mentor_of,
        lambda p: f"{p.pair.title}: вас просят поправить программу",
        _programme_page,
    ),
    ("programme", "to_association"): (
        lambda p: holders_of("association_lead"),
        lambda p: f"{p.pair.title}: программа ждёт ШМО",
        _programme_page,
    ),
    ("programme", "to_curator"): (
        _curators,
        lambda p: f"{p.pair.title}: программа ждёт утверждения",
        _programme_page,
    ),
    ("programme", "recommend"): (
        _curators,
        lambda p: f"{p.pair.title}: ШМО рекомендует программу",
        _programme_page,
    ),
    ("programme", "return"): (
        _mentor_of,
        lambda p: f"{p.pair.title}: программа вернулась, есть что поправить",
        _programme_page,
    ),
    ("programme", "approve"): (_both_of, lambda p: f"{p.pair.title}: программа утверждена", _programme_page),
    ("programme", "correct"): (_both_of, lambda p: f"{p.pair.title}: программу уточняют", _programme_page),
    ("programme", "withdraw_correction"): (
        _both_of,
        lambda p: f"{p.pair.title}: уточнение отозвано, программа идёт по прежней редакции",
        _programme_page,
    ),
    ("programme", "continue"): (
        lambda p: {*_both_of(p), *holders_of("curator")},
        lambda p: f"{p.pair.title}: программа продолжается по новой редакции",
        _programme_page,
    ),
    ("programme", "finish"): (
        _mentees_of,
        lambda p: f"{p.pair.title}: подводим итоги программы, оцените цели",
        _programme_page,
    ),
    ("programme", "complete"): (_both_of, lambda p: f"{p.pair.title}: программа завершена", _programme_page),
}


def tell_of_transition(*, workflow: Any, transition: Any, obj: Any, move: Move[Any], **_: Any) -> None:
    """Receiver of `transitioned`."""
    tell_by(NOTICES, workflow=workflow, transition=transition, obj=obj, by=move.by)


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
    return f"встреча «{topic_of(meeting)}» {words.day_month(meeting.planned_at)}"


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
    named = f"встреча «{topic_of(meeting)}» перенесена с {before} на {when(_other_day(meeting))}"
    return f"{meeting.pair.title}: {named}"


def page_of_other_day(meeting: Meeting) -> str:
    return link("pair_work:meeting", _other_day(meeting).uuid)
