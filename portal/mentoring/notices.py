"""Who is told what, when states change (domain.md §9): one table. Texts carry names and links only, and
always say of which pair they are.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.utils.text import Truncator

from portal.core import clock
from portal.core.actor import Actor
from portal.core.workflow import Move
from portal.mentoring.links import link
from portal.mentoring.models import MentoringConsent, Pair
from portal.mentoring.states import PairRole
from portal.notify import tell
from portal.staff.selectors import holders_of
from portal.ui import words

People = Iterable[UUID | None]
Line = tuple[Callable[[Any], People], Callable[[Any], str], Callable[[Any], str]]


def _curators(_: Any) -> People:
    return holders_of("curator")


def _principals(_: Any) -> People:
    return holders_of("principal")


def _psychologists(_: Any) -> People:
    return holders_of("psychologist")


def _pair_people(pair: Pair) -> list[UUID | None]:
    return [pair.mentor.user, *(person.user for person in pair.people)]


def _all_about_pair(pair: Pair) -> People:
    return {*_pair_people(pair), *holders_of("curator"), *holders_of("personnel_officer")}


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


def _pair_page(pair: Pair) -> str:
    return link("pair", pair.uuid)


def _programme_page(programme: Any) -> str:
    return link("programme", programme.uuid)


def _mentor_of(programme: Any) -> People:
    return [programme.pair.mentor.user]


def _mentees_of(programme: Any) -> People:
    return [person.user for person in programme.pair.people]


def _mentor(programme: Any) -> str:
    return str(programme.pair.mentor.short_name)


def _day(meeting: Any) -> str:
    return words.day_month(meeting.planned_at)


def topic_of(meeting: Any) -> str:
    """So much of it that the pair, the day and the question fit into the line of a notice, too."""
    return Truncator(meeting.topic).chars(100)


def _both_of(programme: Any) -> People:
    return _pair_people(programme.pair)


NOTICES: dict[tuple[str, str], Line] = {
    ("mentoring_consent", "give"): (
        _curators,
        lambda c: f"{c.employee.short_name}: согласие дано",
        lambda c: link("pair", c.pair.uuid),
    ),
    ("mentoring_consent", "refuse"): (
        _curators,
        lambda c: f"{c.employee.short_name}: отказ, пара не сложилась",
        lambda c: link("pair", c.pair.uuid),
    ),
    ("mentoring_consent", "withdraw"): (
        _curators,
        lambda c: f"{c.employee.short_name}: согласие отозвано",
        lambda c: link("pair", c.pair.uuid),
    ),
    ("pair", "collect"): (
        _psychologists,
        lambda p: f"{p.title}: нужно заключение о совместимости",
        _pair_page,
    ),
    ("pair", "conclude"): (
        _curators,
        lambda p: f"{p.title}: заключение готово, приказ составлен",
        _pair_page,
    ),
    ("pair", "advise_against"): (_curators, lambda p: f"{p.title}: психолог не рекомендует пару", _pair_page),
    ("pair", "activate"): (
        _all_about_pair,
        lambda p: f"{p.title}: приказ зарегистрирован, пара действует",
        _pair_page,
    ),
    ("pair", "take_back"): (
        _all_about_pair,
        lambda p: f"{p.title}: регистрация приказа отменена, пара пока не действует",
        _pair_page,
    ),
    ("pair", "decline"): (_pair_people, lambda p: f"{p.title}: пара не сложилась", lambda p: ""),
    ("pair", "withdraw"): (_pair_people, lambda p: f"{p.title}: предложение отозвано", lambda p: ""),
    ("pair", "suspend"): (_pair_people, lambda p: f"{p.title}: пара приостановлена", _pair_page),
    ("pair", "resume"): (_pair_people, lambda p: f"{p.title}: пара возобновлена", _pair_page),
    ("pair", "give_notice"): (
        lambda p: {*_all_about_pair(p), *holders_of("principal")},
        lambda p: f"{p.title}: уведомление о прекращении с {p.ends_on:%d.%m.%Y}",
        _pair_page,
    ),
    ("pair", "terminate"): (_all_about_pair, lambda p: f"{p.title}: пара прекращена", _pair_page),
    ("pair", "complete"): (_all_about_pair, lambda p: f"{p.title}: пара завершена", _pair_page),
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
        lambda m: link("meeting_confirm", m.uuid),
    ),
    ("meeting", "dispute"): (
        _recorder,
        lambda m: f"{m.pair.title}: встреча «{topic_of(m)}» {_day(m)}, было иначе",
        lambda m: link("meeting", m.uuid),
    ),
    ("meeting", "miss"): (
        lambda m: _pair_people(m.pair),
        lambda m: f"{m.pair.title}: встреча «{topic_of(m)}» {_day(m)} не записана. Состоялась ли она?",
        lambda m: link("meeting_record", m.uuid),
    ),
    ("meeting", "cancel"): (
        lambda m: _pair_people(m.pair),
        lambda m: f"{m.pair.title}: встреча «{topic_of(m)}» {_day(m)} отменена",
        lambda m: link("meeting", m.uuid),
    ),
    ("need", "accept"): (
        lambda n: [n.employee.user],
        lambda n: "Ваша потребность принята: ищем наставника",
        lambda n: link("need", n.uuid),
    ),
    ("need", "decline"): (
        lambda n: [n.employee.user],
        lambda n: "Потребность отклонена",
        lambda n: link("need", n.uuid),
    ),
    ("mentor_card", "confirm"): (
        lambda c: [c.employee.user, *holders_of("principal")],
        lambda c: f"{c.employee.short_name}: наставник подтверждён",
        lambda c: link("card", c.uuid),
    ),
    ("mentor_card", "reject"): (
        lambda c: [c.employee.user],
        lambda c: "Карточка наставника не подтверждена",
        lambda c: link("card", c.uuid),
    ),
}


def tell_of_transition(*, workflow: Any, transition: Any, obj: Any, move: Move[Any], **_: Any) -> None:
    """Receiver of `transitioned`: those of the table, but never the actor."""
    by = move.by
    line = NOTICES.get((workflow.name, transition.verb))
    if line is not None:
        people, text, url = line
        tell(
            [user for user in dict.fromkeys(people(obj)) if user != by.user],
            f"{workflow.name}:{transition.verb}",
            text(obj),
            url(obj),
            about=obj,
        )
    if (workflow.name, transition.verb) == ("pair", "ask"):
        _ask(obj, by)
    if (workflow.name, transition.verb) in (
        ("pair", "conclude"),
        ("pair", "skip_psychologist"),
        ("pair", "override"),
    ):
        tell(
            _principals(obj),
            "order:ready",
            f"{obj.title}: приказ о закреплении ждёт подписи",
            link("pair_register", obj.uuid),
            about=obj,
        )


def _ask(pair: Pair, by: Actor) -> None:
    """Each person is led to the own consent."""
    for consent in MentoringConsent.objects.filter(pair=pair).select_related("employee"):
        tell(
            [consent.employee.user],
            "pair:consent",
            f"{pair.title}: согласны ли вы быть в этой паре?",
            link("consent", consent.uuid),
            about=pair,
        )


def tell_of_plan(meeting: Any, by: Actor, instead: Any = None) -> None:
    """Whoever did not choose the day hears of it: a meeting that is planned for two is known to two."""
    people = [user for user in _pair_people(meeting.pair) if user != by.user]
    said = f"перенесена с {_day(instead)} на" if instead else "назначена на"
    text = f"{meeting.pair.title}: встреча «{topic_of(meeting)}» {said} {when(meeting)}"
    tell(
        people,
        "meeting:move" if instead else "meeting:plan",
        text,
        link("meeting", meeting.uuid),
        about=meeting.pair,
    )


def when(meeting: Any) -> str:
    """«20 ноября, 14:20»."""
    return f"{words.day_month(meeting.planned_at)}, {clock.local(meeting.planned_at):%H:%M}"
