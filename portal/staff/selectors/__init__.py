"""Reads about people of the school."""

from portal.staff.selectors.holders import Holders, holder_of, holders_of
from portal.staff.selectors.next_steps import next_steps
from portal.staff.selectors.people import (
    allowed_to_publish,
    by_access,
    by_consent,
    consents_in_force,
    curator_is_appointed,
    curators_now,
    deputies,
    employee_of,
    employees_visible_to,
    has_consent,
    office_now,
    principal_now,
    principals,
    serving_as,
    staff_on,
    working_employees,
    young_on,
)

__all__ = [
    "Holders",
    "allowed_to_publish",
    "by_access",
    "by_consent",
    "consents_in_force",
    "curator_is_appointed",
    "curators_now",
    "deputies",
    "employee_of",
    "employees_visible_to",
    "has_consent",
    "holder_of",
    "holders_of",
    "next_steps",
    "office_now",
    "principal_now",
    "principals",
    "serving_as",
    "staff_on",
    "working_employees",
    "young_on",
]
