"""Consents: prepare, print, put the scan, withdraw."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.request import PortalRequest
from portal.core.errors import Conflict, Forbidden, NotVisible
from portal.files.storing import download, store
from portal.staff import access, exports, services
from portal.staff.forms import ConsentForm, DistributionForm, ScanForm
from portal.staff.models import PersonalConsent
from portal.staff.states import ConsentKind
from portal.staff.views.people import crumbs_of
from portal.staff.workflow import CONSENT
from portal.ui.shortcuts import done, page, version_of
from tenants.addresses import city_url

WITHDRAWABLE = ("given", "withdrawn")
SIGNS = {"draft": "turn", "given": "ok", "expired": "warn", "withdrawn": "idle", "refused": "idle"}


def url_of(consent: PersonalConsent) -> str:
    return reverse("staff:consent", args=[consent.uuid])


@require_http_methods(["GET", "HEAD", "POST"])
def consent_new(request: PortalRequest, pk: UUID, kind: str) -> HttpResponse:
    """Prepare a consent to be printed."""
    by = request.actor
    person = access.person_for(by, pk)
    if kind not in ConsentKind.values:
        raise NotVisible
    if not access.can_prepare_consent(by, person):
        raise Forbidden("Согласие готовит сам человек, куратор или специалист по кадрам.")
    if kind == ConsentKind.DISTRIBUTION:
        form: ConsentForm = DistributionForm(
            request.POST or None, initial={"resources": request.build_absolute_uri(city_url("bank:find"))}
        )
    else:
        form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            made = services.prepare_consent(person, kind, by=by, **form.cleaned_data)
        if not form.refused:
            return done(
                request, url_of(made), "Документ готов: распечатайте его, подпишите и приложите скан."
            )
    return page(
        request,
        "staff/edit.html",
        form=form,
        heading=ConsentKind(kind).label.capitalize(),
        submit="Подготовить документ",
        crumbs=crumbs_of(person),
        back_url=reverse("staff:person", args=[person.uuid]),
        lead=f"{person.full_name}. Согласие добровольно.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A consent: the document, the scan, what can be done."""
    by = request.actor
    found = access.consent_for(by, pk)
    waits = found.state == "draft" and access.can_give_consent(by, found)
    form = ScanForm(request.POST or None, request.FILES or None, version=found.version) if waits else None
    if request.method == "POST" and form is None:
        raise Conflict("wrong_state", f"Скан сейчас не нужен. Согласие: {found.get_state_display()}.")
    if request.method == "POST" and form is not None and form.is_valid():
        said = CONSENT.said("give", found.state)
        with form.catching():
            scan = store(form.cleaned_data["scan"], by=by, field="scan")
            CONSENT.move(found, "give", by=by, version=form.version, asked=form.asked(scan=scan))
        if not form.refused:
            return done(request, url_of(found), said)
    offers = [offer for offer in CONSENT.offers(found, by) if offer.transition.verb != "give"]
    return page(
        request,
        "staff/consent.html",
        consent=found,
        person=found.person,
        form=form,
        offers=offers,
        facts=_facts(found),
        sign=SIGNS[found.state],
        shown=exports.consent_shown(found),
        withdrawable=found.state in WITHDRAWABLE,
        crumbs=crumbs_of(found.person),
        move_url=reverse("staff:consent_move", args=[found.uuid]),
    )


def _facts(found: PersonalConsent) -> list[tuple[str, str]]:
    rows = [
        ("Чьё", found.person.full_name),
        ("Дано", found.given_on),
        ("Действует до", found.valid_until),
        ("Отозвано", found.withdrawn_on),
        ("Где публикуется", found.resources),
        ("Что можно", ", ".join(exports.PUBLIC_DATA.get(code, code) for code in found.data_allowed)),
        ("Условия", found.conditions),
        ("Почему", found.reason),
    ]
    return [
        (name, f"{value:%d.%m.%Y}" if hasattr(value, "year") else str(value)) for name, value in rows if value
    ]


@require_POST
def consent_move(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Withdraw or refuse."""
    by = request.actor
    found, verb = access.consent_for(by, pk), request.POST.get("verb", "")
    if verb not in ("withdraw", "refuse"):
        raise NotVisible
    said = CONSENT.said(verb, found.state)
    CONSENT.move(found, verb, by=by, version=version_of(request), comment=request.POST.get("comment", ""))
    return done(request, url_of(found), said)


@require_safe
def consent_word(request: PortalRequest, pk: UUID) -> HttpResponseBase:
    """The document in Word."""
    by = request.actor
    return exports.consent_document(access.consent_for(by, pk), by)


@require_safe
def consent_withdrawal(request: PortalRequest, pk: UUID) -> HttpResponseBase:
    """The statement that takes the consent back (T-30), in Word."""
    by = request.actor
    found = access.consent_for(by, pk)
    if found.state not in WITHDRAWABLE:
        raise NotVisible
    return exports.withdrawal_document(found, by)


@require_safe
def consent_scan(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The signed paper."""
    found = access.consent_for(request.actor, pk)
    if found.scan is None:
        raise NotVisible
    return download(found.scan)  # type: ignore[return-value]
