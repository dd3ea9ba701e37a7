"""Pages of the school's form, and «что и когда уходит из школы»."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.request import PortalRequest
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden
from portal.core.workflow import Offer
from portal.monitoring import selectors, services
from portal.monitoring.access import can_fill_form, can_sign_form, form_for
from portal.monitoring.exports import forms_table
from portal.monitoring.forms import LateForm, values_form
from portal.monitoring.models import SchoolForm
from portal.monitoring.states import FormState as S
from portal.monitoring.workflow import SCHOOL_FORM
from portal.monitoring.workflow.numbers import is_complete, is_explained
from portal.municipality.indicators import INDICATORS
from portal.ui.lists import ListPage
from portal.ui.parts import Empty, Step, walk_of
from portal.ui.shortcuts import done, page, version_of
from tenants.context import school_here

_NOTES = {S.RETURNED: "поправьте и сдайте ещё раз", S.CANCELLED: "сдавать не нужно"}
_OPEN = (S.PREFILLED, S.IN_WORK, S.RETURNED)


@require_safe
def forms(request: PortalRequest) -> HttpResponse:
    """Forms of all campaigns, the nearest term first."""
    by = _reader(request)
    empty = Empty(
        "Форм пока не было",
        "Когда город откроет сбор, форма появится здесь, уже заполненная тем, что портал может посчитать.",
    )
    return ListPage(request, selectors.forms_visible_to(by), empty=empty, export=forms_table).answer(
        "monitoring/forms.html"
    )


def _acting(request: PortalRequest) -> Actor:
    return request.actor


def _reader(request: PortalRequest) -> Actor:
    by = _acting(request)
    if not by.can("school_form:read"):
        raise Forbidden
    return by


@require_safe
def form(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A form: where it is, what is in it, whose move it is."""
    by = _reader(request)
    found = form_for(by, pk)
    values = selectors.shown_values(found)
    fills = found.state in _OPEN and can_fill_form(by, found)
    return page(
        request,
        "monitoring/form.html",
        form_of=found,
        values=values,
        steps=_lane(found),
        crumbs=_crumbs(),
        counted=sum(1 for v in values if v.is_counted),
        may_fill=fills,
        moved=_moved(found, by),
        may_sign=found.state in (S.PREFILLED, S.IN_WORK, S.DIRECTOR_SIGNED) and can_sign_form(by, found),
        offers=[offer for offer in _to_sign(found, by) if offer.unmet],
    )


def _moved(found: SchoolForm, by: Actor) -> list[str]:
    return selectors.moved_since(found) if found.state in _OPEN and can_fill_form(by, found) else []


def _lane(found: SchoolForm) -> list[Step]:
    """A form that came late says so at its step, also when it is answered."""
    walk = walk_of(SCHOOL_FORM, found, note=_NOTES.get(S(found.state), ""))
    late = found.was_late and found.state != S.RETURNED
    return [
        replace(step, title="Сдана с опозданием") if late and step.title == "Сдана" else step for step in walk
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Numbers, prefilled; what differs is explained."""
    by = _reader(request)
    found = form_for(by, pk)
    if not can_fill_form(by, found):
        raise Forbidden
    _refuse_closed(found)
    values = sorted(found.values.all(), key=lambda value: list(INDICATORS).index(value.indicator))
    typed = values_form(values)(request.POST or None, version=found.version)
    if request.method == "POST" and typed.is_valid():
        with typed.catching():
            SCHOOL_FORM.move(found, "fill", by=by, version=typed.version, asked=typed.asked())
        if not typed.refused:
            word = (
                "Числа записаны. Проверьте и сдайте форму."
                if can_sign_form(by, found)
                else "Числа записаны. Эстафета у директора: форму подписывает он."
            )
            return done(request, _url(found), word)
    counted = sum(1 for value in values if value.is_counted)
    return page(
        request,
        "monitoring/fill.html",
        form=typed,
        form_of=found,
        counted=counted,
        total=len(values),
        crumbs=[*_crumbs(), (found.title, _url(found))],
    )


def _refuse_closed(found: SchoolForm) -> None:
    if found.state not in _OPEN:
        raise Conflict("wrong_state", f"Числа уже не меняются. Форма: {found.get_state_display()}.")


@require_POST
def recount(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Count anew what the portal can count."""
    by = _reader(request)
    found = form_for(by, pk)
    services.recount_form(found, by=by, version=version_of(request))
    return done(request, _url(found), "Пересчитано. Числа, которые вписали вы, не изменились.")


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The only way out of the school: what goes, to whom, what stays; signed by the principal."""
    by = _reader(request)
    found = form_for(by, pk)
    if not can_sign_form(by, found):
        raise Forbidden("Форму подписывает и сдаёт директор.")
    late = found.is_late_now
    why = LateForm(request.POST or None, version=found.version) if late else None
    if request.method == "POST" and (why is None or why.is_valid()):
        handed = _handed(request, found, why)
        if handed is not None:
            return handed
    if request.method != "POST" and found.state not in (S.PREFILLED, S.IN_WORK, S.DIRECTOR_SIGNED):
        raise Conflict("wrong_state", f"Сейчас сдать нельзя. Форма: {found.get_state_display()}.")
    ready = is_complete(found, by) and is_explained(found, by)
    return page(
        request,
        "monitoring/hand_over.html",
        form_of=found,
        values=selectors.shown_values(found),
        moved=_moved(found, by),
        ready=ready,
        goes=_goes(found),
        stays=_STAYS,
        place=school_here().short_name,
        crumbs=[*_crumbs(), (found.title, _url(found))],
        offers=_to_sign(found, by),
        form=why,
        late=late,
    )


def _to_sign(found: SchoolForm, by: Actor) -> list[Offer]:
    """What is missing before the signature; which of the two ways a signed form goes is settled by the
    day.
    """
    return [offer for offer in SCHOOL_FORM.offers(found, by) if offer.transition.verb == "sign"]


def _handed(request: PortalRequest, found: SchoolForm, why: LateForm | None) -> HttpResponse | None:
    """Hand over; a refusal at the word about the lateness stays on the page."""
    by, version = _acting(request), version_of(request)
    if why is None:
        services.hand_over_form(found, by=by, version=version)
        return done(request, _url(found), SCHOOL_FORM.said("submit", S.DIRECTOR_SIGNED))
    with why.catching():
        services.hand_over_form(found, by=by, version=version, comment=why.cleaned_data["comment"])
    if why.refused:
        return None
    return done(request, _url(found), SCHOOL_FORM.said("submit_late", S.DIRECTOR_SIGNED))


_STAYS = [
    "Имена наставников и наставляемых",
    "Пары, программы и встречи, из которых числа посчитаны",
    "Черновики формы и прежние числа",
]


def _goes(found: SchoolForm) -> list[str]:
    rows = [INDICATORS[code].question for code in found.indicators if code in INDICATORS]
    return [*(f"{row}: числа и пояснение" for row in rows), "Ваша подпись: кто и когда сдал"]


@require_safe
def disclosure(request: PortalRequest) -> HttpResponse:
    """«Что и когда уходит из школы»."""
    by = _acting(request)
    if not by.can("disclosure:read"):
        raise Forbidden
    return page(
        request,
        "monitoring/disclosure.html",
        flows=selectors.flows(),
        agreed=selectors.agreed_counters(),
        lines=selectors.disclosed(by),
        last=selectors.last_counters(),
        to_see="principal" in by.offices and not selectors.has_seen_flow(by),
    )


@require_POST
def seen(request: PortalRequest) -> HttpResponse:
    """The principal has read the list of numbers."""
    services.note_flow_seen(by=_acting(request))
    return done(request, reverse("monitoring:disclosure"), "Записано. Список всегда можно открыть здесь.")


def _crumbs() -> list[tuple[str, str]]:
    return [("Формы для города", reverse("monitoring:forms"))]


def _url(found: SchoolForm) -> str:
    return reverse("monitoring:form", args=[found.uuid])
