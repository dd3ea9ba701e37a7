"""The city looks for a practice that schools have ordered; schools read what it looks for."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from best_practices import access, services
from best_practices.forms_of_calls import AnnounceForm, CallForm
from best_practices.models import PracticeCall
from best_practices.orders import named_by, ordered_by, wanted
from best_practices.views.bank import for_readers
from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.ui.shortcuts import done, only_while, page


def _crumbs() -> list[tuple[str, str]]:
    return [
        ("Слова поиска", reverse("expertise:words")),
        ("Заказы практик", reverse("expertise:orders")),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: PortalRequest) -> HttpResponse:
    """Orders that are like, one text, one day."""
    by = request.actor
    if not access.can_announce_call(by):
        raise Forbidden("Поиск практики объявляет методист.")
    waiting = [one for one in wanted() if one.call is None]
    picked = [one for one in waiting if str(one.first.uuid) in request.GET.getlist("order")]
    begun = {"orders": [str(one.first.uuid) for one in picked], "text": picked[0].text if picked else ""}
    form = AnnounceForm(request.POST or None, waiting=waiting, initial=begun)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            call = services.announce_call(**form.cleaned_data, by=by)
        if not form.refused:
            return done(
                request,
                reverse("expertise:call", args=[call.uuid]),
                "Поиск объявлен. Его видят все школы, а те, кто заказал, получат уведомление.",
            )
    return page(request, "best_practices/call_new.html", form=form, waiting=waiting, crumbs=_crumbs())


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Who waits, what schools have sent, and another day or other words."""
    by, found = request.actor, access.call_for(request.actor, pk)
    if request.method == "POST":
        only_while(
            request, found.closed_on is None, reverse("expertise:call", args=[pk]), "Этот поиск закрыт."
        )
    kept = {name: getattr(found, name) for name in CallForm.base_fields}
    form = CallForm(request.POST or None, initial=kept, version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.change_call(found, **form.cleaned_data, by=by, version=form.version)
        if not form.refused:
            return done(request, reverse("expertise:call", args=[pk]), "Записано. Школы видят новый текст.")
    orders = ordered_by(found)
    return page(
        request,
        "best_practices/call.html",
        call=found,
        form=form if found.closed_on is None else None,
        orders=orders,
        first=next((one for one in orders if one.answered_on is None), None),
        practices=named_by(found),
        crumbs=_crumbs(),
    )


@require_safe
@for_readers
def calls(request: PortalRequest) -> HttpResponse:
    """What the city looks for now."""
    rows = list(PracticeCall.objects.open())
    crumbs = [("Банк практик", reverse("bank:find"))]
    return page(request, "best_practices/calls.html", calls=rows, crumbs=crumbs)


@require_POST
def stop_waiting(request: PortalRequest, pk: UUID) -> HttpResponse:
    """One press: no notice about this order."""
    services.stop_waiting(pk, by=request.actor)
    return done(request, reverse("practice_orders:new"), "Об ответе на этот заказ вам не сообщат.")
