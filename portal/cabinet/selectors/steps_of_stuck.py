"""«Что дальше» of whoever leads pairs, where a pair rests and nobody else will move it on."""

import datetime as dt

from portal.core import clock
from portal.core.next_steps import NextStep
from portal.mentoring.models import Pair
from portal.mentoring.selectors.people import names_of, who_is_away
from portal.mentoring.workflow.guards import SUSPENSION_DAYS
from portal.staff.selectors import Holders
from tenants.links import link


def _longest() -> dt.date:
    return clock.today() - dt.timedelta(days=SUSPENSION_DAYS)


def without_successor(pair: Pair, since: dt.date, holders: Holders) -> NextStep | None:
    """None while the new pair may still begin."""
    if _is_followed(pair):
        return None
    title = f"Новая пара не сложилась: {pair.title}"
    why = (
        "Прежняя ждёт замены, которой не будет. Прекратите её, и другого наставника можно предложить заново."
    )
    return _to_look(pair, "replacement_failed", title, why, since=since)


def _is_followed(pair: Pair) -> bool:
    """Known of the pairs of a home page (`at_hand`); on its own page a pair asks for itself."""
    known: bool | None = getattr(pair, "is_followed", None)
    return Pair.objects.succeeding(pair).exists() if known is None else known


def paused_too_long(pair: Pair, since: dt.date, holders: Holders) -> NextStep | None:
    """None of a pause that may last."""
    if pair.suspended_on is None or pair.suspended_on >= _longest():
        return None
    title = f"Пауза дольше трёх месяцев: {pair.title}"
    why = "Узнайте, продолжит ли пара. Её можно возобновить или прекратить."
    return _to_look(pair, "pause_too_long", title, why, since=pair.suspended_on)


def somebody_away(pair: Pair, since: dt.date, holders: Holders) -> NextStep | None:
    """From the first day: whoever is away neither writes nor answers, and the other one only waits."""
    away = who_is_away(pair)
    if not away:
        return None
    title = f"{names_of(away)}: надолго нет на работе"
    why = f"{pair.title}: решите, подождать ли паре. Её можно приостановить, наставника заменить."
    began = max(since, min(person.away_since or since for person in away))
    return _to_look(pair, "somebody_away", title, why, since=began)


def _to_look(pair: Pair, situation: str, title: str, why: str, *, since: dt.date) -> NextStep:
    url = link("cabinet:pair", pair.uuid)
    return NextStep(
        situation, title, why, url, "Открыть пару", waiting_since=since, icon="signpost", weight=35
    )
