"""Who hears of pairs, and where their news lead (domain.md §9). Texts carry names and links only, and always
say of which pair they are; which step tells whom stands in the rows of `workflow`.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from portal.core.workflow import Told
from portal.mentoring.models import MentoringConsent, Pair
from portal.mentoring.selectors.people import users_of
from portal.notify.notices import People
from portal.staff.selectors import holders_of
from tenants.links import link


def curators(_: Any) -> People:
    return holders_of("curator")


def all_about(pair: Pair) -> People:
    return {*users_of(pair), *holders_of("curator"), *holders_of("personnel_officer")}


def pair_page(pair: Pair) -> str:
    return link("cabinet:pair", pair.uuid)


def of_pair(people: Callable[[Pair], People], what: str) -> Told[Pair]:
    """These people hear it of this pair, and are led to its page."""

    def text(pair: Pair) -> str:
        return f"{pair.title}: {what}"

    return Told(people, text, pair_page)


def _psychologists(pair: Pair) -> People:
    """But not of the own pair, on which nobody concludes."""
    return set(holders_of("psychologist")) - set(users_of(pair))


def _leaders_alone(pair: Pair) -> People:
    """Curators, where nobody may conclude on the pair."""
    return [] if _psychologists(pair) else holders_of("curator")


def _principals(pair: Pair) -> People:
    return holders_of("principal")


def _order_page(pair: Pair) -> str:
    return link("mentoring:pair_register", pair.uuid)


def _own_consent(pair: Pair, user: UUID) -> str:
    """Each person is led to the own consent."""
    consent = MentoringConsent.objects.get(pair=pair, person__user=user)
    return link("mentoring:consent", consent.uuid)


ASKED = (
    Told(
        users_of,
        lambda pair: f"{pair.title}: согласны ли вы быть в этой паре?",
        url_of=_own_consent,
        kind="pair:consent",
    ),
)
TO_CONCLUDE = (
    of_pair(_psychologists, "нужно заключение о совместимости"),
    of_pair(_leaders_alone, "согласия собраны, заключение дать некому: решите без него"),
)
ORDER_WAITS = Told(
    _principals,
    lambda pair: f"{pair.title}: приказ о закреплении ждёт подписи",
    _order_page,
    kind="order:ready",
)
NOTICE_GIVEN = (
    Told(
        lambda pair: {*all_about(pair), *holders_of("principal")},
        lambda pair: f"{pair.title}: уведомление о прекращении с {pair.ends_on:%d.%m.%Y}",
        pair_page,
    ),
)
EXTENDED = (
    Told(
        lambda pair: {*all_about(pair), *holders_of("principal")},
        lambda pair: f"{pair.title}: пара продлена до {pair.planned_to:%d.%m.%Y}",
        pair_page,
    ),
)
NOT_TOGETHER = (Told(users_of, lambda pair: f"{pair.title}: пара не сложилась"),)
TAKEN_AWAY = (Told(users_of, lambda pair: f"{pair.title}: предложение отозвано"),)
OVER = (of_pair(all_about, "пара прекращена"),)
