"""The positions of a person beside the first one."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.staff import access, services
from portal.staff.forms import PositionForm
from portal.staff.services.positions import Post
from portal.staff.views.people import crumbs_of, url_of
from portal.ui.shortcuts import done, page, version_of

GET_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_POST)
def position_new(request: PortalRequest, pk: UUID) -> HttpResponse:
    """One more position of somebody who works here."""
    by = request.actor
    found = access.person_for(by, pk)
    if not access.can_enter_person(by):
        raise Forbidden("Должности правят куратор и специалист по кадрам.")
    form = PositionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.add_position(found, Post(**form.cleaned_data), by=by)
        if not form.refused:
            return done(request, url_of(found), "Записано.")
    return page(
        request,
        "staff/edit.html",
        form=form,
        heading=f"Ещё одна должность: {found.short_name}",
        submit="Записать",
        back_url=url_of(found),
        crumbs=crumbs_of(found),
    )


@require_http_methods(GET_POST)
def position(request: PortalRequest, pk: UUID) -> HttpResponse:
    """What somebody does is mended."""
    by = request.actor
    found = access.position_for(by, pk)
    person = found.employment.person
    form = PositionForm(request.POST or None, initial=PositionForm.known(found), version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.change_position(found, Post(**form.cleaned_data), by=by, version=form.version)
        if not form.refused:
            return done(request, url_of(person), "Сохранено.")
    return page(
        request,
        "staff/position.html",
        form=form,
        position=found,
        is_last=not found.employment.positions.exclude(pk=found.pk).exists(),
        heading=f"{person.short_name}: {found.title}",
        submit="Сохранить",
        back_url=url_of(person),
        crumbs=crumbs_of(person),
    )


@require_POST
def position_remove(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The position is over, or there was none."""
    found = access.position_for(request.actor, pk)
    services.give_position_up(found, by=request.actor, version=version_of(request))
    return done(request, url_of(found.employment.person), "Должность убрана.")
