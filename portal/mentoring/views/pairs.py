"""Pages of pairs: the list, the order and the pay. Steps that only ask something are in `steps`."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.request import PortalRequest
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Forbidden, NotVisible
from portal.documents.word.preview import Block
from portal.files.storing import store
from portal.local_acts.access import order_for
from portal.local_acts.models import Order
from portal.local_acts.selectors import suggested_number
from portal.local_acts.states import OrderState
from portal.mentor_bank.states import PayBasis
from portal.mentoring import services
from portal.mentoring.access import pair_for
from portal.mentoring.access import pairs as access
from portal.mentoring.exports.pairs import order_checks, pay_words
from portal.mentoring.exports.tables import pairs_table
from portal.mentoring.forms.pairs import PayForm, RegisterForm
from portal.mentoring.models import Pair
from portal.mentoring.states import FORMING, PairState
from portal.mentoring.views.of_day import PairFilters, pairs_of_day
from portal.mentoring.workflow import PAIR
from portal.papers.freezing import KINDS, blocks_of
from portal.ui.lists import ListPage
from portal.ui.on_day import day_asked
from portal.ui.parts import Empty
from portal.ui.shortcuts import done, only_while, page, passed
from portal.ui.step_button import pressed


@require_safe
def pairs(request: PortalRequest) -> HttpResponse:
    by = request.actor
    day = day_asked(request.GET.get("on", ""))
    if day is not None:
        return pairs_of_day(request, day)
    rows = Pair.objects.visible_to(by).with_people().select_related("order")
    empty = Empty(
        "Пар пока нет", "Пара начинается с потребности.", reverse("mentor_bank:needs"), "К потребностям"
    )
    sorts = {
        "mentor": ("Наставник", ["mentor__name_key", "id"]),
        "until": ("До", ["planned_to", "id"]),
        "state": ("Состояние", ["state", "id"]),
        "new": ("Новые", ["id"]),
    }
    return ListPage(
        request, rows, filters=PairFilters, sorts=sorts, default="mentor", empty=empty, export=pairs_table
    ).answer(
        "mentoring/pairs.html",
        sees_all=by.can("pair:read"),
        can_group=by.can("pair:propose"),
        can_settle=by.can("mentoring_settings:edit"),
    )


@require_POST
def pair_move(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A step that asks nothing but a comment; whoever sends another one is led to its page."""
    by = request.actor
    row = pair_for(by, pk)
    step = PAIR.row(request.POST.get("verb", ""), row.state)
    if step is not None and step.page:
        return done(request, reverse(f"mentoring:pair_{step.page}", args=[pk]))
    said = pressed(request, PAIR, row, by=by)
    return done(request, reverse("cabinet:pair", args=[pk]), said)


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row = pair_for(by, pk)
    if not access.can_register_pair(by, row):
        raise Forbidden("Приказы регистрируют директор и специалист по кадрам.")
    if row.order is None:
        raise NotVisible
    _only_while_it_waits(request, row, row.order)
    if row.state == PairState.ORDER_DRAFT and not row.pay_basis:
        return passed(
            request,
            reverse("mentoring:pair_pay", args=[pk]),
            "Сначала доплата: она печатается в приказе и соглашении.",
        )
    initial = {
        "number": suggested_number(row.order.series),
        "signed_on": clock.today(),
        "agreement_on": clock.today(),
    }
    form = RegisterForm(request.POST or None, request.FILES or None, initial=initial, version=row.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.register_pair_order(row, by=by, version=form.version, **_stored(form.cleaned_data, by))
        if not form.refused:
            return done(
                request,
                reverse("cabinet:pair", args=[pk]),
                f"Приказ зарегистрирован. Пара действует. Эстафета у наставника: {row.mentor.short_name} "
                "пишет программу.",
            )
    return page(
        request,
        "mentoring/register.html",
        form=form,
        pair=row,
        papers=_papers_to_sign(row, by),
        checks=order_checks(row.order, by),
        pay=pay_words(row),
        with_pay_order=row.pay_basis != PayBasis.NONE_BY_ACT,
        back=("К паре", reverse("cabinet:pair", args=[pk])),
        is_open=row.state == PairState.ORDER_DRAFT,
    )


def _only_while_it_waits(request: PortalRequest, row: Pair, order: Order) -> None:
    """The form is shown while the order of the pair is a draft."""
    waits = order.state not in (OrderState.REGISTERED, OrderState.CANCELLED)
    word = (
        f"Зарегистрировать приказ ещё раз нельзя. Приказ: {order.get_state_display()}. Пара: "
        f"{row.get_state_display()}."
    )
    pair_page = reverse("cabinet:pair", args=[row.uuid])
    only_while(request, waits and row.state == PairState.ORDER_DRAFT, pair_page, word)


def _stored(values: dict[str, Any], by: Actor) -> dict[str, Any]:
    """What was typed, with the scans as stored files; the one of the agreement may come later."""
    scan = store(values["scan"], by=by, field="scan")
    agreement = values["agreement_scan"]
    if agreement:
        agreement = store(agreement, by=by, field="agreement_scan")
    return {**values, "scan": scan, "agreement_scan": agreement or None}


def _papers_to_sign(row: Pair, by: Actor) -> list[tuple[str, str, list[Block]]]:
    """(name, address of its Word file, what it says): the person compares the printed papers with them, and
    types their numbers under them.
    """
    if row.order is None:
        return []
    order, pair = order_for(by, row.order.uuid), access.agreement_for(by, row.uuid)
    papers = (("Приказ о закреплении", "T-08", order), ("Дополнительное соглашение", "T-09", pair))
    return [
        (name, reverse("mentoring:pair_paper", args=[row.uuid, code]), blocks_of(KINDS[code], obj, by))
        for name, code, obj in papers
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The pay, before the papers are printed."""
    by = request.actor
    row = pair_for(by, pk)
    if not access.can_settle_pay(by, row):
        raise Forbidden("Доплату записывают куратор, директор и специалист по кадрам.")
    back = reverse("cabinet:pair", args=[pk])
    if request.method != "POST" and row.state not in FORMING:
        return passed(
            request, back, "Приказ уже зарегистрирован: доплату меняют новым соглашением и приказом."
        )
    form = PayForm(request.POST or None, initial=PayForm.values_of(row), version=row.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.settle_pay(row, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            ready = row.state == PairState.ORDER_DRAFT and access.can_register_pair(by, row)
            return done(
                request,
                reverse("mentoring:pair_register", args=[pk]) if ready else back,
                "Доплата записана: она будет в документах пары.",
            )
    return page(
        request,
        "mentoring/task.html",
        form=form,
        title="Доплата наставнику",
        submit="Записать доплату",
        lead="Её спрашивают до печати: она стоит в согласии, соглашении и приказе.",
        who=row.title,
        kind="primary",
        back=("К паре", back),
    )
