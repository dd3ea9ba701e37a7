"""What must be true of a pair, with the sentence that says how to mend it. What must be true of what was
typed stands beside what is asked (`asked`).
"""

from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.workflow import Check, Guard, Move
from portal.local_acts.models import Order
from portal.local_acts.states import OrderState
from portal.mentor_bank.models import MentorCard
from portal.mentor_bank.states import PayBasis
from portal.mentoring.models import Compatibility, Pair
from portal.mentoring.selectors.people import who_is_away
from portal.mentoring.states import Conclusion, ConsentState, PairState
from portal.mentoring.work import WORK

SUSPENSION_DAYS = 92


# ── What is asked of the pair ───────────────────────────────────────────────────────────────────────


def has_ready_mentor(pair: Pair) -> bool:
    return MentorCard.objects.ready().filter(person=pair.mentor_id).exists()


def all_consents_given(pair: Pair) -> bool:
    """The mentor and every mentee have agreed."""
    states = list(pair.consents.values_list("state", flat=True))
    return len(states) == 1 + pair.pair_mentees.count() and all(
        state == ConsentState.GIVEN for state in states
    )


def conclusion_of(pair: Pair) -> str:
    row = Compatibility.objects.filter(pair=pair).first()
    return row.conclusion if row else ""


def has_somebody_left(pair: Pair) -> bool:
    """The mentor, or the mentee; a group goes on while one of its mentees is left."""
    return pair.mentor.has_left or all(person.has_left for person in pair.people)


# ── Guards: the state of things ─────────────────────────────────────────────────────────────────────


def _mentor_is_ready(pair: Pair, by: Actor) -> bool:
    """Also at the order: the principal's signature under it is the second word on the mentor (decisions.md,
    SM-2).
    """
    return has_ready_mentor(pair)


def _all_agreed(pair: Pair, by: Actor) -> bool:
    return all_consents_given(pair)


def _somebody_refused(pair: Pair, by: Actor) -> bool:
    return pair.consents.filter(state__in=(ConsentState.REFUSED, ConsentState.WITHDRAWN)).exists()


def _not_against(pair: Pair, by: Actor) -> bool:
    return conclusion_of(pair) != Conclusion.NOT_RECOMMENDED


def _is_against(pair: Pair, by: Actor) -> bool:
    return conclusion_of(pair) == Conclusion.NOT_RECOMMENDED


def _order_registered(pair: Pair, by: Actor) -> bool:
    return pair.order is not None and pair.order.state == OrderState.REGISTERED


def _notice_is_over(pair: Pair, by: Actor) -> bool:
    return pair.ends_on is not None and pair.ends_on <= clock.today()


def _successor_is_active(pair: Pair, by: Actor) -> bool:
    return Pair.objects.filter(predecessor=pair, state=PairState.ACTIVE).exists()


def _no_successor_open(pair: Pair, by: Actor) -> bool:
    return not Pair.objects.succeeding(pair).exists()


def _programme_completed(pair: Pair, by: Actor) -> bool:
    return WORK().is_completed(pair)


def _programme_goes_on(pair: Pair, by: Actor) -> bool:
    return not WORK().is_completed(pair)


def _may_be_longer(pair: Pair, by: Actor) -> bool:
    return pair.may_be_longer


def _somebody_left(pair: Pair, by: Actor) -> bool:
    return has_somebody_left(pair)


def _all_are_employed(pair: Pair, by: Actor) -> bool:
    return all(not person.has_left for person in (pair.mentor, *pair.people))


def _nobody_is_away(pair: Pair, by: Actor) -> bool:
    return not who_is_away(pair)


def _suspended_too_long(pair: Pair, by: Actor) -> bool:
    return pair.suspended_on is not None and (clock.today() - pair.suspended_on).days > SUSPENSION_DAYS


def _has_not_begun(pair: Pair, by: Actor) -> bool:
    """Nothing was done on the strength of the order."""
    return not WORK().has_begun(pair)


def _has_no_predecessor(pair: Pair, by: Actor) -> bool:
    return pair.predecessor_id is None


def _pay_order_is_open(pair: Pair, by: Actor) -> bool:
    return not Order.objects.filter(code="T-10", subject=pair.uuid, state=OrderState.REGISTERED).exists()


MENTOR_READY = Guard(
    "mentor_not_ready", "Наставник сейчас не подтверждён, на паузе или отсутствует.", _mentor_is_ready
)
CONSENTS = Guard("consents", "Согласия собраны не все.", _all_agreed)
REFUSED = Guard("no_refusal", "Никто не отказывался.", _somebody_refused)
NOT_AGAINST = Guard(
    "advised_against",
    "Психолог не рекомендует эту пару: пропустить заключение нельзя, можно только решить иначе и написать "
    "почему.",
    _not_against,
)
AGAINST = Guard("not_advised_against", "Решать вопреки заключению нечему: психолог не возражал.", _is_against)
ORDER = Guard(
    "order",
    "Приказ о закреплении ещё не зарегистрирован: укажите номер, дату и приложите скан.",
    _order_registered,
)
ALL_EMPLOYED = Guard(
    "somebody_left", "Кто-то из пары уже не работает в школе: отзовите это предложение.", _all_are_employed
)
ALL_HERE = Guard(
    "somebody_away",
    "Кто-то из пары сейчас надолго отсутствует: дождитесь его или отзовите это предложение.",
    _nobody_is_away,
)
NOTICE_OVER = Guard("notice_runs", "Срок уведомления ещё не наступил.", _notice_is_over)
SUCCEEDED = Guard("successor_not_active", "Новая пара ещё не действует.", _successor_is_active)
NO_SUCCESSOR = Guard(
    "successor_open", "Новая пара ещё складывается: сначала решите с ней.", _no_successor_open
)
PROGRAMME_DONE = Guard("programme_open", "Сначала завершите программу пары.", _programme_completed)
PROGRAMME_OPEN = Guard(
    "programme_done",
    "Программа пары уже завершена. Завершите пару; чтобы работать дальше, предложите новую.",
    _programme_goes_on,
)
TERM_LEFT = Guard(
    "term_is_used",
    "Дольше порядок наставничества школы не разрешает. Подведите итоги и завершите эту пару; если работа "
    "продолжается, предложите новую: с новыми согласиями и приказом.",
    _may_be_longer,
)
LEFT = Guard(
    "nobody_left",
    "Наставник и наставляемые работают в школе. Чтобы закончить раньше, нужно уведомление.",
    _somebody_left,
)
TOO_LONG = Guard(
    "suspension_short", "Пауза короче трёх месяцев: пару можно возобновить.", _suspended_too_long
)
NOT_BEGUN = Guard(
    "begun",
    "Пара уже начала работать: есть программа или записанная встреча. Отменить регистрацию приказа нельзя.",
    _has_not_begun,
)
NO_PREDECESSOR = Guard(
    "handed_on", "Эта пара уже сменила прежнюю: отменить регистрацию приказа нельзя.", _has_no_predecessor
)
PAY_ORDER_OPEN = Guard(
    "pay_order", "Сначала отмените регистрацию приказа о доплате этой пары.", _pay_order_is_open
)


# ── Checks: what was typed of the order ─────────────────────────────────────────────────────────────


def _agreement_fixed(pair: Pair, move: Move[Any]) -> bool:
    """The agreement is there, and is signed: a day that has not come is a plan."""
    return bool(pair.agreement_number.strip() and pair.agreement_on and pair.agreement_on <= clock.today())


def _pay_fixed(pair: Pair, move: Move[Any]) -> bool:
    if pair.pay_basis == PayBasis.NONE_BY_ACT:
        return bool(pair.pay_act.strip())
    return bool(pair.pay_basis and pair.pay_size and pair.pay_size > 0)


def _order_follows_consents(pair: Pair, move: Move[Any]) -> bool:
    """Mentoring is assigned with a written consent that is there already (ст. 351.8 ТК РФ)."""
    given = pair.consents.filter(state=ConsentState.GIVEN).order_by("-given_on").first()
    return (
        pair.order is None
        or pair.order.signed_on is None
        or given is None
        or given.given_on is None
        or pair.order.signed_on >= given.given_on
    )


def _period_is_ahead(pair: Pair, move: Move[Any]) -> bool:
    return pair.order is None or pair.order.signed_on is None or pair.order.signed_on <= pair.planned_to


AGREEMENT = Check(
    "agreement",
    "Укажите номер и дату подписанного дополнительного соглашения с наставником (ст. 351.8 ТК РФ): не позже "
    "сегодняшнего дня.",
    _agreement_fixed,
    field="agreement_number",
)
PAY = Check(
    "pay", "Укажите размер доплаты или локальный акт, по которому её нет.", _pay_fixed, field="pay_basis"
)
AFTER_CONSENTS = Check(
    "before_consents",
    "Приказ не может быть раньше письменных согласий: проверьте день приказа.",
    _order_follows_consents,
    field="signed_on",
)
PERIOD = Check(
    "period_over",
    "Приказ подписан позже, чем закончился срок пары: предложите её с новым сроком.",
    _period_is_ahead,
    field="signed_on",
)
PAPERS_OF_ORDER = (AGREEMENT, PAY, AFTER_CONSENTS, PERIOD)
"""Typed on the page of the order and written before the pair begins (`services.register_pair_order`); whoever
has registered the order elsewhere hears of the same fields.
"""
