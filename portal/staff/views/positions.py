"""The positions of a person beside the first one."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.staff import access, services
from portal.staff.models import Dating
from portal.staff.services.positions import Post
from portal.staff.views.people import crumbs_of, url_of
from portal.staff.work_forms import ASKED, PositionEditForm, PositionNewForm, dating_of
from portal.ui.forms import PageForm
from portal.ui.shortcuts import done, page, version_of


def _post(form: PageForm) -> Post:
    return Post(**{name: value for name, value in form.cleaned_data.items() if name not in ASKED})


@require_http_methods(["GET", "HEAD", "POST"])
def position_new(request: PortalRequest, pk: UUID) -> HttpResponse:
    """One more position of somebody who works here."""
    by = request.actor
    found = access.person_for(by, pk)
    if not access.can_enter_person(by):
        raise Forbidden("Должности правят куратор и специалист по кадрам.")
    form = PositionNewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.add_position(found, _post(form), by=by, dating=dating_of(form.cleaned_data))
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


@require_http_methods(["GET", "HEAD", "POST"])
def position(request: PortalRequest, pk: UUID) -> HttpResponse:
    """What somebody does is mended."""
    by = request.actor
    found = access.position_for(by, pk)
    person = found.employment.person
    form = PositionEditForm(
        request.POST or None, initial=PositionEditForm.known(found), version=found.version
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            dating = dating_of(form.cleaned_data)
            services.change_position(found, _post(form), by=by, version=form.version, dating=dating)
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
    dating = Dating(is_mistake=request.POST.get("was") == "mistake")
    services.give_position_up(found, by=request.actor, version=version_of(request), dating=dating)
    return done(request, url_of(found.employment.person), "Должность убрана.")
