"""Catalogues of the bank for printing: asked for, seen as they are made, downloaded. They are one's own, in
the city, from whichever school.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from best_practices import access
from best_practices.catalogue import chosen
from best_practices.models import BankCatalogue
from best_practices.own_bank import own_page, reader_of_bank
from best_practices.printing import ask_catalogue, question_of
from best_practices.questions import Asked
from portal.accounts.request import PortalRequest, signed_in_person
from portal.core.errors import Forbidden, NotVisible
from portal.files.storing import download
from portal.ui.shortcuts import done, page

ONLY_READERS = "Каталог печатают те, кто читает банк: педагоги школ города и работники Управления."


def _crumbs() -> list[tuple[str, str]]:
    return [("Мои данные", reverse("me")), ("Каталоги для печати", reverse("own_bank:catalogues"))]


@require_safe
def catalogues(request: PortalRequest) -> HttpResponse:
    """Of the person, the last asked for first."""
    own = BankCatalogue.objects.filter(user=signed_in_person(request)).order_by("-pk")
    return page(request, "best_practices/catalogues.html", rows=own, crumbs=_crumbs()[:1])


@require_http_methods(["GET", "HEAD", "POST"])
def catalogue_new(request: PortalRequest) -> HttpResponse:
    """What will be in it, and the press."""
    person, asked = signed_in_person(request), Asked.of(request.GET)
    if reader_of_bank(person, request.memberships) is None:
        raise Forbidden(ONLY_READERS)
    if request.method == "POST":
        made = ask_catalogue(asked, by=request.actor)
        return done(request, reverse("own_bank:catalogue", args=[made.uuid]), "Каталог готовится.")
    return page(
        request,
        "best_practices/catalogue_new.html",
        chosen="" if asked.is_everything else asked.in_words,
        many=len(chosen(asked)),
        answers=own_page("bank:find", asked),
        crumbs=_crumbs(),
    )


@require_safe
def catalogue(request: PortalRequest, pk: UUID) -> HttpResponse:
    """How far it is, then the file."""
    found, url = access.catalogue_for(request.actor, pk), reverse("own_bank:catalogue", args=[pk])
    waits = found.is_waiting and not found.is_stuck
    told: dict[str, Any] = {"catalogue": found, "url": url, "waits": waits}
    if request.headers.get("HX-Request"):
        part = "best_practices/catalogue_progress.html"
        return page(request, part, **told) if waits else done(request, url)
    again = own_page("own_bank:catalogue_new", question_of(found))
    return page(request, "best_practices/catalogue.html", again=again, crumbs=_crumbs(), **told)


@require_safe
def catalogue_file(request: PortalRequest, pk: UUID) -> HttpResponseBase:
    """The ready PDF."""
    found = access.catalogue_for(request.actor, pk)
    if found.file is None:
        raise NotVisible
    return download(found.file)
