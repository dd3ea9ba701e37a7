"""Writes about people of the school."""

from portal.staff.services.consents import expire_consents, prepare_consent
from portal.staff.services.employees import (
    dismiss_employee,
    edit_employee,
    enter_deputy,
    enter_employee,
    link_user,
)
from portal.staff.services.imports import accept_rows, check_rows, upload_staff
from portal.staff.services.invitations import invite_employee, invite_everybody, send_invitation
from portal.staff.services.mending import mend_row
from portal.staff.services.offices import (
    confirm_office,
    end_office,
    give_office,
    give_office_by_hand,
    tell_again,
)

__all__ = [
    "accept_rows",
    "check_rows",
    "confirm_office",
    "dismiss_employee",
    "edit_employee",
    "end_office",
    "enter_deputy",
    "enter_employee",
    "expire_consents",
    "give_office",
    "give_office_by_hand",
    "invite_employee",
    "invite_everybody",
    "link_user",
    "mend_row",
    "prepare_consent",
    "send_invitation",
    "tell_again",
    "upload_staff",
]
