"""A school orders what the bank does not have; the methodist sees what schools want, and answers."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from best_practices import access, services
from best_practices.forms import AnswerOrderForm, OrderForm
from best_practices.orders import answered, like, orders_of_school, wanted
from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.ui.shortcuts import done, only_while, page
from portal.ui.words import plural

_HAND: dict[str, Any] = {
    "goes": ["Текст, который вы напишете ниже", "Название вашей школы"],
    "stays": ["Ваше имя: в город оно не уходит"],
}
_SENT = "Заказ ушёл в методический отдел. Об ответе вы узнаете из уведомления."
_KNOWN = "Ваша школа это уже заказала. Заказ ниже: там и ответ города, когда он придёт."


@require_http_methods(["GET", "HEAD", "POST"])
def order(request: PortalRequest) -> HttpResponse:
    """What will be sent is shown before it is; beside it what was ordered, and what was answered."""
    by = request.actor
    if by.school is None or not access.can_order_practice(by):
        raise Forbidden("Заказывают практику педагоги школ города.")
    form = OrderForm(request.POST or None, initial={"text": request.GET.get("q", "")[:200]})
    if request.method == "POST" and form.is_valid():
        with form.catching():
            _, is_new = services.order_practice(form.cleaned_data["text"], by=by)
        if not form.refused:
            return done(request, reverse("practice_orders:new"), _SENT if is_new else _KNOWN)
    told = {**_HAND, "crumbs": [("Банк практик", reverse("bank:find"))], "ordered": orders_of_school(by=by)}
    return page(request, "best_practices/order.html", form=form, **told)


@require_safe
def orders(request: PortalRequest) -> HttpResponse:
    """What schools want, the most wanted first, and what was answered."""
    if not access.can_edit_search_words(request.actor):
        raise Forbidden("Заказы практик смотрит методист.")
    crumbs = [("Слова поиска", reverse("expertise:words"))]
    return page(request, "best_practices/orders.html", wanted=wanted(), answered=answered(), crumbs=crumbs)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The methodist's word to all schools that wait for the same."""
    by, found, back = request.actor, access.order_for(request.actor, pk), reverse("expertise:orders")
    only_while(request, found.answered_on is None, back, "На этот заказ уже ответили: школы знают.")
    form = AnswerOrderForm(request.POST or None, version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            many = services.answer_order(found, **form.cleaned_data, by=by, version=form.version)
        if not form.refused:
            return done(request, back, f"Ответ ушёл: {many} {plural(many, 'школе,школам,школам')}.")
    waiting = like(found)
    return page(
        request,
        "best_practices/order_answer.html",
        form=form,
        order=found,
        waiting=waiting,
        first=waiting[0],
        crumbs=[("Слова поиска", reverse("expertise:words")), ("Заказы практик", back)],
    )
