"""Offices in the portal: given by an order, told to the city as opaque numbers."""

import datetime as dt

from django.db import transaction

from portal import audit, exchange
from portal.accounts.letters import OFFICE, OfficeLetter
from portal.accounts.offices import SCHOOL_OFFICES
from portal.core.actor import Actor
from portal.core.errors import Forbidden, Invalid
from portal.staff import access
from portal.staff.models import Employee, EmployeeOffice
from portal.staff.services.invitations import invite_employee


@transaction.atomic
def give_office(employee: Employee, office: str, *, basis: str, valid_from: dt.date, valid_to: dt.date | None = None, by: Actor) -> EmployeeOffice:
    """An employee gets an office on the basis of a document; who has not joined yet is invited into it. Safe to repeat.

    Raises Forbidden, Invalid (curator must be a deputy principal: Положение 6.1; an end before the start).
    """
    if not access.can_give_office(by, employee):
        raise Forbidden("Должности в портале даёт директор.")
    if office not in SCHOOL_OFFICES:
        raise Invalid("office", "Такой должности в школе нет.", "office")
    if office == "curator" and not employee.is_deputy:
        raise Invalid("curator_not_deputy", "Куратором может быть только заместитель директора (Положение, 6.1).", "employee")
    if valid_to is not None and valid_to < valid_from:
        raise Invalid("period", "Окончание раньше начала.", "valid_to")
    held, made = EmployeeOffice.objects.get_or_create(
        employee=employee, office=office, valid_from=valid_from, defaults={"basis": basis[:250], "valid_to": valid_to, "created_by": by.user}
    )
    if made:
        audit.record(by, "office_given", held)
        _tell_city(held, by)
        if employee.user is None and employee.email:
            invite_employee(employee, office=office, basis=basis, valid_from=valid_from, valid_to=valid_to, by=by)
    return held


@transaction.atomic
def end_office(held: EmployeeOffice, *, on: dt.date, by: Actor) -> EmployeeOffice:
    """The office ends with the day."""
    if not (by.is_system or access.can_give_office(by, held.employee)):
        raise Forbidden("Должности в портале снимает директор.")
    held.valid_to = max(on, held.valid_from)
    held.save_change("valid_to")
    audit.record(by, "office_ended", held)
    _tell_city(held, by)
    return held


def _tell_city(held: EmployeeOffice, by: Actor) -> None:
    letter = OfficeLetter(employee=held.employee.uuid, office=held.office, basis=held.basis, valid_from=held.valid_from, valid_to=held.valid_to)
    exchange.send(OFFICE, letter, topic=held.employee.uuid, by=by)
