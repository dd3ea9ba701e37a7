"""People who work in the school: who they are, what they do, what they agreed to, how their list was read."""

from portal.staff.models.consents import PersonalConsent
from portal.staff.models.imports import ImportRow, StaffImport
from portal.staff.models.offices import EmployeeOffice, StaffInvitation
from portal.staff.models.people import (
    YOUNG_UP_TO_YEARS,
    Employee,
    EmployeePosition,
    EmployeeQuerySet,
    match_source,
)

__all__ = [
    "YOUNG_UP_TO_YEARS",
    "Employee",
    "EmployeeOffice",
    "EmployeePosition",
    "EmployeeQuerySet",
    "ImportRow",
    "PersonalConsent",
    "StaffImport",
    "StaffInvitation",
    "match_source",
]
