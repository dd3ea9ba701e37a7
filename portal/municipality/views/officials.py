"""Pages of the city's people: who holds which office until when, a new one, the last day, letters that
wait.
"""

import datetime as dt
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.request import PortalRequest
from portal.core import clock
from portal.municipality import officials
from portal.municipality.access import can_end_office, office_invitation_for, official_for, serves_still
from portal.municipality.exports import officials_xlsx
from portal.municipality.forms import AppointmentForm, LastDayForm, OfficialFilters
from portal.municipality.officials import Appointment
from portal.municipality.selectors import office_invitations, officials_visible_to
from portal.municipality.views import acting
from portal.ui.lists import ListPage
from portal.ui.parts import Empty
from portal.ui.shortcuts import done, page

SOON = dt.timedelta(days=30)


@require_safe
def people(request: PortalRequest) -> HttpResponse:
    """Who serves in the city, as whom, until when and on which basis; and whom a letter waits for."""
    by = acting(request, "city_office:read")
    rows = officials_visible_to(by)
    shown = rows if request.GET else rows.filter(serves_still())
    listing = ListPage(
        request,
        shown,
        filters=OfficialFilters,
        empty=Empty("По этому отбору никого нет"),
        export=officials_xlsx,
    )
    waiting = office_invitations()
    today = clock.today()
    return listing.answer(
        "municipality/people.html",
        waiting=waiting,
        may_give=by.can("city_office:give"),
        may_name=by.can("school:open"),
        today=today,
        soon=today + SOON,
        me=by.user,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: PortalRequest) -> HttpResponse:
    """Name a person to an office and send the letter."""
    by = acting(request, "city_office:give")
    form = AppointmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            officials.appoint(Appointment(**form.cleaned_data), by=by)
        if not form.refused:
            return done(
                request,
                reverse("municipality:people"),
                "Письмо уходит. Когда человек примет приглашение, должность начнёт действовать.",
            )
    return page(request, "municipality/person_new.html", form=form, crumbs=_crumbs())


@require_http_methods(["GET", "HEAD", "POST"])
def last_day(request: PortalRequest, pk: UUID) -> HttpResponse:
    """End an office or make it longer."""
    by = acting(request)
    found = official_for(by, pk)
    acting(request, "city_office:give")
    form = LastDayForm(request.POST or None, version=found.version, initial={"valid_to": found.valid_to})
    if request.method == "POST" and form.is_valid():
        with form.catching():
            given = form.cleaned_data
            officials.set_last_day(
                found, given["valid_to"], basis=given["reason"], by=by, version=form.version
            )
        if not form.refused:
            return done(request, reverse("municipality:people"), "Срок записан, человек получит уведомление.")
    own = found.user_id == by.user
    return page(
        request,
        "municipality/last_day.html",
        form=form,
        official=found,
        own=own,
        may_end=can_end_office(by, found) and not own,
        crumbs=_crumbs(),
    )


@require_POST
def invite_again(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A newer letter."""
    invited = officials.invite_again(office_invitation_for(acting(request), pk), by=acting(request))
    return done(
        request,
        reverse("municipality:people"),
        f"Новое письмо уходит на {invited.email}. Прежнее больше не действует.",
    )


@require_POST
def withdraw(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The invitation is taken back."""
    officials.withdraw(office_invitation_for(acting(request), pk), by=acting(request))
    return done(
        request,
        reverse("municipality:people"),
        "Приглашение отозвано: письмо больше не действует, имя и почта стёрты.",
    )


def _crumbs() -> list[tuple[str, str]]:
    return [("Люди города", reverse("municipality:people"))]
