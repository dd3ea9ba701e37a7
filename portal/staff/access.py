"""Who may what with people of the school, and the doors to them."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from portal.accounts.offices import Office
from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.staff.models import Employee, EmployeeOffice, ImportRow, PersonalConsent, StaffImport


def can_enter_employee(by: Actor) -> bool:
    return by.is_system or by.can("employee:edit")


def can_enter_deputy(by: Actor) -> bool:
    """The principal enters the one deputy by hand; whether it is time for that is said by the service."""
    return by.can("deputy:enter")


def can_edit_employee(by: Actor, employee: Employee) -> bool:
    """Those who keep the list; and the principal may mend the deputy whom he or she entered."""
    return by.can("employee:edit") or (
        by.can("deputy:enter") and by.is_person(employee.created_by) and employee.is_deputy
    )


def can_read_details(by: Actor, employee: Employee) -> bool:
    """Dates, education, post: those who keep the list and the person; others see names and subjects only."""
    return by.is_system or by.can("employee:read") or by.is_person(employee.user)


def can_invite_employee(by: Actor, employee: Employee) -> bool:
    return (by.is_system or by.can("employee:invite")) and employee.is_working


def can_give_office(by: Actor, employee: Employee) -> bool:
    """Offices are given by the principal: by hand, or by registering the order that gives one."""
    return (by.is_system or by.can("office:give")) and employee.is_working


def can_see_offices(by: Actor) -> bool:
    return by.can("office:read")


def can_lead_offices(by: Actor) -> bool:
    return by.can("office:give")


def can_end_office(by: Actor, held: EmployeeOffice) -> bool:
    """The principal ends every office of the school but the principal's own, which the city gave."""
    return by.is_system or (by.can("office:give") and held.office != Office.PRINCIPAL)


def can_import_staff(by: Actor, staff_import: Any = None) -> bool:
    return by.is_system or by.can("employee:import")


def can_prepare_consent(by: Actor, employee: Employee) -> bool:
    return by.can("personal_consent:register") or (by.serves and by.is_person(employee.user))


def can_give_consent(by: Actor, consent: PersonalConsent) -> bool:
    """The person signs on paper; the person or who keeps the consents uploads the scan."""
    return can_prepare_consent(by, consent.employee)


def can_withdraw_consent(by: Actor, consent: PersonalConsent) -> bool:
    """The person, at any time; for a person without a way into the portal, by a written statement (T-30), who
    keeps the consents.
    """
    own = by.is_person(consent.employee.user)
    return own or (consent.employee.user is None and by.can("personal_consent:register"))


def employee_for(by: Actor, uuid: UUID) -> Employee:
    """Raises NotVisible to whoever may not see this person."""
    found = Employee.objects.visible_to(by).prefetch_related("positions").filter(uuid=uuid).first()
    if found is None:
        raise NotVisible
    return found


def office_for(by: Actor, uuid: UUID) -> EmployeeOffice:
    """An office of the school, for those who see them."""
    found = (
        EmployeeOffice.objects.select_related("employee").filter(uuid=uuid).first()
        if can_see_offices(by)
        else None
    )
    if found is None:
        raise NotVisible
    return found


def consents_visible_to(by: Actor) -> QuerySet[PersonalConsent]:
    """All of them for those who keep consents, one's own for the person."""
    rows = PersonalConsent.objects.select_related("employee", "scan")
    if by.can("personal_consent:register"):
        return rows
    return rows.filter(employee__user=by.user) if by.user and by.serves else rows.none()


def consent_for(by: Actor, uuid: UUID) -> PersonalConsent:
    """The consent, for the person and for those who keep consents."""
    found = consents_visible_to(by).filter(uuid=uuid).first()
    if found is None:
        raise NotVisible
    return found


def import_for(by: Actor, uuid: UUID) -> StaffImport:
    """An upload of the list of staff, for those who may upload."""
    found = (
        StaffImport.objects.select_related("file").filter(uuid=uuid).first() if can_import_staff(by) else None
    )
    if found is None:
        raise NotVisible
    return found


def row_for(by: Actor, uuid: UUID, number: int) -> ImportRow:
    """One row of an upload."""
    found = import_for(by, uuid).rows.select_related("staff_import").filter(number=number).first()
    if found is None:
        raise NotVisible
    return found


def rows_of(staff_import: StaffImport, by: Actor) -> list[ImportRow]:
    """The rows of an upload; they hold personal data, so reading them is noted."""
    rows = list(staff_import.rows.select_related("staff_import")) if can_import_staff(by) else []
    return rows
