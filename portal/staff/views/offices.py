"""Offices in the portal: who holds what till when, giving one and ending one, how far the letter to the city
has come.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.offices import Office
from portal.accounts.request import PortalRequest
from portal.core import clock
from portal.core.errors import Forbidden
from portal.staff import access, services
from portal.staff.exports import offices_table
from portal.staff.forms import OfficeEndForm, OfficeFilters, OfficeForm
from portal.staff.models import PersonOffice
from portal.staff.selectors.offices import Condition, conditions, offices_visible_to
from portal.staff.views.people import url_of as person_url
from portal.ui.lists import ListPage
from portal.ui.parts import Empty, Step, lane_of
from portal.ui.shortcuts import done, page

SORTS = {
    "office": ("Должность", ["over", "rank", "person__name_key", "id"]),
    "name": ("Кто", ["person__name_key", "id"]),
    "until": ("По", ["valid_to", "id"]),
}
WAY = [
    ("written", "Записано в школе"),
    ("sent", "Отправлено в город"),
    ("joined", "Человек вошёл в портал"),
    ("valid", "Действует"),
]


def url_of(held: PersonOffice) -> str:
    return reverse("staff:office", args=[held.uuid])


def crumbs_of(held: PersonOffice | None = None) -> list[tuple[str, str]]:
    own = [(_title(held), url_of(held))] if held else []
    return [
        ("Сотрудники", reverse("staff:people")),
        ("Должности в портале", reverse("staff:offices")),
        *own,
    ]


def _title(held: PersonOffice) -> str:
    return f"{capfirst(Office(held.office).label)}: {held.person.short_name}"


@require_safe
def offices(request: PortalRequest) -> HttpResponse:
    """Who holds what till when."""
    by = request.actor
    if not access.can_see_offices(by):
        raise Forbidden("Должности в портале видят директор, куратор и специалист по кадрам.")
    may_give = access.can_lead_offices(by)
    empty = Empty(
        "Должностей пока нет",
        "Куратор появится здесь по приказу, остальным должности даёт директор.",
        reverse("staff:office_new") if may_give else "",
        "Дать должность",
    )
    listing = ListPage(
        request, offices_visible_to(by), filters=OfficeFilters, sorts=SORTS, empty=empty, export=offices_table
    )
    found = conditions(listing.rows)
    for row in listing.rows:
        row.label, row.condition = capfirst(Office(row.office).label), found[row.pk]
    return listing.answer("staff/offices.html", may_give=may_give, crumbs=crumbs_of()[:1])


@require_http_methods(["GET", "HEAD", "POST"])
def office_new(request: PortalRequest) -> HttpResponse:
    """The principal gives an office; `?person=` and `?office=` choose beforehand."""
    by = request.actor
    if not access.can_lead_offices(by):
        raise Forbidden("Должности в портале даёт директор.")
    form = OfficeForm(
        request.POST or None, initial={key: request.GET.get(key, "") for key in ("person", "office")}
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        with form.catching():
            held = services.give_office_by_hand(given.pop("person"), given.pop("office"), by=by, **given)
        if not form.refused:
            joined = held.person.user is not None
            return done(
                request,
                url_of(held),
                "Записано, письмо уходит в город." if joined else "Записано. Приглашение уходит на почту.",
            )
    return page(
        request, "staff/office_new.html", form=form, back_url=reverse("staff:offices"), crumbs=crumbs_of()
    )


@require_safe
def office(request: PortalRequest, pk: UUID) -> HttpResponse:
    """An office: its period and basis, and how far the letter has come."""
    by = request.actor
    held = access.office_for(by, pk)
    now = conditions([held])[held.pk]
    polls = now.waits and by.is_person(held.created_by)
    context: dict[str, Any] = {
        "held": held,
        "now": now,
        "polls": polls,
        "url": url_of(held),
        "lane": _lane(now),
        "title": _title(held),
        "facts": _facts(held),
        "person_url": person_url(held.person),
        "crumbs": crumbs_of(),
    }
    if request.headers.get("HX-Request"):
        return (
            page(request, "staff/office_progress.html", **context)
            if now.waits
            else done(request, url_of(held))
        )
    return page(
        request,
        "staff/office.html",
        may_end=now.step != "over" and access.can_end_office(by, held) and access.can_lead_offices(by),
        **context,
    )


def _lane(now: Condition) -> list[Step]:
    return lane_of(
        [step for step in WAY if step[0] != "joined" or now.step == "joined"],
        {"begins": "valid", "over": "", "valid": ""}.get(now.step, now.step),
    )


def _facts(held: PersonOffice) -> list[tuple[str, str]]:
    rows = [
        ("Кто", held.person.full_name),
        ("Должность в портале", Office(held.office).label),
        ("С", f"{held.valid_from:%d.%m.%Y}"),
        ("По", f"{held.valid_to:%d.%m.%Y}" if held.valid_to else "без срока"),
        ("Основание", held.basis),
        ("Закончена", held.end_basis),
    ]
    return [(name, value) for name, value in rows if value]


def _ended(on: dt.date) -> str:
    over = on < clock.today()
    return (
        "Записано: прав по этой должности уже нет."
        if over
        else f"Записано: последний день {on:%d.%m.%Y}, назавтра прав уже не будет."
    )


@require_http_methods(["GET", "HEAD", "POST"])
def office_end(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The principal ends an office with a day and a document."""
    by = request.actor
    held = access.office_for(by, pk)
    if not access.can_end_office(by, held):
        raise Forbidden("Должности в портале заканчивает директор. Директора назначает и меняет город.")
    form = OfficeEndForm(request.POST or None, version=held.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.end_office(held, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(request, url_of(held), _ended(form.cleaned_data["on"]))
    return page(
        request,
        "staff/edit.html",
        form=form,
        heading="Закончить должность",
        lead=_title(held),
        submit="Закончить должность",
        back_url=url_of(held),
        crumbs=crumbs_of(held),
    )
