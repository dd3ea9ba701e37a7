"""The list of people, a person's page, entering and mending by hand, the invitation."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.offices import Office
from portal.accounts.request import PortalRequest
from portal.core import clock
from portal.core.errors import Forbidden
from portal.staff import access, exports, services
from portal.staff.forms import DeputyForm, DismissalForm, EmployeeFilters, EmployeeForm, InviteForm, NameForm
from portal.staff.leaving import consequences_of
from portal.staff.models import Employee
from portal.staff.selectors import employees_visible_to
from portal.staff.selectors.people import consents_of, not_invited, portal_word
from portal.staff.states import Category, ConsentKind, ConsentState
from portal.ui.lists import ListPage
from portal.ui.parts import Empty
from portal.ui.shortcuts import done, page
from portal.ui.words import plural

GET_POST = ["GET", "HEAD", "POST"]
SHORT = {
    ConsentKind.PROCESSING: "согласие на обработку",
    ConsentKind.DISTRIBUTION: "согласие на распространение",
}
SORTS = {
    "name": ("Имя", ["name_key", "id"]),
    "stage": ("Стаж", ["ped_stage_years", "name_key", "id"]),
    "hired": ("Принят", ["hired_on", "name_key", "id"]),
}


def url_of(employee: Employee) -> str:
    return reverse("staff:employee", args=[employee.uuid])


def crumbs_of(employee: Employee | None = None) -> list[tuple[str, str]]:
    own = [(employee.short_name, url_of(employee))] if employee else []
    return [("Сотрудники", reverse("staff:employees")), *own]


@require_safe
def employees(request: PortalRequest) -> HttpResponse:
    """Who works here, as far as the actor may see."""
    by = request.actor
    details, may_load = by.can("employee:read"), access.can_import_staff(by)
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
        employees_visible_to(by),
        filters=EmployeeFilters,
        sorts=SORTS if details else {"name": SORTS["name"]},
        empty=empty,
        export=exports.people_table if details else exports.names_table,
    )
    for person in listing.rows:
        person.portal = portal_word(person)
    return listing.answer(
        "staff/employees.html",
        details=details,
        may_load=may_load,
        may_enter=access.can_enter_employee(by),
        to_invite=len(not_invited()) if by.can("employee:invite") else 0,
        may_see_offices=access.can_see_offices(by),
    )


@require_safe
def employee(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A person: work, consents, way into the portal. Dates and post only for those who keep the list and the
    person.
    """
    by = request.actor
    found = access.employee_for(by, pk)
    details = access.can_read_details(by, found)
    may_consent = access.can_prepare_consent(by, found)
    consents = consents_of(found) if may_consent else []
    open_kinds = {
        consent.kind for consent in consents if consent.state in (ConsentState.DRAFT, ConsentState.GIVEN)
    }
    return page(
        request,
        "staff/employee.html",
        person=found,
        details=details,
        work=_work(found, details),
        own=_own(found) if details else [],
        portal=portal_word(found),
        consents=consents,
        may_consent=may_consent,
        to_prepare=[(kind, SHORT[kind]) for kind in ConsentKind if kind not in open_kinds],
        may_edit=access.can_edit_employee(by, found),
        may_dismiss=access.can_enter_employee(by) and found.dismissed_on is None,
        may_invite=found.user is None and access.can_invite_employee(by, found),
        is_me=by.is_person(found.user),
        crumbs=crumbs_of(),
        offices=_offices(found) if details else [],
        give_url=_give_url(found) if access.can_lead_offices(by) and found.is_working else "",
    )


def _offices(person: Employee) -> list[tuple[str, str]]:
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


def _give_url(person: Employee) -> str:
    return f"{reverse('staff:office_new')}?employee={person.uuid}"


def _work(person: Employee, details: bool) -> list[tuple[str, str]]:
    """What everybody who sees names may see."""
    positions = sorted(person.positions.all(), key=lambda p: p.pk)
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
        rows += [
            ("Педагогический стаж", stage + (", молодой педагог" if person.is_young else "")),
            ("Категория", category),
            ("Ставка", floatformat(person.rate, -2)),
            ("Часов в неделю", str(person.hours_week or "")),
        ]
    return [(name, value) for name, value in rows if value]


def _own(person: Employee) -> list[tuple[str, str]]:
    def day(value: Any) -> str:
        return f"{value:%d.%m.%Y}" if value else ""

    education = person.get_education_level_display() + (
        "" if person.is_ped_education else ", не педагогическое"
    )
    rows = [
        ("Дата рождения", day(person.birth_date)),
        ("Принят", day(person.hired_on)),
        ("Уволен", day(person.dismissed_on)),
        ("Образование", education),
        ("Почта", person.email),
    ]
    return [(name, value) for name, value in rows if value]


@require_http_methods(GET_POST)
def new(request: PortalRequest) -> HttpResponse:
    """Enter a person by hand."""
    by = request.actor
    if not access.can_enter_employee(by):
        raise Forbidden("Сотрудников вносят куратор и специалист по кадрам.")
    form = EmployeeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            made = services.enter_employee(by=by, **form.cleaned_data)
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
        back_url=reverse("staff:employees"),
        crumbs=crumbs_of(),
    )


@require_http_methods(GET_POST)
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
        back_url=reverse("staff:employees"),
        crumbs=crumbs_of(),
        lead="Куратором может быть только заместитель директора (Положение, 6.1). Остальных сотрудников "
        "потом внесёт куратор.",
    )


@require_http_methods(GET_POST)
def edit(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Mend what is known of a person."""
    by = request.actor
    found = access.employee_for(by, pk)
    if not access.can_edit_employee(by, found):
        raise Forbidden("Данные сотрудника правят куратор и специалист по кадрам.")
    form = EmployeeForm(request.POST or None, initial=EmployeeForm.known(found), version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.edit_employee(found, by=by, version=form.version, **form.cleaned_data)
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


@require_http_methods(GET_POST)
def name(request: PortalRequest, pk: UUID) -> HttpResponse:
    """How the name stands in documents, when the rules of the language do not help; the person may mend it
    too.
    """
    by = request.actor
    found = access.employee_for(by, pk)
    if not access.can_edit_employee(by, found):
        raise Forbidden("Имя в документах правят куратор и специалист по кадрам.")
    shown = {case: exports.person_of(found).name(case) for case in NameForm.base_fields}
    form = NameForm(request.POST or None, initial=shown, version=found.version)
    if request.method == "POST" and form.is_valid():
        changed = {case: value for case, value in form.cleaned_data.items() if value and value != shown[case]}
        with form.catching():
            services.edit_employee(
                found, by=by, version=form.version, name_override={**found.name_override, **changed}
            )
        if not form.refused:
            return done(request, url_of(found), "Сохранено. Так имя будет стоять в приказах.")
    return page(
        request,
        "staff/edit.html",
        form=form,
        heading=f"{found.short_name} в документах",
        submit="Сохранить",
        back_url=url_of(found),
        crumbs=crumbs_of(found),
    )


@require_http_methods(GET_POST)
def dismiss(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The person leaves the school."""
    by = request.actor
    found = access.employee_for(by, pk)
    if not access.can_enter_employee(by):
        raise Forbidden("Увольнение отмечают куратор и специалист по кадрам.")
    form = DismissalForm(request.POST or None, initial={"on": clock.today()}, version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.dismiss_employee(found, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(request, url_of(found), "Записано. Должности в портале закончатся этим днём.")
    return page(
        request,
        "staff/dismiss.html",
        form=form,
        heading=f"Увольнение: {found.short_name}",
        consequences=consequences_of(found, by),
        submit="Записать увольнение",
        back_url=url_of(found),
        crumbs=crumbs_of(found),
    )


@require_http_methods(GET_POST)
def invite(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Invite the person to the portal."""
    by = request.actor
    found = access.employee_for(by, pk)
    if not access.can_invite_employee(by, found):
        raise Forbidden("Приглашают директор, куратор и специалист по кадрам.")
    form = InviteForm(request.POST or None, initial={"email": found.email})
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.invite_employee(found, by=by, **form.cleaned_data)
        if not form.refused:
            return done(
                request,
                url_of(found),
                f"Письмо уходит на {form.cleaned_data['email']}. Теперь ход за "
                f"{exports.person_of(found).instrumental}.",
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
    if not by.can("employee:invite"):
        raise Forbidden("Приглашают директор, куратор и специалист по кадрам.")
    asked = services.invite_everybody(by=by)
    word = (
        f"Отправляем {asked} {plural(asked, 'письмо,письма,писем')}."
        if asked
        else "Все, у кого есть почта, уже приглашены."
    )
    return done(request, reverse("staff:employees"), word)
