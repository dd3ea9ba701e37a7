"""The bank: search, reading, the PDF. The same views serve a school (under its own role) and the city."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from best_practices import access, exports
from best_practices.reading import sections_of
from best_practices.search import PAGE, search_bank
from best_practices.states import Form, Kind, Nomination
from portal.accounts.actors import chosen_membership
from portal.accounts.request import PortalRequest, person_of
from portal.core.errors import Forbidden
from portal.core.text import whole_number
from portal.files.answers import attachment
from portal.search.engine import TITLE, Found, Hit, Mark
from portal.ui.parts import Facet
from portal.ui.shortcuts import page
from tenants.addresses import city_url, school_url
from tenants.models import School

TITLES = {"nomination": "Номинация", "subject": "Предмет", "form": "Форма", "kind": "Вид наставничества"}
WORDS: dict[str, dict[str, str]] = {
    "nomination": dict(Nomination.choices),
    "form": dict(Form.choices),
    "kind": dict(Kind.choices),
    "subject": {},
}
LAST_PAGE = 500
View = Callable[..., HttpResponse]


def for_readers(view: View) -> View:
    """Whoever may read the bank here; a teacher whom a colleague sent the city's address reads the same page
    at the own school.
    """

    @wraps(view)
    def shown(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        by = request.actor
        if by.can("bank:read") or by.can("city_bank:read"):
            return view(request, *args, **kwargs)
        own = _own_school(request) if by.school is None else None
        if own is None:
            raise Forbidden("Банк практик открыт педагогам школ города и работникам Управления.")
        return HttpResponseRedirect(school_url(own.code, "home") + request.get_full_path().lstrip("/"))

    return shown


def _own_school(request: PortalRequest) -> School | None:
    memberships = request.memberships
    chosen = chosen_membership(person_of(request), memberships)
    return next((m.school for m in [chosen, *memberships] if m is not None and m.school is not None), None)


@require_safe
@for_readers
def find(request: PortalRequest) -> HttpResponse:
    """Search the bank; without a question it is a catalogue, the newest first."""
    by, text = request.actor, request.GET.get("q", "").strip()
    picked = {facet: request.GET.getlist(facet) for facet in TITLES}
    number = _page_number(request)
    found, shown = search_bank(by, text, picked, number)
    facets, chips = _facets(found, picked, text), _chips(picked, text)
    return page(
        request,
        "best_practices/find.html",
        q=text,
        found=found,
        shown=[(s.card, s.hit.highlights.get(TITLE, ()), _fragment(s.hit)) for s in shown],
        facets=facets,
        chips=chips,
        previous=_address(text, picked, number - 1) if number > 1 else "",
        following=_address(text, picked, number + 1) if found.total > number * PAGE else "",
        number=number,
        reset=_address(text, {}),
        own_search=True,
        refine=f"Уточнить, выбрано {len(chips)}" if chips else "Уточнить",
        **_understood(found),
    )


def _page_number(request: PortalRequest) -> int:
    return min(whole_number(request.GET.get("page", "1")) or 1, LAST_PAGE)


def _address(text: str, picked: dict[str, list[str]], number: int = 1) -> str:
    pairs = [("q", text)] if text else []
    pairs += [(facet, value) for facet, values in picked.items() for value in values]
    pairs += [("page", str(number))] if number > 1 else []
    return f"{reverse('bank:find')}?{urlencode(pairs)}"


def _toggled(picked: dict[str, list[str]], facet: str, value: str) -> dict[str, list[str]]:
    now = picked.get(facet, [])
    return {**picked, facet: [v for v in now if v != value] if value in now else [*now, value]}


def _facets(found: Found, picked: dict[str, list[str]], text: str) -> list[tuple[str, list[Facet]]]:
    groups = []
    for name, title in TITLES.items():
        values = [
            Facet(
                WORDS[name].get(c.value, c.value),
                _address(text, _toggled(picked, name, c.value)),
                c.number,
                c.value in picked[name],
            )
            for c in found.facets.get(name, [])
        ]
        if any(value.picked for value in values) or any(value.count != found.total for value in values):
            groups.append((title, values))  # a facet whose every value fits every answer would choose nothing
    return groups


def _chips(picked: dict[str, list[str]], text: str) -> list[tuple[str, str]]:
    return [
        (WORDS[name].get(value, value), _address(text, _toggled(picked, name, value)))
        for name, values in picked.items()
        for value in values
    ]


def _fragment(hit: Hit) -> Sequence[Mark]:
    """The richest fragment of what a person reads: keywords alone say nothing."""
    return next((marks for name, marks in hit.highlights.items() if name not in ("title", "tags")), ())


def _understood(found: Found) -> dict[str, Any]:
    """How the question was read: its words in all their forms, what they were taken for, and near words."""
    read = found.understood
    return {"lemmas": read.lemmas[:8], "near": read.synonyms[:4], "corrected": list(read.corrected.items())}


@require_safe
@for_readers
def read(request: PortalRequest, pk: str) -> HttpResponse:
    """One practice, by questions that a colleague would ask."""
    card = access.bank_practice_for(request.actor, pk)  # type: ignore[arg-type]
    crumbs = [("Банк практик", reverse("bank:find"))]
    return page(
        request,
        "best_practices/read.html",
        card=card,
        text=card.text,
        sections=sections_of(card.text),
        kinds=[Kind(k).label for k in card.kinds],
        link=request.build_absolute_uri(city_url("bank:practice", card.uuid)),
        crumbs=crumbs,
    )


@require_safe
@for_readers
def download(request: PortalRequest, pk: str) -> HttpResponse:
    """The practice as a tagged PDF."""
    card = access.bank_practice_for(request.actor, pk)  # type: ignore[arg-type]
    return attachment(exports.pdf_of(card), f"{card.code} {card.title}.pdf", "application/pdf")
