"""The list of people, a person's page, entering and mending by hand, the invitation."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.offices import Office
from portal.accounts.request import PortalRequest
from portal.core.actor import Actor
from portal.core.errors import Forbidden, NotVisible
from portal.staff import access, exports, services
from portal.staff.belongings import may_be_two
from portal.staff.filters import KeeperFilters, PersonFilters
from portal.staff.forms import (
    DeputyForm,
    InviteForm,
    PersonForm,
)
from portal.staff.models import Absence, FormerName, GuestStay, Person
from portal.staff.name_forms import PersonEditForm
from portal.staff.selectors import people_visible_to
from portal.staff.selectors.merging import alike, merges_of
from portal.staff.selectors.of_day import history_of
from portal.staff.selectors.people import called_before, consents_of, not_invited, portal_word, unanswered
from portal.staff.states import Category, ConsentKind, ConsentState
from portal.staff.twins import twin_of
from portal.staff.views.of_day import people_of_day
from portal.ui.lists import ListPage
from portal.ui.on_day import day_asked
from portal.ui.parts import Empty
from portal.ui.shortcuts import done, page
from portal.ui.words import decimal, plural

SHORT = {
    ConsentKind.PROCESSING: "согласие на обработку",
    ConsentKind.DISTRIBUTION: "согласие на распространение",
}
SORTS = {
    "name": ("Имя", ["name_key", "id"]),
    "stage": ("Стаж", ["service", "name_key", "id"]),
    "hired": ("Принят", ["hired", "name_key", "id"]),
}


def url_of(person: Person) -> str:
    return reverse("staff:person", args=[person.uuid])


def crumbs_of(person: Person | None = None) -> list[tuple[str, str]]:
    own = [(person.short_name, url_of(person))] if person else []
    if person is not None and person.work is None:
        return own  # a guest stands in no list of staff
    return [("Сотрудники", reverse("staff:people")), *own]


@require_safe
def people(request: PortalRequest) -> HttpResponse:
    """Who works here, as far as the actor may see; who worked here on a past day, for those who keep the
    list.
    """
    by = request.actor
    details, may_load = by.can("person:read"), access.can_import_staff(by)
    if access.is_guest(by):
        raise Forbidden("Список открыт тем, кто работает в школе.")
    day = day_asked(request.GET.get("on", "")) if details else None
    if day is not None:
        return people_of_day(request, day)
    empty = Empty(
        "Пока никого нет",
        "Загрузите список из таблицы Excel: сначала проверим, потом вы решите, что записать."
        if may_load
        else "",
        reverse("staff:import_new") if may_load else "",
        "Загрузить список",
    )
    listing = ListPage(
        request,
        people_visible_to(by),
        filters=KeeperFilters if details else PersonFilters,
        sorts=SORTS if details else {"name": SORTS["name"]},
        empty=empty,
        export=exports.people_table if details else exports.names_table,
    )
    for person in listing.rows:
        person.portal = portal_word(person)
        person.called_before = called_before(person, request.GET.get("q", ""))
    return listing.answer(
        "staff/people.html",
        details=details,
        sees_guests=by.can("person:read_names"),
        may_load=may_load,
        may_enter=access.can_enter_person(by),
        to_invite=len(not_invited()) if by.can("person:invite") else 0,
        may_see_offices=access.can_see_offices(by),
    )


@require_safe
def person(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A person: work, consents, way into the portal. Dates and post only for those who keep the list and the
    person.
    """
    by = request.actor
    try:
        found = access.person_for(by, pk)
    except NotVisible:
        return redirect(url_of(access.card_after_merge(by, pk)))
    details = access.can_read_details(by, found)
    may_consent = access.can_prepare_consent(by, found)
    consents = consents_of(found) if may_consent else []
    absences, names, stays = _periods(found) if details else ([], [], [])
    works_here = not found.has_left and found.stay is None
    open_kinds = {
        consent.kind for consent in consents if consent.state in (ConsentState.DRAFT, ConsentState.GIVEN)
    }
    return page(
        request,
        "staff/person.html",
        person=found,
        details=details,
        work=_work(found, details),
        own=_own(found) if details else [],
        portal=portal_word(found),
        waits=unanswered().filter(person=found).first() if access.can_recognise(by) else None,
        consents=consents,
        may_consent=may_consent,
        to_prepare=[(kind, SHORT[kind]) for kind in ConsentKind if kind not in open_kinds],
        posts=found.positions if access.can_enter_person(by) and works_here else [],
        former=_former(found) if details else [],
        is_me=by.is_person(found.user),
        merging=_merging(found) if access.can_merge_people(by) else None,
        crumbs=crumbs_of() if works_here or found.work is not None else _crumbs_of_guest(by),
        offices=_offices(found) if details else [],
        absences=absences,
        names=names,
        stays=stays,
        **_ways_on(found, by),
    )


def _crumbs_of_guest(by: Actor) -> list[tuple[str, str]]:
    """The guest has no list to come back to."""
    return [("Гости школы", reverse("staff:guests"))] if by.can("person:read_names") else []


def _periods(person: Person) -> tuple[list[Absence], list[FormerName], list[GuestStay]]:
    """When the person was away, how he or she was called before, and the days of a guest."""
    return list(person.absences.all()), list(person.former_names.all()), list(person.stays.all())


def _ways_on(person: Person, by: Actor) -> dict[str, Any]:
    """What the reader may do with the person from this page."""
    keeps, works_here = access.can_enter_person(by), not person.has_left and person.stay is None
    gives = access.can_lead_offices(by) and works_here and person.is_available
    return {
        "history": history_of(person) if keeps and person.work else [],
        "may_edit": access.can_edit_person(by, person),
        "may_dismiss": keeps and person.work is not None and person.dismissed_on is None,
        "may_take_on": keeps and (person.work is None or person.dismissed_on is not None),
        "may_begin_stay": access.can_keep_guests(by) and person.has_left,
        "may_invite": person.user is None and access.can_invite_person(by, person),
        "may_keep_absences": access.can_keep_absences(by) and works_here,
        "may_keep_guests": access.can_keep_guests(by),
        "may_let_in": access.can_mend_account(by, person),
        "give_url": _give_url(person) if gives else "",
    }


def _merging(person: Person) -> dict[str, Any]:
    """Whether the card is half of a person, or two of them."""
    return {
        "alike": list(alike(person)),
        "merges": list(merges_of(person)),
        "may_divide": may_be_two(person),
    }


def _offices(person: Person) -> list[tuple[str, str]]:
    """What the school gave and for how long; the accepted invitation of a teacher needs no line."""
    rows = [held for held in person.offices.order_by("valid_from", "id") if held.office != Office.TEACHER]
    return [
        (
            capfirst(Office(held.office).label),
            f"с {held.valid_from:%d.%m.%Y}{f' по {held.valid_to:%d.%m.%Y}' if held.valid_to else ''}, "
            f"{held.basis}",
        )
        for held in rows
    ]


def _give_url(person: Person) -> str:
    return f"{reverse('staff:office_new')}?person={person.uuid}"


def _work(person: Person, details: bool) -> list[tuple[str, str]]:
    """What everybody who sees names may see."""
    positions = person.positions
    rows = [
        ("Должность", "; ".join(p.title for p in positions)),
        ("Предметы", "; ".join(p.subject_titles for p in positions if p.subjects)),
    ]
    if details:
        stage = (
            f"{floatformat(person.ped_stage_years)} {plural(float(person.ped_stage_years), 'год,года,лет')}"
            if person.ped_stage_years is not None
            else ""
        )
        category = Category(person.category).label + (
            f", с {person.category_on:%d.%m.%Y}" if person.category_on else ""
        )
        category += f", по {person.category_until:%d.%m.%Y}" if person.category_until else ""
        rows += [
            ("Педагогический стаж", stage + (", молодой педагог" if person.is_young else "")),
            ("Стаж назван", _statement(person)),
            ("Категория", category),
            ("Ставка", decimal(person.rate.normalize())),
            ("Часов в неделю", str(person.hours_week or "")),
        ]
    return [(name, value) for name, value in rows if value]


def _with_basis(day: str, basis: str) -> str:
    return ", ".join(part for part in (day, basis) if part)


def _statement(person: Person) -> str:
    """«11 лет на 01.09.2026»: what was said, and on which day."""
    work = person.work
    if work is None or work.stage_years is None or work.stage_on is None:
        return "нет данных"
    years = f"{floatformat(work.stage_years)} {plural(float(work.stage_years), 'год,года,лет')}"
    return f"{years} на {work.stage_on:%d.%m.%Y}"


def _former(person: Person) -> list[tuple[str, str]]:
    """Periods of work before the present one."""
    periods = [one for one in person.employments.all() if one != person.work]
    return [(one.words, "; ".join(post.title for post in one.posts)) for one in periods]


def _own(person: Person) -> list[tuple[str, str]]:
    def day(value: Any) -> str:
        return f"{value:%d.%m.%Y}" if value else ""

    education = person.get_education_level_display() + (
        "" if person.is_ped_education else ", не педагогическое"
    )
    rows = [
        ("Дата рождения", day(person.birth_date)),
        ("Принят", _with_basis(day(person.hired_on), person.work.basis if person.work else "")),
        ("Уволен", _with_basis(day(person.dismissed_on), person.work.end_basis if person.work else "")),
        ("Образование", education),
        ("Почта", person.email),
    ]
    return [(name, value) for name, value in rows if value]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PortalRequest) -> HttpResponse:
    """Enter a person by hand."""
    by = request.actor
    if not access.can_enter_person(by):
        raise Forbidden("Сотрудников вносят куратор и специалист по кадрам.")
    form, twin = PersonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        twin = twin_of(form.cleaned_data)
        with form.catching():
            made = services.enter_person(by=by, **form.cleaned_data)
        if not form.refused:
            return done(
                request, url_of(made), f"Записано. Теперь {made.first_name} есть в списке сотрудников."
            )
    return page(
        request,
        "staff/edit.html",
        form=form,
        heading="Новый сотрудник",
        submit="Записать",
        back_url=reverse("staff:people"),
        crumbs=crumbs_of(),
        twin=twin,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def deputy(request: PortalRequest) -> HttpResponse:
    """The principal enters the deputy who will be the curator."""
    by = request.actor
    if not access.can_enter_deputy(by):
        raise Forbidden("Заместителя до назначения куратора вносит директор.")
    form = DeputyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            made = services.enter_deputy(by=by, **form.cleaned_data)
        if not form.refused:
            return done(
                request,
                reverse("home"),
                f"Записано: {made.short_name}. Теперь подготовьте приказ о назначении куратора.",
            )
    return page(
        request,
        "staff/edit.html",
        form=form,
        heading="Заместитель директора",
        submit="Записать",
        back_url=reverse("staff:people"),
        crumbs=crumbs_of(),
        lead="Куратором может быть только заместитель директора (Положение, 6.1). Остальных сотрудников "
        "потом внесёт куратор.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Mend what is known of a person."""
    by = request.actor
    found = access.person_for(by, pk)
    if not access.can_edit_person(by, found):
        raise Forbidden("Данные сотрудника правят куратор и специалист по кадрам.")
    form = PersonEditForm(
        request.POST or None,
        initial=PersonEditForm.known(found),
        version=found.version,
        is_guest=found.work is None,
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.edit_person(found, by=by, version=form.version, **form.said)
        if not form.refused:
            return done(request, url_of(found), "Сохранено.")
    return page(
        request,
        "staff/edit.html",
        form=form,
        heading=found.full_name,
        submit="Сохранить",
        back_url=url_of(found),
        crumbs=crumbs_of(found),
    )


def _turn_of(person: Person) -> str:
    """«Теперь ход за Верой Андреевной»; a name that cannot be declined yet stands after a colon."""
    if person.asks_gender:
        return f"Теперь ход за человеком: {person.full_name}."
    return f"Теперь ход за {exports.named_person(person).instrumental}."


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Invite the person to the portal."""
    by = request.actor
    found = access.person_for(by, pk)
    if not access.can_invite_person(by, found):
        raise Forbidden("Приглашают директор, куратор и специалист по кадрам.")
    form = InviteForm(request.POST or None, initial={"email": found.email})
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.invite_person(found, by=by, **form.cleaned_data)
        if not form.refused:
            return done(
                request,
                url_of(found),
                f"Письмо уходит на {form.cleaned_data['email']}. {_turn_of(found)}",
            )
    return page(
        request,
        "staff/edit.html",
        form=form,
        heading=f"Пригласить: {found.short_name}",
        submit="Отправить приглашение",
        back_url=url_of(found),
        crumbs=crumbs_of(found),
        lead="Письмо с одноразовой ссылкой уйдёт сразу и будет действовать две недели.",
    )


@require_POST
def invite_all(request: PortalRequest) -> HttpResponse:
    """Letters to everybody who has an address and no way in."""
    by = request.actor
    if not by.can("person:invite"):
        raise Forbidden("Приглашают директор, куратор и специалист по кадрам.")
    asked = services.invite_everybody(by=by)
    word = (
        f"Отправляем {asked} {plural(asked, 'письмо,письма,писем')}."
        if asked
        else "Все, у кого есть почта, уже приглашены."
    )
    return done(request, reverse("staff:people"), word)
