"""Own certificates, and the register of all of them for the city."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.request import PortalRequest, signed_in_person
from portal.certificates import access, exports, services
from portal.certificates.claims import claims_of
from portal.certificates.forms import CertificateFilters, ReissueForm
from portal.certificates.models import Certificate
from portal.certificates.workflow import CERTIFICATE
from portal.core.errors import Forbidden
from portal.ui.lists import ListPage
from portal.ui.parts import Empty
from portal.ui.shortcuts import done, only_while, page
from portal.ui.step_button import pressed


@require_safe
def mine(request: PortalRequest) -> HttpResponse:
    """All of the person, the newest first; they stay when a school is left."""
    person, by = signed_in_person(request), request.actor
    rows = list(Certificate.objects.filter(holder=person.pk).order_by("-pk"))
    crumbs = [("Мои данные", reverse("me"))]
    return page(request, "certificates/mine.html", rows=rows, claims=claims_of(by), crumbs=crumbs)


@require_safe
def register(request: PortalRequest) -> HttpResponse:
    """All certificates of the city."""
    by = request.actor
    if not access.can_read_register(by):
        raise Forbidden
    empty = Empty("Сертификатов пока нет", "Авторы получают их, когда практику публикуют в банке.")
    sorts = {
        "number": ("Номер", ["year", "serial"]),
        "name": ("Кому", ["name_key", "pk"]),
    }
    listing = ListPage(
        request,
        Certificate.objects.visible_to(by),
        filters=CertificateFilters,
        sorts=sorts,
        default="-number",
        empty=empty,
        export=exports.register_table,
    )
    return listing.answer("certificates/register.html")


@require_safe
def certificate(request: PortalRequest, pk: UUID) -> HttpResponse:
    """One certificate: what its paper says, and whether it may be revoked."""
    by = request.actor
    found = access.certificate_for(by, pk)
    own = [("Мои данные", reverse("me")), ("Мои сертификаты", reverse("certificates:mine"))]
    register = [("Сертификаты", reverse("certificates:register"))]
    offers = CERTIFICATE.offers(found, by)
    return page(
        request,
        "certificates/certificate.html",
        certificate=found,
        offers=[offer for offer in offers if not offer.transition.page],
        may_reissue=any(offer.transition.verb == "reissue" for offer in offers),
        crumbs=register if access.can_read_register(by) else own,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reissue(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The same certificate once more, with the right name."""
    by = request.actor
    found = access.certificate_for(by, pk)
    if not access.can_revoke_certificate(by, found):
        raise Forbidden("Имя на сертификате исправляет методист.")
    url = reverse("certificates:certificate", args=[found.uuid])
    only_while(
        request, found.is_valid, url, f"Исправлять больше нечего. Сертификат: {found.get_state_display()}."
    )
    form = ReissueForm(request.POST or None, initial={"name": found.name}, version=found.version)
    if request.method == "POST" and form.is_valid():
        said = CERTIFICATE.said("reissue", found.state)
        with form.catching():
            made = services.reissue(found, form.asked(), by=by, version=form.version)
        if not form.refused:
            return done(request, reverse("certificates:certificate", args=[made.uuid]), said)
    return page(
        request,
        "certificates/reissue.html",
        form=form,
        certificate=found,
        final=CERTIFICATE.final("reissue"),
        back=(str(found), url),
    )


@require_POST
def move(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A step of a certificate by a button."""
    by = request.actor
    found = access.certificate_for(by, pk)
    said = pressed(request, CERTIFICATE, found, by=by)
    return done(request, reverse("certificates:certificate", args=[found.uuid]), said)


@require_safe
def pdf(request: PortalRequest, pk: UUID) -> HttpResponseBase:
    """T-27 as PDF."""
    return exports.paper_answer(access.certificate_for(request.actor, pk))
