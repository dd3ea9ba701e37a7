"""Reads about local acts and orders."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from portal.core import clock
from portal.core.actor import Actor
from portal.core.counting import home_numbers
from portal.core.next_steps import NextStep
from portal.local_acts import access
from portal.local_acts.models import ActPdf, LocalAct, Order
from portal.local_acts.states import ActKind, ActState, OrderCode, OrderState
from portal.school_records.models import Numerator
from portal.staff.selectors import CURATORS, deputies

REGISTERED_ELSEWHERE: dict[str, str] = {OrderCode.PAIR: "mentoring:pair_register"}
"""Orders that are registered together with other papers, on a page of a room above; the address is made of
the order's subject.
"""
OPEN_ORDERS = (OrderState.DRAFT, OrderState.ON_APPROVAL, OrderState.APPROVED)


def act_in_force(kind: str = ActKind.POLOZHENIE) -> LocalAct | None:
    """The act of this kind that is in force; there is at most one."""
    return LocalAct.objects.filter(kind=kind, state=ActState.IN_FORCE).first()


def act_in_work(kind: str = ActKind.POLOZHENIE) -> LocalAct | None:
    """The newest act of this kind that is on its way to force."""
    states = (ActState.DRAFT, ActState.ON_APPROVAL, ActState.APPROVED, ActState.REGISTERED)
    return LocalAct.objects.filter(kind=kind, state__in=states).order_by("-id").first()


def pdf_of(act: LocalAct) -> ActPdf | None:
    """The PDF of the act as it is now, asked for or made."""
    return ActPdf.objects.select_related("file").filter(act=act, edition=act.version).first()


def orders_visible_to(by: Actor) -> QuerySet[Order]:
    """All orders for the list."""
    return Order.objects.visible_to(by)


def numbered(text: str) -> Q:
    """Papers whose number begins so, with or without «№», the letters of the series small or capital."""
    number = text.replace("№", "").strip()
    begins = Q(number__startswith=number) | Q(number__startswith=number.lower())
    return begins & ~Q(number="") if number else Q(pk=None)


def curator_order() -> Order | None:
    """The open draft about the curator, if any."""
    return Order.objects.filter(code=OrderCode.CURATOR, state__in=OPEN_ORDERS).order_by("-id").first()


def suggested_number(series: str = "н") -> str:
    """The next number of the series in this calendar year: «12-н». A suggestion only; the paper decides."""
    last = (
        Numerator.objects.filter(series=series, year=clock.today().year)
        .values_list("last", flat=True)
        .first()
        or 0
    )
    return f"{last + 1}-{series}"


def next_steps(by: Actor) -> list[NextStep]:
    """«Что дальше» of the principal and of those who keep orders: at most six queries."""
    steps: list[NextStep] = []
    if by.can("curator:appoint"):
        steps += _curator(by)
    if by.can("local_act:approve"):
        steps += _act()
    if by.can("order:register"):
        steps += _orders(by)
    return steps


def _curator(by: Actor) -> list[NextStep]:
    if home_numbers(by)[CURATORS] or curator_order() or not deputies().exists():
        return []
    return [
        NextStep(
            "curator_to_appoint",
            "Назначьте куратора",
            "Заместитель внесён. Подготовим приказ, вы его подпишете и зарегистрируете.",
            reverse("local_acts:curator"),
            "Назначить",
            icon="person-check",
            weight=10,
        )
    ]


def _act() -> list[NextStep]:
    if act_in_force() is not None:
        return []
    act = act_in_work()
    if act is None:
        return [
            NextStep(
                "act_to_prepare",
                "Утвердите Положение о наставничестве",
                "Образец города уже с названием вашей школы: прочитайте и утвердите.",
                reverse("local_acts:acts"),
                "К Положению",
                icon="journal-text",
                weight=20,
            )
        ]
    if act.state == ActState.REGISTERED:
        return []
    words = {
        "draft": "Осталось указать протокол педсовета и согласование с профсоюзом.",
        "on_approval": "Осталось указать протокол и согласование.",
        "approved": "Принято и согласовано. Осталось утвердить приказом и приложить скан.",
    }
    return [
        NextStep(
            "act_to_approve",
            "Утвердите Положение о наставничестве",
            words[act.state],
            reverse("local_acts:act", args=[act.uuid]),
            "К Положению",
            icon="journal-text",
            weight=20,
        )
    ]


def _orders(by: Actor) -> list[NextStep]:
    """Orders that are registered here; those of pairs are the business of the pair's page."""
    rows = (
        Order.objects.filter(state__in=OPEN_ORDERS)
        .exclude(code__in=REGISTERED_ELSEWHERE)
        .select_related("amends")
        .order_by("id")
    )
    waiting = [order for order in rows[:20] if access.can_register_order(by, order)][:5]
    return [
        NextStep(
            "order_to_register",
            f"Подпишите и зарегистрируйте приказ: {order.title}",
            "Распечатайте, подпишите, впишите номер и приложите скан.",
            reverse("local_acts:order", args=[order.uuid]),
            "К приказу",
            icon="file-earmark-text",
            waiting_since=clock.local(order.created_at).date(),
            weight=25,
        )
        for order in waiting
    ]
