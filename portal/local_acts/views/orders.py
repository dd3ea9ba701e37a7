"""Orders: the list, the paper with what is missing, registration, the curator."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import audit
from portal.accounts.request import PortalRequest
from portal.core.actor import Actor
from portal.core.errors import Forbidden, NotVisible
from portal.core.workflow import Offer
from portal.files.storing import download
from portal.local_acts import access, exports, services
from portal.local_acts.forms import AmendForm, CuratorForm, OrderFilters, RegisterOrderForm
from portal.local_acts.models import Order
from portal.local_acts.selectors import OPEN_ORDERS, REGISTERED_ELSEWHERE, curator_order, orders_visible_to
from portal.local_acts.states import OrderState
from portal.local_acts.workflow import ORDER
from portal.staff.selectors import deputies
from portal.ui.lists import ListPage
from portal.ui.parts import Empty
from portal.ui.shortcuts import done, page, passed, version_of

SIGNS = {"draft": "turn", "on_approval": "turn", "approved": "turn", "registered": "ok", "cancelled": "idle"}
SORTS = {"made": ("Подготовлен", ["created_at", "id"]), "signed": ("Подписан", ["signed_on", "id"])}


def url_of(order: Order) -> str:
    return reverse("local_acts:order", args=[order.uuid])


def crumbs_of(order: Order | None = None) -> list[tuple[str, str]]:
    own = [(order.title, url_of(order))] if order else []
    return [("Приказы", reverse("local_acts:orders")), *own]


@require_safe
def orders(request: PortalRequest) -> HttpResponse:
    """All orders of the school, newest first."""
    by = request.actor
    empty = Empty(
        "Приказов пока нет",
        "Приказ появится здесь, когда пара согласится работать вместе или вы назначите куратора.",
    )
    listing = ListPage(
        request,
        orders_visible_to(by),
        filters=OrderFilters,
        sorts=SORTS,
        default="-made",
        empty=empty,
        export=exports.orders_table,
    )
    for row in listing.rows:
        row.sign = SIGNS[row.state]
    return listing.answer("local_acts/orders.html")


@require_safe
def order(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The paper as it will be printed, and whether everything is ready."""
    by = request.actor
    found = access.order_for(by, pk)
    is_open = found.state in OPEN_ORDERS
    facts = [("Номер", found.number), ("Подписан", f"{found.signed_on:%d.%m.%Y}" if found.signed_on else "")]
    return page(
        request,
        "local_acts/order.html",
        order=found,
        blocks=exports.order_preview(found, by),
        checks=exports.order_checks(found, by) if is_open else [],
        facts=[(name, value) for name, value in facts if value],
        sign=SIGNS[found.state],
        why=audit.why(found, ORDER),
        is_open=is_open,
        has_document=exports.has_document(found),
        may_register=is_open and access.can_register_order(by, found),
        shown=exports.order_shown(found),
        draft_url=reverse("local_acts:order_word", args=[found.uuid]),
        offers=_offers(found, by),
        move_url=reverse("local_acts:order_move", args=[found.uuid]),
        may_amend=found.state == OrderState.REGISTERED and access.can_amend_order(by, found),
        amended=[] if is_open else list(found.amended_by.exclude(state=OrderState.CANCELLED)),
        crumbs=crumbs_of(),
    )


def _offers(found: Order, by: Actor) -> list[Offer]:
    """Steps without a page of their own; the way back is shown on its day only."""
    rows = [offer for offer in ORDER.offers(found, by) if offer.transition.verb != "register"]
    return [offer for offer in rows if offer.ready or offer.transition.verb != "take_back"]


@require_http_methods(["GET", "HEAD", "POST"])
def order_register(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Number, day and scan of the signed paper."""
    by = request.actor
    found = access.order_for(by, pk)
    if not access.can_register_order(by, found):
        raise Forbidden(
            "Приказы регистрируют директор и специалист по кадрам, а приказ о назначении куратора только "
            "директор."
        )
    if found.code in REGISTERED_ELSEWHERE:
        return passed(
            request,
            reverse(REGISTERED_ELSEWHERE[found.code], args=[found.subject]),
            "Этот приказ регистрируют вместе с дополнительным соглашением.",
        )
    if request.method != "POST" and found.state not in OPEN_ORDERS:
        return passed(request, url_of(found), f"Этот шаг уже позади. Приказ: {found.get_state_display()}.")
    form = RegisterOrderForm(
        request.POST or None,
        request.FILES or None,
        version=found.version,
        initial={"number": services.suggested_number(found.series)},
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.register_order(found, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(request, url_of(found), f"Приказ № {form.cleaned_data['number']} зарегистрирован.")
    return page(
        request,
        "local_acts/edit.html",
        form=form,
        heading="Регистрация приказа",
        lead=f"{found.title}. {ORDER.final('register')}",
        submit="Зарегистрировать",
        back_url=url_of(found),
        crumbs=crumbs_of(found),
        order=found,
        blocks=exports.order_preview(found, by),
        draft_url=reverse("local_acts:order_word", args=[found.uuid]),
    )


@require_POST
def order_move(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The draft will not be signed; or the registration of today is taken back."""
    by = request.actor
    found, verb = access.order_for(by, pk), request.POST.get("verb", "cancel")
    if verb not in ("take_back", "cancel"):
        raise NotVisible
    said = ORDER.said(verb, found.state)
    ORDER.move(found, verb, by=by, version=version_of(request), comment=request.POST.get("comment", ""))
    return done(request, url_of(found), said)


@require_http_methods(["GET", "HEAD", "POST"])
def order_amend(request: PortalRequest, pk: UUID) -> HttpResponse:
    """What is registered is changed by another order."""
    by = request.actor
    found = access.order_for(by, pk)
    if not access.can_amend_order(by, found):
        raise Forbidden("Приказы готовят директор, куратор и специалист по кадрам.")
    if request.method != "POST" and found.state != OrderState.REGISTERED:
        return passed(
            request,
            url_of(found),
            "Этот приказ ещё не зарегистрирован: его проект меняется вместе с данными.",
        )
    form = AmendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            made = services.amend_order(found, by=by, **form.cleaned_data)
        if not form.refused:
            return done(
                request,
                url_of(made),
                "Проект готов: распечатайте, подпишите и зарегистрируйте. Прежний приказ останется как был.",
            )
    return page(
        request,
        "local_acts/edit.html",
        form=form,
        heading="Изменить приказ",
        lead=found.title,
        submit="Подготовить приказ об изменении",
        back_url=url_of(found),
        crumbs=crumbs_of(found),
    )


@require_safe
def order_word(request: PortalRequest, pk: UUID) -> HttpResponseBase:
    """The order in Word."""
    by = request.actor
    found = access.order_for(by, pk)
    if not exports.has_document(found):
        raise NotVisible
    return exports.order_word(found, by)


@require_safe
def order_scan(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The signed paper."""
    found = access.order_for(request.actor, pk)
    if found.scan is None:
        raise NotVisible
    return download(found.scan)  # type: ignore[return-value]


@require_http_methods(["GET", "HEAD", "POST"])
def curator(request: PortalRequest) -> HttpResponse:
    """The principal chooses the curator among deputies."""
    by = request.actor
    if not access.can_appoint_curator(by):
        raise Forbidden("Куратора назначает директор.")
    known = curator_order()
    people = list(deputies())
    form = CuratorForm(request.POST or None, deputies=people)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            made = services.appoint_curator(
                form.chosen,
                valid_from=form.cleaned_data["valid_from"],
                valid_to=form.cleaned_data["valid_to"],
                by=by,
            )
        if not form.refused:
            return done(
                request, url_of(made), "Проект приказа готов: распечатайте, подпишите и зарегистрируйте."
            )
    open_url = url_of(known) if known else ""
    return page(
        request, "local_acts/curator.html", form=form, people=people, open_url=open_url, crumbs=crumbs_of()
    )
