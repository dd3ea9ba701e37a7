"""The name of the account, and what schools have written down otherwise."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.accounts import names
from portal.accounts.request import PortalRequest, signed_in_person
from portal.ui.shortcuts import done, page


@never_cache
@require_safe
def own(request: PortalRequest) -> HttpResponse:
    """How the portal calls the person, and the question of each school that calls them otherwise."""
    person = signed_in_person(request)
    asked = names.open_proposals_of(person)
    return page(request, "accounts/name.html", person=person, asked=asked)


@require_POST
def answer(request: PortalRequest, pk: UUID) -> HttpResponse:
    """«Да, это моё имя», or «Не моё имя»."""
    mine = request.POST.get("answer") == "yes"
    asked = names.answer_proposal(signed_in_person(request), pk, mine=mine, by=request.actor)
    said = f"Записано: вы {asked.full_name}." if mine else "Записано. Школа сверит имя с документами."
    return done(request, reverse("own_name"), said)
