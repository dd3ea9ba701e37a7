"""Reads about people of the school."""

from portal.staff.selectors.next_steps import next_steps
from portal.staff.selectors.people import (
    allowed_to_publish,
    consents_in_force,
    curator_is_appointed,
    curators_now,
    deputies,
    employee_of,
    employees_visible_to,
    has_consent,
    has_psychologist,
    holders_of,
    office_now,
    principal_now,
    staff_on,
    working_employees,
    young_on,
)

__all__ = [
    "allowed_to_publish",
    "consents_in_force",
    "curator_is_appointed",
    "curators_now",
    "deputies",
    "employee_of",
    "employees_visible_to",
    "has_consent",
    "has_psychologist",
    "holders_of",
    "next_steps",
    "office_now",
    "principal_now",
    "staff_on",
    "working_employees",
    "young_on",
]
