"""What an order, an answer and one pair make of another pair: each in the transaction of the step."""

from typing import Any

from portal.core import clock
from portal.core.errors import Conflict
from portal.core.workflow import Move, On
from portal.local_acts.models import Order
from portal.local_acts.states import OrderCode
from portal.local_acts.workflow import ORDER
from portal.mentor_bank.models import MentoringSettings
from portal.mentoring.models import MentoringConsent, Pair
from portal.mentoring.services.pairs import propose_pair
from portal.mentoring.states import FORMING, WORKING, PairState
from portal.mentoring.workflow import CONSENT, PAIR
from portal.mentoring.workflow.asked import GiveNotice, Replace, earliest_end
from portal.mentoring.workflow.effects import system
from portal.mentoring.workflow.guards import all_consents_given

ASSIGNED = (*WORKING, PairState.COMPLETED, PairState.TERMINATED)
"""States of a pair that its order has made."""


def _pair_of(order: Order, *states: PairState) -> Pair | None:
    """The pair that the order assigns, while it stands there."""
    if order.code != OrderCode.PAIR:
        return None
    return Pair.objects.filter(uuid=order.subject, state__in=states).first()


def activate_pair(order: Order, move: Move[Any]) -> None:
    """Guards of SM-3 may refuse: then nothing is registered at all."""
    pair = _pair_of(order, PairState.ORDER_DRAFT)
    if pair is not None:
        PAIR.move(pair, "activate", by=move.by)


def take_back_pair(order: Order, move: Move[Any]) -> None:
    """Guards of SM-3 may refuse: then nothing is taken back. Nor is it from under a pair that has gone on
    since then: it would work without an order. Raises Conflict.
    """
    pair = _pair_of(order, *ASSIGNED)
    if pair is not None and pair.state != PairState.ACTIVE:
        raise Conflict(
            "pair_went_on",
            f"С парой уже сделали следующий шаг, сейчас она: {pair.get_state_display()}. Отменить "
            "регистрацию приказа нельзя, его меняют другим приказом.",
        )
    if pair is not None:
        PAIR.move(pair, "take_back", by=system(move.by))


def keep_order_with_pair(order: Order, move: Move[Any]) -> None:
    """Raises Conflict."""
    if not move.by.is_system and _pair_of(order, PairState.ORDER_DRAFT) is not None:
        raise Conflict(
            "order_of_pair",
            "Этот приказ ждёт пара. Чтобы не издавать его, отзовите предложение на странице пары.",
        )


def go_on_when_all_agree(consent: MentoringConsent, move: Move[Any]) -> None:
    if all_consents_given(consent.pair):
        PAIR.move(consent.pair, "collect", by=system(move.by))


def decline_pair(consent: MentoringConsent, move: Move[Any]) -> None:
    PAIR.move(consent.pair, "decline", by=system(move.by))


def end_pair_without_consent(consent: MentoringConsent, move: Move[Any]) -> None:
    pair = consent.pair
    if pair.state in FORMING:
        PAIR.move(pair, "decline", by=system(move.by))
    elif pair.state in (PairState.ACTIVE, PairState.SUSPENDED):
        ends_on = earliest_end(consent.role, clock.today())
        PAIR.move(pair, "give_notice", by=move.by, asked=GiveNotice(ends_on=ends_on))


def hand_on_predecessor(pair: Pair, move: Move[Any]) -> None:
    before = pair.predecessor
    if before is not None and before.state == PairState.REPLACING:
        PAIR.move(before, "hand_on", by=system(move.by))


def propose_successor(pair: Pair, move: Move[Replace]) -> None:
    """On the same terms, as far as the school's longest term allows today; its people are asked at once."""
    first_day = move.asked.planned_from
    propose_pair(
        by=move.by,
        mentor=move.asked.successor,
        mentees=pair.people,
        planned_from=first_day,
        planned_to=min(max(pair.planned_to, first_day), MentoringSettings.here().longest_until(first_day)),
        kinds=pair.kinds,
        form=pair.form,
        role_model=pair.role_model,
        goal=pair.goal,
        ask=True,
        predecessor=pair,
        channel=pair.channel,
        schedule=pair.schedule,
        reaction_hours=pair.reaction_hours,
        selection=pair.selection,
        mentee_gives=pair.mentee_gives,
    )


FOLLOWS = (
    On(ORDER, "register", activate_pair, why="Приказ о закреплении, где бы его ни записали, начинает пару."),
    On(ORDER, "take_back", take_back_pair, why="Без приказа пара снова ждёт его."),
    On(ORDER, "cancel", keep_order_with_pair, why="Проект приказа живёт, пока его ждёт пара."),
    On(CONSENT, "give", go_on_when_all_agree, why="Последнее согласие ведёт пару дальше."),
    On(CONSENT, "refuse", decline_pair, why="Без согласия каждого пара не начинается."),
    On(
        CONSENT,
        "withdraw",
        end_pair_without_consent,
        why="Пара, которой ещё нет, не начнётся; действующая получает уведомление.",
    ),
    On(PAIR, "activate", hand_on_predecessor, why="Прежняя пара заканчивается, когда новая начала."),
    On(
        PAIR,
        "replace",
        propose_successor,
        why="Новую пару предлагают на прежних условиях и сразу спрашивают.",
    ),
)
