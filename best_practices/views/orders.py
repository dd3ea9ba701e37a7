"""An order of a practice: a school sends it, the methodist reads what is wanted."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from best_practices import access, services
from best_practices.forms import OrderForm
from best_practices.orders import wanted
from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.ui.shortcuts import done, page

_GOES = ["Текст, который вы напишете ниже", "Название вашей школы"]
_STAYS = ["Ваше имя: в город оно не уходит"]


@require_http_methods(["GET", "HEAD", "POST"])
def order(request: PortalRequest) -> HttpResponse:
    """What will be sent is shown before it is."""
    by = request.actor
    if by.school is None or not access.can_order_practice(by):
        raise Forbidden("Заказывают практику педагоги школ города.")
    form = OrderForm(request.POST or None, initial={"text": request.GET.get("q", "")[:200]})
    if request.method == "POST" and form.is_valid():
        told = "Ваша школа это уже заказала: методический отдел знает."
        with form.catching():
            if services.order_practice(form.cleaned_data["text"], by=by):
                told = "Заказ ушёл в методический отдел. Когда практика появится, она будет здесь, в банке."
        if not form.refused:
            return done(request, reverse("bank:find"), told)
    crumbs = [("Банк практик", reverse("bank:find"))]
    return page(request, "best_practices/order.html", form=form, goes=_GOES, stays=_STAYS, crumbs=crumbs)


@require_safe
def orders(request: PortalRequest) -> HttpResponse:
    """What schools want, the most wanted first."""
    if not access.can_edit_search_words(request.actor):
        raise Forbidden("Заказы практик смотрит методист.")
    crumbs = [("Слова поиска", reverse("expertise:words"))]
    return page(request, "best_practices/orders.html", wanted=wanted(), crumbs=crumbs)
