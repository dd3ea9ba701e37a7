"""What people are called: names in cases, and the names they have borne before."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.staff import access, exports, services
from portal.staff.models import FormerName, Person
from portal.staff.name_forms import FormerNameForm, NameForm
from portal.staff.services.names import KEPT, NOT_ALLOWED, Borne
from portal.staff.views.people import crumbs_of, url_of
from portal.ui.shortcuts import done, page, version_of

LEAD_OF_NAME = (
    "Портал предложил, как склонять. Что поправите, останется, пока не сменится имя. Очистите поле, и портал "
    "предложит снова"
)
LEAD_OF_NAME_ASKED = (
    "По имени пол не ясен, и портал не склоняет его. Укажите пол в карточке или напишите имя в падежах здесь"
)


@require_http_methods(["GET", "HEAD", "POST"])
def name(request: PortalRequest, pk: UUID) -> HttpResponse:
    """How the name stands in documents, when the rules of the language do not help; the person may mend it
    too.
    """
    by = request.actor
    found = access.person_for(by, pk)
    if not access.can_edit_person(by, found):
        raise Forbidden("Имя в документах правят куратор и специалист по кадрам.")
    shown = exports.name_in_cases(found)
    form = NameForm(request.POST or None, initial=shown, version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.edit_person(
                found,
                by=by,
                version=form.version,
                name_override=exports.typed_over(found, form.cleaned_data),
            )
        if not form.refused:
            return done(request, url_of(found), "Сохранено. Так имя будет стоять в приказах.")
    return page(
        request,
        "staff/edit.html",
        form=form,
        heading=f"{found.short_name} в документах",
        lead=LEAD_OF_NAME_ASKED if found.asks_gender else LEAD_OF_NAME,
        submit="Сохранить",
        back_url=url_of(found),
        crumbs=crumbs_of(found),
    )


LEAD_OF_FORMER = "Имя, которое человек носил раньше. По нему его найдут в списке и узнают в старых таблицах."


def _form_page(
    request: PortalRequest,
    form: FormerNameForm,
    person: Person,
    former: FormerName | None = None,
    **said: Any,
) -> HttpResponse:
    """One of the forms about a former name."""
    return page(
        request,
        "staff/former_name.html" if former else "staff/edit.html",
        form=form,
        former=former,
        heading=f"Прежнее имя: {(former or person).short_name}",
        back_url=url_of(person),
        crumbs=crumbs_of(person),
        **said,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def former_new(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A name that was borne before anybody wrote it down here."""
    by = request.actor
    found = access.person_for(by, pk)
    if not access.can_edit_person(by, found):
        raise Forbidden(NOT_ALLOWED)
    form = FormerNameForm(
        request.POST or None, initial={part: getattr(found, part) for part in ("first_name", "middle_name")}
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.add_former_name(found, Borne(**form.cleaned_data), by=by)
        if not form.refused:
            return done(request, url_of(found), "Записано. Бумаги тех дней назовут человека прежним именем.")
    return _form_page(request, form, found, lead=LEAD_OF_FORMER, submit="Записать")


@require_http_methods(["GET", "HEAD", "POST"])
def former(request: PortalRequest, pk: UUID) -> HttpResponse:
    """How a former name was spelt, and till which day it was borne."""
    found = access.former_name_for(request.actor, pk)
    person = found.person
    form = FormerNameForm(
        request.POST or None, initial={name: getattr(found, name) for name in KEPT}, version=found.version
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.correct_former_name(
                found, Borne(**form.cleaned_data), by=request.actor, version=form.version
            )
        if not form.refused:
            return done(request, url_of(person), "Сохранено.")
    return _form_page(request, form, person, former=found, submit="Сохранить")


@require_POST
def former_remove(request: PortalRequest, pk: UUID) -> HttpResponse:
    """There was no such name."""
    found = access.former_name_for(request.actor, pk)
    services.take_former_name_away(found, by=request.actor, version=version_of(request))
    return done(request, url_of(found.person), "Такого имени не было: запись убрана.")
