"""The bank: search and reading. The same views serve a school (under its own role) and the city."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from best_practices import access
from best_practices.answers import Answer, Words, fragment_of, page_number
from best_practices.citing import citation
from best_practices.collecting import shown_collections
from best_practices.counted import evidence_of, with_grades
from best_practices.fitting import fitting_own, near_in_meaning
from best_practices.models import BankPractice, PracticeCall
from best_practices.on_card import actions_on
from best_practices.own_bank import searches_like, ways_to_follow
from best_practices.questions import WORDS, Asked
from best_practices.reading import sections_of
from best_practices.search import PAGE, search_bank, similar_to
from best_practices.services import note_opened, note_question
from best_practices.states import Kind
from best_practices.talk import talk_of
from portal.accounts.actors import chosen_membership
from portal.accounts.request import PortalRequest, signed_in_person
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Forbidden
from portal.core.text import whole_number
from portal.search.engine import TITLE, Found
from portal.ui.shortcuts import page
from tenants.addresses import city_url, school_url
from tenants.models import School

FACETS = {
    "nomination": Words("Номинация", WORDS["nomination"]),
    "subject": Words("Предмет", WORDS["subject"]),
    "form": Words("Форма", WORDS["form"]),
    "kind": Words("Вид наставничества", WORDS["kind"]),
    "evidence": Words("Насколько доказана", WORDS["evidence"]),
}
View = Callable[..., HttpResponse]
MOST_CALLS = 3


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
    by, asked, number = request.actor, Asked.of(request.GET), page_number(request.GET)
    text = asked.text
    found, shown = search_bank(by, text, asked.picked, number, **asked.manner)
    with_grades(one.card for one in shown)
    asked = replace(asked, by_words=asked.by_words or found.without_meaning)
    if number == 1 and asked.is_plain:
        note_question(text, found)
    return page(
        request,
        "best_practices/find.html",
        shown=[
            (s.card, s.hit.highlights.get(TITLE, ()), fragment_of(s.hit), _opening(text, s.card, place))
            for place, s in enumerate(shown, start=(number - 1) * PAGE + 1)
        ],
        **ways_to_follow(request.person, asked),
        **_by_meaning(by, found, asked, number=number),
        calls=_calls(by) if asked.is_everything and number == 1 else [],
        **Answer(found, asked, FACETS, PAGE).for_page(number),
    )


def _calls(by: Actor) -> list[PracticeCall]:
    """What the city looks for, beside the catalogue of a school; the nearest day first."""
    return list(PracticeCall.objects.open()[:MOST_CALLS]) if by.school is not None else []


def _by_meaning(by: Actor, found: Found, asked: Asked, *, number: int) -> dict[str, Any]:
    """Beside the catalogue, what fits the reader's difficulties; beside an empty answer, what lies near to
    the question. Who asks for a phrase, excludes, or narrows the answer wants nothing else.
    """
    if asked.is_everything:
        first = number == 1
        return {"fitting": fitting_own(by), "gathered": shown_collections(by)} if first else {}
    meant = found.asked
    if found.total or not asked.is_plain or not meant or meant.phrases or meant.excluded:
        return {}
    return {"near_in_meaning": near_in_meaning(by, found.understood.layout_fixed or asked.text)}


def _opening(text: str, card: BankPractice, place: int) -> str:
    """The address of an answer; it tells at which place of which question it was opened."""
    url = reverse("bank:practice", args=[card.uuid])
    return f"{url}?{urlencode({'q': text, 'place': str(place)})}" if text else url


@require_safe
@for_readers
def read(request: PortalRequest, pk: str) -> HttpResponse:
    """One practice, by questions that a colleague would ask."""
    archived = access.archived_practice_for(request.actor, pk)  # type: ignore[arg-type]
    if archived is not None:
        return _taken_off(request, archived)
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
        evidence=evidence_of(card),
        actions=actions_on(request.actor, card),
        talk=talk_of(card),
        say_url=city_url("own_bank:comment_new", card.uuid),
        follow_url=city_url("own_bank:follow", card.uuid),
        alike=searches_like(card),
        collect_url=city_url("own_bank:collect", card.uuid),
        thank_url=city_url("own_bank:thank", card.uuid),
        own_talk_url=city_url("own_bank:comments"),
        link=request.build_absolute_uri(city_url("bank:practice", card.uuid)),
        citation=citation(card, clock.today()),
        crumbs=crumbs,
    )


def _taken_off(request: PortalRequest, card: BankPractice) -> HttpResponse:
    """The address stays, and what schools have told of the practice."""
    crumbs, told = [("Банк практик", reverse("bank:find"))], evidence_of(card)
    return page(
        request,
        "best_practices/gone.html",
        status=410,
        card=card,
        said=access.taken_off(card),
        evidence=told if told.ever else None,
        crumbs=crumbs,
    )
