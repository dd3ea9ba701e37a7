"""Who is told what, when pairs and consents change (domain.md §9). Texts carry names and links only, and
always say of which pair they are.
"""

from typing import Any

from portal.core.actor import Actor
from portal.core.workflow import Move
from portal.mentoring.models import MentoringConsent, Pair
from portal.mentoring.selectors.people import users_of
from portal.notify import tell
from portal.notify.news import People, Table, tell_by
from portal.staff.selectors import holders_of
from tenants.links import link


def _curators(_: Any) -> People:
    return holders_of("curator")


def _principals(_: Any) -> People:
    return holders_of("principal")


def _psychologists(_: Any) -> People:
    return holders_of("psychologist")


def _all_about_pair(pair: Pair) -> People:
    return {*users_of(pair), *holders_of("curator"), *holders_of("personnel_officer")}


def _pair_page(pair: Pair) -> str:
    return link("cabinet:pair", pair.uuid)


NOTICES: Table = {
    ("mentoring_consent", "give"): (
        _curators,
        lambda c: f"{c.employee.short_name}: согласие дано",
        lambda c: link("cabinet:pair", c.pair.uuid),
    ),
    ("mentoring_consent", "refuse"): (
        _curators,
        lambda c: f"{c.employee.short_name}: отказ, пара не сложилась",
        lambda c: link("cabinet:pair", c.pair.uuid),
    ),
    ("mentoring_consent", "withdraw"): (
        _curators,
        lambda c: f"{c.employee.short_name}: согласие отозвано",
        lambda c: link("cabinet:pair", c.pair.uuid),
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
    ("pair", "decline"): (users_of, lambda p: f"{p.title}: пара не сложилась", lambda p: ""),
    ("pair", "withdraw"): (users_of, lambda p: f"{p.title}: предложение отозвано", lambda p: ""),
    ("pair", "suspend"): (users_of, lambda p: f"{p.title}: пара приостановлена", _pair_page),
    ("pair", "resume"): (users_of, lambda p: f"{p.title}: пара возобновлена", _pair_page),
    ("pair", "give_notice"): (
        lambda p: {*_all_about_pair(p), *holders_of("principal")},
        lambda p: f"{p.title}: уведомление о прекращении с {p.ends_on:%d.%m.%Y}",
        _pair_page,
    ),
    ("pair", "terminate"): (_all_about_pair, lambda p: f"{p.title}: пара прекращена", _pair_page),
    ("pair", "complete"): (_all_about_pair, lambda p: f"{p.title}: пара завершена", _pair_page),
}


def tell_of_transition(*, workflow: Any, transition: Any, obj: Any, move: Move[Any], **_: Any) -> None:
    """Receiver of `transitioned`: those of the table; besides, each of the pair is led to the own consent,
    and the principal to the order that waits.
    """
    by = move.by
    tell_by(NOTICES, workflow=workflow, transition=transition, obj=obj, by=by)
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
            link("mentoring:pair_register", obj.uuid),
            about=obj,
        )


def _ask(pair: Pair, by: Actor) -> None:
    """Each person is led to the own consent."""
    for consent in MentoringConsent.objects.filter(pair=pair).select_related("employee"):
        tell(
            [consent.employee.user],
            "pair:consent",
            f"{pair.title}: согласны ли вы быть в этой паре?",
            link("mentoring:consent", consent.uuid),
            about=pair,
        )
