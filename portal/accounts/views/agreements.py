"""The city is asked whether a school may mend the sign-in of somebody who serves in the city, too."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.agreeing import agreement_for, answer_for_city
from portal.accounts.forms import AgreementForm
from portal.accounts.request import PortalRequest
from portal.ui.shortcuts import done, only_while, page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Who asks, for whom and why; agreed, or refused with a reason."""
    found, home = agreement_for(request.actor, pk), reverse("home")
    only_while(request, found.is_open, home, "На этот вопрос уже ответили.")
    form = AgreementForm(request.POST or None, version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            answer_for_city(found, by=request.actor, version=form.version, **form.said)
        if not form.refused:
            return done(request, home, "Записано. Школа, которая просила, узнает ответ.")
    change = found.change
    return page(
        request,
        "accounts/agreement.html",
        form=form,
        change=change,
        who=change.user,
        is_of_address=change.is_of_address,
        email=change.new_email,
        till_when=found.till_when,
    )
