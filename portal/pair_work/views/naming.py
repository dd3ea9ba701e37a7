"""The principal lets the card of a practice name the school, or takes that back."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from portal.accounts.request import PortalRequest
from portal.core.errors import Invalid
from portal.pair_work import services
from portal.pair_work.access import adoption_to_name
from portal.ui.shortcuts import done, version_of

SAYS = {
    "yes": "Записано: на карточке практики школа названа. Передумать можно здесь же.",
    "no": "Записано: на карточке практики школу больше не называют.",
}


@require_POST
def name(request: PortalRequest, pk: UUID) -> HttpResponse:
    row, named = adoption_to_name(request.actor, pk), request.POST.get("named", "")
    if named not in SAYS:
        raise Invalid("named", "Выберите, называть ли школу на карточке практики.", "named")
    services.name_school(row, named=named == "yes", by=request.actor, version=version_of(request))
    return done(request, reverse("pair_work:adoption", args=[pk]), SAYS[named])
