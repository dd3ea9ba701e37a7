"""Guests of the school: the list, inviting, the days of a guest."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.staff import access, services
from portal.staff.guest_forms import GuestForm, StayForm
from portal.staff.models import GuestStay
from portal.staff.selectors import guests_visible_to
from portal.staff.selectors.people import guests_of_before, portal_word
from portal.staff.services.guests import FIELDS, Stay
from portal.staff.twins import twin_of
from portal.staff.views.people import crumbs_of, url_of
from portal.ui.parts import Empty
from portal.ui.shortcuts import done, page, version_of

NOT_ALLOWED = "Гостей школы записывают куратор и специалист по кадрам."
LEAD = "Гость не работает в школе: он видит только то, ради чего пришёл, и в числа школы не входит."


def _crumbs() -> list[tuple[str, str]]:
    return [*crumbs_of(), ("Гости школы", reverse("staff:guests"))]


def _form_page(
    request: PortalRequest, form: StayForm, stay: GuestStay | None = None, **said: Any
) -> HttpResponse:
    """One of the forms about a guest."""
    template = "staff/stay.html" if stay else "staff/edit.html"
    return page(request, template, form=form, stay=stay, crumbs=_crumbs(), **{"lead": LEAD, **said})


@require_safe
def guests(request: PortalRequest) -> HttpResponse:
    """Who is here from outside today, and who is to come."""
    by = request.actor
    if not by.can("person:read_names"):
        raise Forbidden
    rows = list(guests_visible_to(by).prefetch_related("invitations"))
    may_keep = access.can_keep_guests(by)
    empty = Empty(
        "Гостей сейчас нет",
        "Здесь стоят те, кто приходит в школу со стороны: наставник из другой школы, студент на практике.",
        reverse("staff:guest_new") if may_keep else "",
        "Пригласить гостя",
    )
    return page(
        request,
        "staff/guests.html",
        guests=[(person, person.stay, portal_word(person)) for person in rows],
        before=[(person, person.stays.all()) for person in guests_of_before(by)],
        empty=empty,
        may_keep=may_keep,
        crumbs=crumbs_of(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def guest_new(request: PortalRequest) -> HttpResponse:
    """Somebody from outside comes for the first time."""
    by = request.actor
    if not access.can_keep_guests(by):
        raise Forbidden(NOT_ALLOWED)
    form, twin = GuestForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        twin = twin_of(form.cleaned_data)
        with form.catching():
            said = form.cleaned_data
            stay = Stay(**{name: said[name] for name in FIELDS})
            made = services.invite_guest(stay, by=by, email=said["email"], name=form.name)
        if not form.refused:
            letter = " Письмо с приглашением уходит." if said["email"] else ""
            return done(request, url_of(made.person), f"Записано: гость школы, {made.words}.{letter}")
    return _form_page(
        request,
        form,
        heading="Пригласить гостя",
        submit="Пригласить",
        back_url=reverse("staff:guests"),
        twin=twin,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def stay_new(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Somebody who is known here comes as a guest again."""
    by = request.actor
    found = access.person_for(by, pk)
    if not access.can_keep_guests(by):
        raise Forbidden(NOT_ALLOWED)
    last = found.stays.last()
    known = {name: getattr(last, name) for name in ("kind", "home", "home_number", "post")} if last else {}
    form = StayForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            made = services.begin_stay(found, Stay(**form.cleaned_data), by=by)
        if not form.refused:
            return done(request, url_of(found), f"Записано: гость школы, {made.words}.")
    return _form_page(
        request,
        form,
        heading=f"Гость школы: {found.short_name}",
        submit="Записать",
        back_url=url_of(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The days are mended, prolonged or ended."""
    by = request.actor
    found = access.stay_for(by, pk)
    person = found.person
    form = StayForm(
        request.POST or None, initial={name: getattr(found, name) for name in FIELDS}, version=found.version
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.correct_stay(found, Stay(**form.cleaned_data), by=by, version=form.version)
        if not form.refused:
            return done(request, url_of(person), "Сохранено. Права гостя заканчиваются последним днём.")
    return _form_page(
        request,
        form,
        found,
        heading=f"Гость школы: {person.short_name}",
        lead="Чтобы продлить, впишите более поздний последний день и новый документ; чтобы закончить раньше, "
        "более ранний.",
        submit="Сохранить",
        back_url=url_of(person),
    )


@require_POST
def stay_remove(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The guest has never come."""
    found = access.stay_for(request.actor, pk)
    person = found.person
    services.take_stay_back(found, by=request.actor, version=version_of(request))
    return done(request, url_of(person), "Гость не приходил: запись убрана, права закончены.")
