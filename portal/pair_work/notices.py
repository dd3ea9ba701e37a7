"""Who is told what, when programmes and meetings change (domain.md §9). Texts carry names and links only, and
always say of which pair they are.
"""

from typing import Any

from portal.core.workflow import Move
from portal.mentoring.selectors.people import users_of
from portal.mentoring.states import PairRole
from portal.notify.news import People, Table, tell_by
from portal.pair_work.selectors.words import topic_of
from portal.staff.selectors import holders_of
from portal.ui import words
from tenants.links import link


def _curators(_: Any) -> People:
    return holders_of("curator")


def _other_side(meeting: Any) -> People:
    return (
        [person.user for person in meeting.pair.people]
        if meeting.recorded_by == PairRole.MENTOR
        else [meeting.pair.mentor.user]
    )


def _recorder(meeting: Any) -> People:
    return (
        [meeting.pair.mentor.user]
        if meeting.recorded_by == PairRole.MENTOR
        else [person.user for person in meeting.pair.people]
    )


def _programme_page(programme: Any) -> str:
    return link("pair_work:programme", programme.uuid)


def _mentor_of(programme: Any) -> People:
    return [programme.pair.mentor.user]


def _mentees_of(programme: Any) -> People:
    return [person.user for person in programme.pair.people]


def _mentor(programme: Any) -> str:
    return str(programme.pair.mentor.short_name)


def _day(meeting: Any) -> str:
    return words.day_month(meeting.planned_at)


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
    ("meeting", "record"): (
        _other_side,
        lambda m: f"{m.pair.title}: записана встреча «{topic_of(m)}» {_day(m)}. Всё так?",
        lambda m: link("pair_work:meeting_confirm", m.uuid),
    ),
    ("meeting", "dispute"): (
        _recorder,
        lambda m: f"{m.pair.title}: встреча «{topic_of(m)}» {_day(m)}, было иначе",
        lambda m: link("pair_work:meeting", m.uuid),
    ),
    ("meeting", "miss"): (
        lambda m: users_of(m.pair),
        lambda m: f"{m.pair.title}: встреча «{topic_of(m)}» {_day(m)} не записана. Состоялась ли она?",
        lambda m: link("pair_work:meeting_record", m.uuid),
    ),
    ("meeting", "cancel"): (
        lambda m: users_of(m.pair),
        lambda m: f"{m.pair.title}: встреча «{topic_of(m)}» {_day(m)} отменена",
        lambda m: link("pair_work:meeting", m.uuid),
    ),
}


def tell_of_transition(*, workflow: Any, transition: Any, obj: Any, move: Move[Any], **_: Any) -> None:
    """Receiver of `transitioned`."""
    tell_by(NOTICES, workflow=workflow, transition=transition, obj=obj, by=move.by)
