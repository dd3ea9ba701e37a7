"""Pages of needs."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from best_practices.fitting import fitting
from portal import audit
from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.mentor_bank import services
from portal.mentor_bank.access import need_for
from portal.mentor_bank.access import needs as access
from portal.mentor_bank.exports import needs_table
from portal.mentor_bank.filters import NeedFilters
from portal.mentor_bank.forms.needs import NeedForm
from portal.mentor_bank.models import MenteeNeed
from portal.mentor_bank.pairing import PAIRS
from portal.mentor_bank.selectors.mentors import ready_mentors
from portal.mentor_bank.selectors.own import difficulties_of
from portal.mentor_bank.states import OPEN, MenteeCategory
from portal.mentor_bank.views.of_day import needs_of_day
from portal.mentor_bank.workflow import NEED
from portal.municipality.reference import YOUNG_SPECIALIST
from portal.staff.models import Person
from portal.staff.selectors import people_at_hand, person_of
from portal.ui.lists import ListPage
from portal.ui.on_day import day_asked
from portal.ui.parts import Empty
from portal.ui.shortcuts import done, only_while, page
from portal.ui.step_button import pressed


@require_safe
def needs(request: PortalRequest) -> HttpResponse:
    by, day = request.actor, day_asked(request.GET.get("on", ""))
    if day is not None:
        return needs_of_day(request, day)
    rows = MenteeNeed.objects.visible_to(by).select_related("person")
    empty = Empty(
        "Потребностей пока нет",
        "Пара начинается с потребности: кому и с чем нужна помощь.",
        reverse("mentor_bank:need_new"),
        "Записать потребность",
    )
    sorts = {
        "on": ("Подтверждена", ["actualised_on", "id"]),
        "who": ("Кому", ["person__name_key", "id"]),
        "state": ("Состояние", ["state", "id"]),
    }
    return ListPage(
        request, rows, filters=NeedFilters, sorts=sorts, default="-on", empty=empty, export=needs_table
    ).answer("mentor_bank/needs.html", can_record=by.can("need:record") or by.can("need:record_own"))


def _known_of(own: Person | None) -> dict[str, Any]:
    """Who the person is, as far as the portal knows: a young teacher need not look for the own line."""
    return (
        {"category": MenteeCategory.YOUNG, "reason": YOUNG_SPECIALIST}
        if own is not None and own.is_young
        else {}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def need_new(request: PortalRequest) -> HttpResponse:
    by = request.actor
    own = person_of(by)
    for_others = by.can("need:record")
    if not for_others and (own is None or not by.can("need:record_own")):
        raise Forbidden("Потребность записывает сам человек или куратор.")
    form = NeedForm(
        request.POST or None,
        people=people_at_hand() if for_others else None,
        mentors=ready_mentors(),
        initial=_known_of(None if for_others else own),
    )
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data.pop("person", own)
        with form.catching():
            need = services.record_need(person, by=by, **form.cleaned_data)
        if not form.refused:
            mine = by.is_person(person.user)
            return done(
                request,
                reverse("mentor_bank:need", args=[need.uuid]),
                "Записано. Эстафета у куратора." if mine else "Записано. Теперь можно подобрать наставника.",
            )
    return page(
        request,
        "mentor_bank/need_form.html",
        form=form,
        title="С чем нужна помощь" if not for_others else "Новая потребность",
        submit="Записать потребность",
        cancel_url=reverse("mentor_bank:needs") if for_others else reverse("home"),
        crumbs=[("Потребности", reverse("mentor_bank:needs"))],
        lead="Увидят вы, куратор, директор, ШМО и психолог школы.",
    )


@require_safe
def need(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row = need_for(by, pk)
    return page(
        request,
        "mentor_bank/need.html",
        need=row,
        pairs=PAIRS().of_need(row, by),
        offers=NEED.offers(row, by),
        paired=PAIRS().grew_any(row),
        why=audit.why(row, NEED),
        fitting=fitting(by, difficulties_of(row)) if row.state in OPEN else [],
        can_edit=access.can_edit_need(by, row),
        crumbs=[("Потребности", reverse("mentor_bank:needs"))],
        can_propose=row.state in ("new", "accepted")
        and (by.can("pair:propose") or by.is_person(row.person.user)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def need_edit(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row = need_for(by, pk)
    if not access.can_edit_need(by, row):
        raise Forbidden("Эту потребность правит сам человек или куратор.")
    word = (
        f"Потребность больше не правят, её состояние: {row.get_state_display()}. Если помощь снова нужна, "
        "запишите новую."
    )
    only_while(request, row.state in OPEN, reverse("mentor_bank:need", args=[pk]), word)
    initial = {name: getattr(row, name) for name in NeedForm.base_fields if name != "person"}
    initial["desired_mentor"] = row.desired_mentor.uuid if row.desired_mentor else None
    form = NeedForm(request.POST or None, mentors=ready_mentors(), initial=initial, version=row.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.edit_need(row, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(
                request, reverse("mentor_bank:need", args=[pk]), "Записано. Потребность подтверждена сегодня."
            )
    return page(
        request,
        "mentor_bank/need_form.html",
        form=form,
        title=f"Потребность: {row.person.short_name}",
        submit="Сохранить потребность",
        crumbs=[("Потребности", reverse("mentor_bank:needs"))],
        cancel_url=reverse("mentor_bank:need", args=[pk]),
    )


@require_POST
def need_move(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    said = pressed(request, NEED, need_for(by, pk), by=by)
    return done(request, reverse("mentor_bank:need", args=[pk]), said)
