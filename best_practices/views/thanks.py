"""Thanks to the authors of a practice: given by one press, read by the authors, taken back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from best_practices.forms_of_readers import ThanksForm
from best_practices.readers import card_for_reader, teacher
from best_practices.services import thanks as giving
from best_practices.thanking import given_by, own_thanks_for, thanks_to, titles_of
from portal.accounts.request import PortalRequest
from portal.ui.shortcuts import done, page
from tenants.addresses import city_url


@require_safe
def thanks(request: PortalRequest) -> HttpResponse:
    """What colleagues have said to the person as an author, and what the person has said."""
    to_me = list(thanks_to(request.actor).select_related("user"))
    mine = list(given_by(request.actor))
    titles = titles_of({row.practice for row in (*to_me, *mine)})
    told: dict[str, Any] = {
        "to_me": [_told(row, titles) for row in to_me],
        "mine": [_told(row, titles) for row in mine],
    }
    return page(request, "best_practices/talk/thanks.html", **told, crumbs=[("Мои данные", reverse("me"))])


def _told(row: Any, titles: dict[UUID, tuple[str, UUID | None]]) -> tuple[Any, str, str]:
    """The row, the title of its practice, and where it is read while it stands in the bank."""
    title, card = titles.get(row.practice, ("", None))
    return row, title, city_url("bank:practice", card) if card else ""


@require_http_methods(["GET", "HEAD", "POST"])
def thank(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The press on the card comes here with no words; on the page a sentence may be added."""
    by, card = request.actor, card_for_reader(request.actor, pk)
    known = given_by(by).filter(practice=card.practice).first()
    typed = request.POST if request.method == "POST" else None
    form = ThanksForm(typed, initial={"words": known.words if known else ""})
    if request.method == "POST" and form.is_valid():
        with form.catching():
            giving.thank_authors(card, words=form.cleaned_data["words"], by=by)
        if not form.refused:
            return done(request, city_url("bank:practice", card.uuid), "Спасибо! Авторы это увидят.")
    crumbs = [("Банк практик", city_url("bank:find")), (card.title, city_url("bank:practice", card.uuid))]
    told: dict[str, Any] = {
        "card": card,
        "known": known,
        "place": teacher(by).short_name,
        "person": request.person,
    }
    return page(request, "best_practices/talk/thank.html", form=form, **told, crumbs=crumbs)


@require_POST
def thanks_back(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Taken back at once."""
    giving.take_thanks_back(own_thanks_for(request.actor, pk), by=request.actor)
    return done(request, reverse("own_bank:thanks"), "Благодарность взята назад.")
