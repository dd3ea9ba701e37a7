"""The bank: search, reading, the PDF. The same views serve a school (under its own role) and the city."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from best_practices import access, exports
from best_practices.fitting import fitting_own, near_in_meaning
from best_practices.models import BankPractice
from best_practices.own_bank import ways_to_follow
from best_practices.questions import WORDS, Asked
from best_practices.reading import sections_of
from best_practices.search import PAGE, search_bank, similar_to
from best_practices.services import note_opened, note_question
from best_practices.states import Kind
from portal.accounts.actors import chosen_membership
from portal.accounts.request import PortalRequest, signed_in_person
from portal.core.actor import Actor
from portal.core.errors import Forbidden
from portal.core.text import whole_number
from portal.files.answers import attachment
from portal.search.engine import TITLE, Found, Hit, Mark
from portal.search.text import tokens
from portal.ui.parts import Facet
from portal.ui.shortcuts import page
from tenants.addresses import city_url, school_url
from tenants.models import School

TITLES = {"nomination": "Номинация", "subject": "Предмет", "form": "Форма", "kind": "Вид наставничества"}
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
    chosen = chosen_membership(signed_in_person(request), memberships)
    return next((m.school for m in [chosen, *memberships] if m is not None and m.school is not None), None)


@require_safe
@for_readers
def find(request: PortalRequest) -> HttpResponse:
    """Search the bank; without a question it is a catalogue, the newest first."""
    by, asked, number = request.actor, Asked.of(request.GET), _page_number(request)
    text = asked.text
    found, shown = search_bank(by, text, asked.picked, number, **asked.manner)
    asked = replace(asked, by_words=asked.by_words or found.without_meaning)
    facets, chips = _facets(found, asked), _chips(asked)
    if number == 1 and asked.is_plain:
        note_question(text, found)
    return page(
        request,
        "best_practices/find.html",
        q=text,
        found=found,
        shown=[
            (s.card, s.hit.highlights.get(TITLE, ()), _fragment(s.hit), _opening(text, s.card, place))
            for place, s in enumerate(shown, start=(number - 1) * PAGE + 1)
        ],
        facets=facets,
        chips=chips,
        previous=asked.address(number - 1) if number > 1 else "",
        following=asked.address(number + 1) if found.total > number * PAGE else "",
        number=number,
        reset=replace(asked, picked={}).address(),
        orders=asked.orders,
        literally=replace(asked, as_typed=True).address(),
        mended=replace(asked, as_typed=False).address() if asked.as_typed else "",
        own_search=True,
        **ways_to_follow(request.person, asked),
        refine=f"Уточнить, выбрано {len(chips)}" if chips else "Уточнить",
        **_by_meaning(by, found, asked, number=number),
        **_understood(found, asked),
    )


def _by_meaning(by: Actor, found: Found, asked: Asked, *, number: int) -> dict[str, Any]:
    """Beside the catalogue, what fits the reader's difficulties; beside an empty answer, what lies near to
    the question. Who asks for a phrase, excludes, or narrows the answer wants nothing else.
    """
    if asked.is_everything:
        return {"fitting": fitting_own(by) if number == 1 else []}
    meant = found.asked
    if found.total or not asked.is_plain or not meant or meant.phrases or meant.excluded:
        return {}
    return {"near_in_meaning": near_in_meaning(by, found.understood.layout_fixed or asked.text)}


def _opening(text: str, card: BankPractice, place: int) -> str:
    """The address of an answer; it tells at which place of which question it was opened."""
    url = reverse("bank:practice", args=[card.uuid])
    return f"{url}?{urlencode({'q': text, 'place': str(place)})}" if text else url


def _page_number(request: PortalRequest) -> int:
    return min(whole_number(request.GET.get("page", "1")) or 1, LAST_PAGE)


def _facets(found: Found, asked: Asked) -> list[tuple[str, list[Facet]]]:
    groups = []
    for name, title in TITLES.items():
        values = [
            Facet(
                WORDS[name].get(c.value, c.value),
                asked.toggled(name, c.value).address(),
                c.number,
                c.value in asked.picked[name],
            )
            for c in found.facets.get(name, [])
        ]
        if any(value.picked for value in values) or any(value.count != found.total for value in values):
            groups.append((title, values))  # a facet whose every value fits every answer would choose nothing
    return groups


def _chips(asked: Asked) -> list[tuple[str, str]]:
    return [
        (WORDS[name].get(value, value), asked.toggled(name, value).address())
        for name, values in asked.picked.items()
        for value in values
    ]


def _fragment(hit: Hit) -> Sequence[Mark]:
    """The richest fragment of what a person reads: keywords alone say nothing."""
    return next((marks for name, marks in hit.highlights.items() if name not in ("title", "tags")), ())


def _understood(found: Found, asked: Asked) -> dict[str, Any]:
    """How the question was read: what was meant, its words, what they were taken for (each with the address
    that refuses it), near words, those that nobody has; and whether no practice has all of them.
    """
    read = found.understood
    text = read.layout_fixed or asked.text
    told = [(typed, words, asked.literally(typed, text)) for typed, words in read.corrected.items()]
    mended = [(typed, words, url) for typed, words, url in told if words[0] != typed]
    beside = [(typed, words[1:], url) for typed, words, url in told if words[0] == typed]
    known = [word for word in read.words if word not in read.unknown]
    return {
        "meant": text,
        "words": list(dict.fromkeys(read.corrected.get(word, [word])[0] for word in known))[:8],
        "unknown": read.unknown[:8],
        "wordless": bool(asked.text) and not tokens(asked.text),
        "near": read.synonyms[:4],
        "corrected": mended,
        "beside": beside,
        "in_parts": found.total > 0 and not found.whole and len(read.words) > 1,
    }


@require_safe
@for_readers
def read(request: PortalRequest, pk: str) -> HttpResponse:
    """One practice, by questions that a colleague would ask."""
    card = access.bank_practice_for(request.actor, pk)  # type: ignore[arg-type]
    note_opened(request.GET.get("q", ""), whole_number(request.GET.get("place", "")) or 0)
    crumbs = [("Банк практик", reverse("bank:find"))]
    return page(
        request,
        "best_practices/read.html",
        card=card,
        text=card.text,
        sections=sections_of(card.text),
        kinds=[Kind(k).label for k in card.kinds],
        similar=similar_to(request.actor, card),
        link=request.build_absolute_uri(city_url("bank:practice", card.uuid)),
        crumbs=crumbs,
    )


@require_safe
@for_readers
def download(request: PortalRequest, pk: str) -> HttpResponse:
    """The practice as a tagged PDF."""
    card = access.bank_practice_for(request.actor, pk)  # type: ignore[arg-type]
    return attachment(exports.pdf_of(card), f"{card.code} {card.title}.pdf", "application/pdf")
