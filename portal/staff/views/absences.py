"""Who is away for long: written down, mended, ended, taken back."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.staff import access, services
from portal.staff.forms import AbsenceForm, AbsenceMendForm
from portal.staff.services.absences import FIELDS, Away
from portal.staff.views.people import crumbs_of, url_of
from portal.ui.shortcuts import done, page, version_of


@require_http_methods(["GET", "HEAD", "POST"])
def absence_new(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Somebody goes away for long."""
    by = request.actor
    found = access.person_for(by, pk)
    if not access.can_keep_absences(by):
        raise Forbidden("Отсутствия отмечают куратор и специалист по кадрам.")
    form = AbsenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.begin_absence(found, Away(**form.cleaned_data), by=by)
        if not form.refused:
            return done(
                request,
                url_of(found),
                "Записано. С первого дня шаги этого человека в парах переходят к куратору.",
            )
    return page(
        request,
        "staff/edit.html",
        form=form,
        heading=f"Отсутствие: {found.short_name}",
        lead="Отмечают то, что длится больше месяца: в эти дни человека не ждут, и в числа школы он не "
        "входит.",
        submit="Записать",
        back_url=url_of(found),
        crumbs=crumbs_of(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The person is back, or what was written down is mended."""
    by = request.actor
    found = access.absence_for(by, pk)
    person = found.person
    form = AbsenceMendForm(
        request.POST or None,
        initial={name: getattr(found, name) for name in FIELDS},
        version=found.version,
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.correct_absence(found, Away(**form.cleaned_data), by=by, version=form.version)
        if not form.refused:
            return done(request, url_of(person), "Сохранено.")
    return page(
        request,
        "staff/absence.html",
        form=form,
        absence=found,
        heading=f"Отсутствие: {person.short_name}",
        submit="Сохранить",
        back_url=url_of(person),
        crumbs=crumbs_of(person),
    )


@require_POST
def absence_remove(request: PortalRequest, pk: UUID) -> HttpResponse:
    """It was written down by mistake."""
    found = access.absence_for(request.actor, pk)
    services.take_absence_back(found, by=request.actor, version=version_of(request))
    return done(request, url_of(found.person), "Отсутствия не было: запись убрана.")
