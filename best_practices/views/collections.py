"""Collections of cards: one's own, and for the methodist the city's; the city's on the bank's pages."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from best_practices.collecting import (
    can_edit_city_collections,
    collection_for,
    collections_of,
    placed,
    shown_collection_for,
)
from best_practices.forms_of_collections import ArrangeForm, CollectForm, CollectionForm
from best_practices.models import Collection
from best_practices.readers import card_to_gather_for
from best_practices.services import collections as gathering
from best_practices.views.bank import for_readers
from portal.accounts.request import PortalRequest
from portal.ui.shortcuts import done, page, version_of
from tenants.addresses import city_url


def _url(collection: Collection) -> str:
    return reverse("own_bank:collection", args=[collection.uuid])


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Мои данные", reverse("me")), ("Подборки", reverse("own_bank:collections")), *more]


@require_safe
def collections(request: PortalRequest) -> HttpResponse:
    """One's own, and the city's for the methodist."""
    rows = list(collections_of(request.actor))
    return page(request, "best_practices/collections/list.html", rows=rows, crumbs=_crumbs()[:1])


@require_http_methods(["GET", "HEAD", "POST"])
def collection_new(request: PortalRequest) -> HttpResponse:
    """A name, and what it is about."""
    by = request.actor
    gathering.refuse_strangers(by)
    form = CollectionForm(request.POST or None, may_be_of_city=can_edit_city_collections(by))
    if request.method == "POST" and form.is_valid():
        with form.catching():
            made = gathering.make_collection(**form.cleaned_data, by=by)
        if not form.refused:
            return done(request, _url(made), "Подборка готова. Практики кладут в неё с их страниц.")
    return page(request, "best_practices/collections/new.html", form=form, crumbs=_crumbs())


@require_safe
def collection(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Its cards in their order; those that were taken off are said to be so."""
    return _shown_to_owner(request, collection_for(request.actor, pk))


def _shown_to_owner(
    request: PortalRequest, found: Collection, refused: ArrangeForm | None = None
) -> HttpResponse:
    rows = []
    for one in placed(found.items):
        number = str(one.item.practice)
        begun = {"practice": number, "act": "note", "note": one.item.note}
        form = ArrangeForm(initial=begun, version=found.version, practice=number)
        if refused is not None and refused.data.get("practice") == number:
            form = refused
        rows.append((one, city_url("bank:practice", one.card.uuid) if one.card else "", form))
    told: dict[str, Any] = {"collection": found, "rows": rows, "refused": refused, "crumbs": _crumbs()}
    return page(request, "best_practices/collections/one.html", **told)


@require_http_methods(["GET", "HEAD", "POST"])
def collection_edit(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Its name, and what it is about."""
    by, found = request.actor, collection_for(request.actor, pk)
    kept = {"title": found.title, "text": found.text}
    form = CollectionForm(request.POST or None, initial=kept, version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            gathering.change_collection(found, **form.cleaned_data, by=by, version=form.version)
        if not form.refused:
            return done(request, _url(found), "Записано.")
    crumbs = _crumbs((found.title, _url(found)))
    return page(request, "best_practices/collections/edit.html", form=form, collection=found, crumbs=crumbs)


@require_POST
def collection_delete(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Deleted at once, from the front page too; pressed again, it is gone already."""
    found = collection_for(request.actor, pk)
    gathering.delete_collection(found, by=request.actor)
    return done(request, reverse("own_bank:collections"), f"Подборка «{found.title}» удалена.")


@require_POST
def collection_arrange(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A card of it goes up, down or away, or gets another note."""
    by, found = request.actor, collection_for(request.actor, pk)
    form = ArrangeForm(request.POST, practice=request.POST.get("practice", ""))
    if form.is_valid():
        with form.catching():
            gathering.arrange_card(found, **form.cleaned_data, by=by, version=form.version)
        if not form.refused:
            return done(request, _url(found), "Записано.")
    return _shown_to_owner(request, found, form)


@require_POST
def collection_show(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The methodist shows a collection of the city to all readers of the bank, or takes it off."""
    found, show = collection_for(request.actor, pk), request.POST.get("show") == "yes"
    gathering.show_collection(found, show=show, by=request.actor, version=version_of(request))
    said = "Подборка на первой странице банка." if show else "Подборку теперь видят только методисты."
    return done(request, _url(found), said)


@require_http_methods(["GET", "HEAD", "POST"])
def collect(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A card goes into a collection that there is, or into a new one, with a note."""
    by, card = request.actor, card_to_gather_for(request.actor, pk)
    form = CollectForm(request.POST or None, own=list(collections_of(by)))
    if request.method == "POST" and form.is_valid():
        with form.catching():
            into = form.chosen or gathering.make_collection(title=form.cleaned_data["title"], by=by)
            gathering.put_card(into, card, note=form.cleaned_data["note"], by=by)
        if not form.refused:
            return done(request, _url(into), "Практика в подборке.")
    crumbs = [("Банк практик", city_url("bank:find")), (card.title, city_url("bank:practice", card.uuid))]
    return page(request, "best_practices/collections/collect.html", form=form, card=card, crumbs=crumbs)


@require_safe
@for_readers
def shown(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A collection of the city, with the methodist's words."""
    found = shown_collection_for(request.actor, pk)
    crumbs = [("Банк практик", reverse("bank:find"))]
    return page(request, "best_practices/collections/shown.html", shown=found, crumbs=crumbs)
