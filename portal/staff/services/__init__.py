"""Writes about people of the school."""

from portal.staff.services.absences import begin_absence, correct_absence, take_absence_back
from portal.staff.services.access_questions import answer_access_question, hear_access_question
from portal.staff.services.columns import choose_columns
from portal.staff.services.consents import expire_consents, prepare_consent
from portal.staff.services.dividing import divide_person
from portal.staff.services.guests import (
    begin_stay,
    correct_stay,
    give_what_stays_name,
    invite_guest,
    take_stay_back,
)
from portal.staff.services.imports import accept_rows, check_rows, upload_staff
from portal.staff.services.invitations import invite_everybody, invite_person, send_invitation
from portal.staff.services.leaving import dismiss_person, take_dismissal_back, take_on
from portal.staff.services.mending import decide_row, mend_row
from portal.staff.services.mending_access import ask_to_let_in
from portal.staff.services.merging import merge_people, undo_merge
from portal.staff.services.names import add_former_name, correct_former_name, take_former_name_away
from portal.staff.services.newcomers import keep_newcomer, recognise
from portal.staff.services.offices import (
    confirm_office,
    end_office,
    give_office,
    give_office_by_hand,
    tell_again,
)
from portal.staff.services.people import (
    edit_person,
    enter_deputy,
    enter_person,
    link_user,
)
from portal.staff.services.positions import add_position, change_position, give_position_up
from portal.staff.services.young import decide_young

__all__ = [
    "accept_rows",
    "add_former_name",
    "add_position",
    "answer_access_question",
    "ask_to_let_in",
    "begin_absence",
    "begin_stay",
    "change_position",
    "check_rows",
    "choose_columns",
    "confirm_office",
    "correct_absence",
    "correct_former_name",
    "correct_stay",
    "decide_row",
    "decide_young",
    "dismiss_person",
    "divide_person",
    "edit_person",
    "end_office",
    "enter_deputy",
    "enter_person",
    "expire_consents",
    "give_office",
    "give_office_by_hand",
    "give_position_up",
    "give_what_stays_name",
    "hear_access_question",
    "invite_everybody",
    "invite_guest",
    "invite_person",
    "keep_newcomer",
    "link_user",
    "mend_row",
    "merge_people",
    "prepare_consent",
    "recognise",
    "send_invitation",
    "take_absence_back",
    "take_dismissal_back",
    "take_former_name_away",
    "take_on",
    "take_stay_back",
    "tell_again",
    "undo_merge",
    "upload_staff",
]
