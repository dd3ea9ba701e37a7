"""For somebody who cannot sign in: another address, or the second step anew."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.staff import access, services
from portal.staff.forms import AccessForm
from portal.staff.views.people import crumbs_of, url_of
from portal.ui.shortcuts import done, page


@require_http_methods(["GET", "HEAD", "POST"])
def let_in(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The principal says what is lost, and why it is believed."""
    found = access.person_for(request.actor, pk)
    if not access.can_mend_account(request.actor, found):
        raise Forbidden("За того, кто не может войти, просит директор его школы. Свою почту меняют сами.")
    form = AccessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.ask_to_let_in(found, by=request.actor, **form.cleaned_data)
        if not form.refused:
            return done(request, url_of(found), "Записано. Ответ города придёт вам уведомлением.")
    return page(
        request,
        "staff/let_in.html",
        form=form,
        heading=f"Не может войти: {found.short_name}",
        submit="Попросить город",
        back_url=url_of(found),
        crumbs=crumbs_of(found),
    )
