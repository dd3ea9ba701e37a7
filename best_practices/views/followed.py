"""Practices that a person follows."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from best_practices.followed import Now, followed_by, own_follow_for, states_of
from best_practices.readers import card_to_gather_for
from best_practices.services.followed import follow_practice, stop_following
from portal.accounts.request import PortalRequest
from portal.ui.shortcuts import done, page
from tenants.addresses import city_url


@require_safe
def followed(request: PortalRequest) -> HttpResponse:
    """Each with where it is read, or that it was taken off."""
    own = list(followed_by(request.actor))
    states = states_of(row.practice for row in own)
    cards = [states.get(row.practice, Now()).card for row in own]
    rows = [
        (row, city_url("bank:practice", card) if card else "") for row, card in zip(own, cards, strict=True)
    ]
    return page(
        request, "best_practices/followed_list.html", rows=rows, crumbs=[("Мои данные", reverse("me"))]
    )


@require_POST
def follow(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The press on the card."""
    card = card_to_gather_for(request.actor, pk)
    follow_practice(card, by=request.actor)
    return done(request, reverse("own_bank:followed"), "Когда в практике будет новое, придёт письмо.")


@require_POST
def follow_stop(request: PortalRequest, pk: UUID) -> HttpResponse:
    """No letters about it any more."""
    found = own_follow_for(request.actor, pk)
    stop_following(found, by=request.actor)
    return done(request, reverse("own_bank:followed"), f"Писем о практике «{found.title}» больше не будет.")
