"""SM-8: local acts and orders.

The council's minutes and the union's visa are requisites which the principal types (decisions.md):
`on_approval` and the visas of colleagues, `amended`, and the acts T-01, T-03, T-05 belong to the room of acts
to come.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.core.old_workflow import Extra, Guard, Transition, Workflow
from portal.local_acts import access
from portal.local_acts.models import LocalAct, Order
from portal.local_acts.states import ActState, OrderState

A, S = ActState, OrderState
Met = Callable[[Any, Actor, Extra], bool]
EARLIEST = dt.date(2000, 1, 1)


def _typed(name: str) -> Met:
    """The guard's condition: the form has the field filled."""
    return lambda obj, by, extra: bool(str(extra.get(name) or "").strip())


def _past(name: str) -> Met:
    """The day is filled, and not later than today."""
    return lambda obj, by, extra: bool(extra.get(name)) and EARLIEST <= extra[name] <= clock.today()


def _has_scan(obj: LocalAct | Order, by: Actor, extra: Extra) -> bool:
    return bool(extra.get("scan") or obj.scan_id)


def _has_text(act: LocalAct, by: Actor, extra: Extra) -> bool:
    return bool(act.chapters)


def _is_time(act: LocalAct, by: Actor, extra: Extra) -> bool:
    return act.in_force_from is not None and act.in_force_from <= clock.today()


def _keep_requisites(act: LocalAct, by: Actor, extra: Extra) -> None:
    act.minutes_number, act.minutes_on = extra["minutes_number"].strip(), extra["minutes_on"]
    act.union_number, act.union_on = extra.get("union_number", "").strip(), extra["union_on"]


def _keep_registration(act: LocalAct, by: Actor, extra: Extra) -> None:
    act.number, act.approved_on = extra["number"].strip(), extra["approved_on"]
    act.in_force_from = extra.get("in_force_from") or extra["approved_on"]
    act.scan = extra.get("scan") or act.scan


def _starts_not_before(act: LocalAct, by: Actor, extra: Extra) -> bool:
    start, approved = extra.get("in_force_from"), extra.get("approved_on")
    return start is None or approved is None or start >= approved


def _not_before_minutes(act: LocalAct, by: Actor, extra: Extra) -> bool:
    earlier = [day for day in (act.minutes_on, act.union_on) if day]
    return not (earlier and extra.get("approved_on")) or extra["approved_on"] >= max(earlier)


ACT = Workflow(
    "local_act",
    "Локальный акт",
    LocalAct,
    (
        Transition(
            "approve",
            "Принять и согласовать",
            (A.DRAFT, A.ON_APPROVAL),
            A.APPROVED,
            access.can_approve_act,
            guards=(
                Guard("no_text", "В акте пока нет ни одной главы.", _has_text),
                Guard(
                    "minutes_number",
                    "Укажите номер протокола педагогического совета.",
                    _typed("minutes_number"),
                    field="minutes_number",
                ),
                Guard(
                    "minutes_on",
                    "Укажите день педагогического совета: не позже сегодняшнего.",
                    _past("minutes_on"),
                    field="minutes_on",
                ),
                Guard(
                    "union_on",
                    "Укажите день, когда акт согласовала профсоюзная организация: не позже сегодняшнего.",
                    _past("union_on"),
                    field="union_on",
                ),
            ),
            effects=(_keep_requisites,),
            document="T-02",
            seed="6.1",
        ),
        Transition(
            "register",
            "Утвердить приказом",
            (A.APPROVED,),
            A.REGISTERED,
            access.can_approve_act,
            guards=(
                Guard("number", "Укажите номер приказа об утверждении.", _typed("number"), field="number"),
                Guard(
                    "approved_on",
                    "Укажите день приказа: не позже сегодняшнего.",
                    _past("approved_on"),
                    field="approved_on",
                ),
                Guard(
                    "before_minutes",
                    "Приказ не может быть раньше педагогического совета и согласия профсоюза.",
                    _not_before_minutes,
                    field="approved_on",
                ),
                Guard(
                    "in_force_from",
                    "Акт не может начать действовать раньше, чем его утвердили.",
                    _starts_not_before,
                    field="in_force_from",
                ),
                Guard(
                    "scan",
                    "Приложите скан подписанного акта: первую страницу с грифами или весь документ.",
                    _has_scan,
                    field="scan",
                ),
            ),
            effects=(_keep_registration,),
            document="T-02",
            seed="6.1",
        ),
        Transition(
            "enact",
            "Ввести в действие",
            (A.REGISTERED,),
            A.IN_FORCE,
            access.can_put_in_force,
            guards=(Guard("too_early", "День, с которого акт действует, ещё не наступил.", _is_time),),
            quiet=True,
        ),
        Transition(
            "repeal",
            "Признать утратившим силу",
            (A.IN_FORCE,),
            A.REPEALED,
            access.can_put_in_force,
            quiet=True,
            final="Положение перестанет действовать, и вернуть его нельзя: новое готовят, утверждают и "
            "регистрируют заново.",
        ),
        Transition(
            "reject",
            "Отклонить проект",
            (A.DRAFT, A.ON_APPROVAL, A.APPROVED),
            A.REJECTED,
            access.can_approve_act,
            needs_comment=True,
            quiet=True,
            final="Отклонённый проект не продолжить. Новый готовится одним нажатием, реквизиты нужно будет "
            "ввести снова.",
        ),
    ),
    code="SM-8",
)


def _stamp_registered(order: Order, by: Actor, extra: Extra) -> None:
    order.number = extra["number"].strip()
    order.signed_on = extra["signed_on"]
    order.scan = extra.get("scan") or order.scan
    order.year = extra["signed_on"].year
    order.registered_at, order.registered_by = clock.now(), by.user


def _forget_registration(order: Order, by: Actor, extra: Extra) -> None:
    order.number, order.signed_on, order.scan, order.year = "", None, None, None
    order.registered_at = order.registered_by = None


def _registered_today(order: Order, by: Actor, extra: Extra) -> bool:
    return order.registered_at is not None and clock.local(order.registered_at).date() == clock.today()


def _gives_no_office(order: Order, by: Actor, extra: Extra) -> bool:
    return not access.gives_office(order)


def _is_not_amended(order: Order, by: Actor, extra: Extra) -> bool:
    return not order.amended_by.filter(state=OrderState.REGISTERED).exists()


def _number_is_free(order: Order, by: Actor, extra: Extra) -> bool:
    number, signed = str(extra.get("number") or "").strip(), extra.get("signed_on")
    if not number or not signed:
        return True
    taken = Order.objects.filter(
        series=order.series, year=signed.year, number=number, state=OrderState.REGISTERED
    )
    return not taken.exclude(pk=order.pk).exists()


def _number_fits(order: Order, by: Actor, extra: Extra) -> bool:
    return len(str(extra.get("number") or "").strip()) <= 40


ORDER = Workflow(
    "order",
    "Приказ",
    Order,
    (
        Transition(
            "register",
            "Зарегистрировать подписанный",
            (S.DRAFT, S.ON_APPROVAL, S.APPROVED),
            S.REGISTERED,
            access.can_register_order,
            final="Номер и дата запишутся в журнал: зарегистрированный приказ не правят, изменения вносят "
            "новым приказом.",
            guards=(
                Guard("number", "Укажите номер приказа.", _typed("number"), field="number"),
                Guard("number_long", "Номер длиннее 40 знаков: проверьте.", _number_fits, field="number"),
                Guard(
                    "signed_on",
                    "Укажите день подписания: не позже сегодняшнего.",
                    _past("signed_on"),
                    field="signed_on",
                ),
                Guard(
                    "number_taken",
                    "Приказ с таким номером в этом году уже есть. Проверьте номер.",
                    _number_is_free,
                    field="number",
                ),
                Guard("scan", "Приложите скан подписанного приказа.", _has_scan, field="scan"),
            ),
            effects=(_stamp_registered,),
            seed="ГОСТ Р 7.0.97",
        ),
        Transition(
            "take_back",
            "Отменить регистрацию",
            (S.REGISTERED,),
            S.DRAFT,
            access.can_take_back_registration,
            guards=(
                Guard(
                    "not_today",
                    "Отменить регистрацию можно только в тот же день. Теперь приказ меняют другим приказом.",
                    _registered_today,
                ),
                Guard(
                    "gives_office",
                    "Приказ уже дал должность. Закончите её на странице должности: права снимутся сразу.",
                    _gives_no_office,
                ),
                Guard(
                    "amended",
                    "Этот приказ уже изменён другим. Сначала отмените регистрацию того приказа.",
                    _is_not_amended,
                ),
            ),
            effects=(_forget_registration,),
            needs_comment=True,
            quiet=True,
        ),
        Transition(
            "cancel",
            "Не издавать приказ",
            (S.DRAFT, S.ON_APPROVAL, S.APPROVED),
            S.CANCELLED,
            access.can_cancel_order,
            quiet=True,
            final="Этот проект приказа закроется. Если приказ понадобится, его составят заново.",
        ),
    ),
    code="SM-8",
)
