"""Offices in the portal: given by an order or by the principal, told to the city as opaque numbers, confirmed
by its answer.
"""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from portal import audit, exchange
from portal.accounts.ending import last_day_said, say_last_day
from portal.accounts.letters import OFFICE, OfficeLetter
from portal.accounts.offices import HAND_OFFICES, SCHOOL_OFFICES, Office
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.staff import access
from portal.staff.mailboxes import refuse_shared
from portal.staff.models import Employee, EmployeeOffice
from portal.staff.services.invitations import invite_employee

DAY = dt.timedelta(days=1)


@transaction.atomic
def give_office(
    employee: Employee,
    office: str,
    *,
    basis: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    by: Actor,
) -> EmployeeOffice:
    """An employee gets an office on the basis of a document; who has not joined yet is invited into it. Safe
    to repeat.

    Raises Forbidden, Invalid (curator must be a deputy principal: Положение 6.1; an end before the start).
    """
    if not access.can_give_office(by, employee):
        raise Forbidden("Должности в портале даёт директор.")
    if office not in SCHOOL_OFFICES:
        raise Invalid("office", "Такой должности в школе нет.", "office")
    if office == Office.CURATOR and not employee.is_deputy:
        raise Invalid(
            "curator_not_deputy",
            "Куратором может быть только заместитель директора (Положение, 6.1).",
            "employee",
        )
    if valid_to is not None and valid_to < valid_from:
        raise Invalid("period", "Окончание раньше начала.", "valid_to")
    held, made = EmployeeOffice.objects.select_for_update().get_or_create(
        employee=employee,
        office=office,
        valid_from=valid_from,
        defaults={"basis": basis[:250], "valid_to": valid_to, "created_by": by.user},
    )
    if made or _begins_anew(held, basis, valid_to):
        audit.record(by, "office_given", held)
        _tell_city(held, by)
        if employee.user is None and employee.email:
            invite_employee(
                employee, office=office, basis=basis, valid_from=valid_from, valid_to=valid_to, by=by
            )
    return held


def _begins_anew(held: EmployeeOffice, basis: str, valid_to: dt.date | None) -> bool:
    """An office that was taken back as a mistake, or ended before its day came, is given from the same day
    again.
    """
    over = held.valid_to is not None and (
        held.valid_to < held.valid_from or (held.end_basis and held.valid_to < clock.today())
    )
    if over and (valid_to is None or valid_to >= clock.today()):
        held.basis, held.valid_to, held.end_basis, held.confirmed_at = basis[:250], valid_to, "", None
        held.save_change("basis", "valid_to", "end_basis", "confirmed_at")
        return True
    return False


@transaction.atomic
def give_office_by_hand(
    employee: Employee,
    office: str,
    *,
    basis: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    email: str = "",
    by: Actor,
) -> EmployeeOffice:
    """The principal gives an office that needs no order of a set form. Raises Forbidden, Invalid and Conflict
    at the field.
    """
    if not access.can_lead_offices(by):
        raise Forbidden("Должности в портале даёт директор.")
    if office not in HAND_OFFICES:
        raise Invalid(
            "office_not_by_hand",
            "Куратора назначает приказ, директора назначает город. Выберите другую должность.",
            "office",
        )
    if len(basis.strip()) < 5:
        raise Invalid(
            "basis", "Назовите документ: вид, номер и дату. Например, приказ № 12-к от 01.09.2026.", "basis"
        )
    address = (email or employee.email).strip()
    if employee.user is None and not address:
        raise Invalid(
            "email", "Этого человека ещё нет в портале. Впишите почту, на неё придёт приглашение.", "email"
        )
    held = _overlapping(employee, office, valid_from, valid_to)
    if held is not None:
        until = f"до {held.valid_to:%d.%m.%Y}" if held.valid_to else "без срока"
        raise Conflict(
            "office_held",
            f"Эта должность у человека уже есть: с {held.valid_from:%d.%m.%Y} {until}. Сначала закончите "
            "прежнюю.",
            "office",
        )
    if employee.user is None and address != employee.email:
        refuse_shared(address, employee)
        employee.email = address.lower()
        employee.save_change("email")
    return give_office(employee, office, basis=basis.strip(), valid_from=valid_from, valid_to=valid_to, by=by)


def _overlapping(
    employee: Employee, office: str, start: dt.date, end: dt.date | None
) -> EmployeeOffice | None:
    held = employee.offices.filter(Q(valid_to=None) | Q(valid_to__gte=start), office=office)
    return (held.filter(valid_from__lte=end) if end else held).first()


@transaction.atomic
def end_office(
    held: EmployeeOffice, *, on: dt.date, by: Actor, basis: str = "", version: int | None = None
) -> EmployeeOffice:
    """The day is the last one of the office. Raises Forbidden, Stale, Invalid at `on` or `basis`.

    The day before the first one takes back an office that was given by mistake.
    """
    locked: EmployeeOffice = lock(EmployeeOffice, held.pk)
    if not access.can_end_office(by, locked):
        raise Forbidden("Должности в портале заканчивает директор. Директора назначает и меняет город.")
    locked.check_version(version)
    if not by.is_system and len(basis.strip()) < 5:
        raise Invalid(
            "basis", "Назовите документ: вид, номер и дату. Например, приказ № 14-к от 20.11.2026.", "basis"
        )
    if on < locked.valid_from - DAY:
        raise Invalid(
            "on",
            f"Должность началась {locked.valid_from:%d.%m.%Y}: последний день не может быть раньше. "
            f"Если её дали по ошибке, укажите {locked.valid_from - DAY:%d.%m.%Y}.",
            "on",
        )
    if locked.valid_to is not None and on > locked.valid_to:
        raise Invalid(
            "on",
            f"Должность и так закончится {locked.valid_to:%d.%m.%Y}. Чтобы продлить её, дайте должность "
            "заново на новый срок.",
            "on",
        )
    return _ended(locked, on, basis.strip()[:250], by)


def _ended(held: EmployeeOffice, on: dt.date, basis: str, by: Actor) -> EmployeeOffice:
    held.valid_to, held.end_basis, held.confirmed_at = on, basis, None
    held.save_change("valid_to", "end_basis", "confirmed_at")
    audit.record(by, "office_ended", held)
    _tell_city(held, by)
    return held


def end_offices_of(employee: Employee, *, on: dt.date, by: Actor) -> None:
    """The person leaves: offices and unanswered invitations end with the day. The principal's office is the
    city's to end.
    """
    alive = Q(valid_to=None) | Q(valid_to__gt=on)
    told = set()
    for held in employee.offices.filter(alive).exclude(office=Office.PRINCIPAL):
        _ended(held, max(on, held.valid_from - DAY), "увольнение", by)
        told.add((held.office, held.valid_from))
    for asked in employee.invitations.filter(alive, accepted_at=None):
        if (asked.office, asked.valid_from) in told:
            continue
        asked.valid_to = max(on, asked.valid_from - DAY)
        asked.save_change("valid_to")
        _send(employee, asked.office, asked.basis, asked.valid_from, valid_to=asked.valid_to, by=by)


def confirm_office(
    employee: UUID, office: str, *, valid_from: dt.date, valid_to: dt.date | None, basis: str = ""
) -> None:
    """The city's answer. An office that the school has no line of (an accepted invitation) gets one. Safe to
    repeat.
    """
    person = Employee.objects.filter(uuid=employee).first()
    if person is None:
        return
    # the person left while the news of joining was on its way
    ended = last_day_said(employee, office, valid_from=valid_from)
    given = {"basis": (basis or "приглашение")[:250], "valid_to": ended or valid_to}
    held, _ = EmployeeOffice.objects.get_or_create(
        employee=person, office=office, valid_from=valid_from, defaults=given
    )
    if held.confirmed_at is None and held.valid_to == valid_to:
        EmployeeOffice.objects.filter(pk=held.pk).update(confirmed_at=clock.now(), updated_at=clock.now())


def tell_again(employee: Employee, *, by: Actor) -> None:
    """The person has just joined: offices that waited for it are told to the city once more."""
    for held in employee.offices.filter(Q(valid_to=None) | Q(valid_to__gte=clock.today()), confirmed_at=None):
        _tell_city(held, by)


def _tell_city(held: EmployeeOffice, by: Actor) -> None:
    _send(held.employee, held.office, held.basis, held.valid_from, valid_to=held.valid_to, by=by)


def _send(
    employee: Employee, office: str, basis: str, valid_from: dt.date, *, valid_to: dt.date | None, by: Actor
) -> None:
    """The last day acts at once, by itself; the letter is for the city's own record."""
    say_last_day(employee.uuid, office, user=employee.user, valid_from=valid_from, last_day=valid_to)
    letter = OfficeLetter(
        employee=employee.uuid,
        user=employee.user,
        office=office,
        basis=basis,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    exchange.send(OFFICE, letter, topic=employee.uuid, by=by)
