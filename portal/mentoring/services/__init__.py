"""Writes of the heart: one domain verb each, with `by: Actor`, atomic."""

from portal.mentoring.services.cards import edit_card, make_card, move_card
from portal.mentoring.services.consents import choose_profile, give_consent, refuse_consent, withdraw_consent
from portal.mentoring.services.meetings import (
    answer_meeting,
    confirm_meeting,
    dispute_meeting,
    keep_note,
    move_meeting,
    plan_meeting,
    record_meeting,
    record_unplanned,
    tell_meeting,
)
from portal.mentoring.services.needs import edit_need, move_need, record_need
from portal.mentoring.services.pairs import (
    ask_consents,
    conclude_pair,
    give_notice,
    move_pair,
    propose_pair,
    register_pair_order,
    replace_mentor,
    settle_pay,
)
from portal.mentoring.services.programmes import (
    confirm_programme,
    copy_programme,
    mark_activity,
    move_programme,
    rate_goals,
    submit_programme,
    write_programme,
)
from portal.mentoring.services.settings import decide_settings, put_off_advice

__all__ = [
    "answer_meeting",
    "ask_consents",
    "choose_profile",
    "conclude_pair",
    "confirm_meeting",
    "confirm_programme",
    "copy_programme",
    "decide_settings",
    "dispute_meeting",
    "edit_card",
    "edit_need",
    "give_consent",
    "give_notice",
    "keep_note",
    "make_card",
    "mark_activity",
    "move_card",
    "move_meeting",
    "move_need",
    "move_pair",
    "move_programme",
    "plan_meeting",
    "propose_pair",
    "put_off_advice",
    "rate_goals",
    "record_meeting",
    "record_need",
    "record_unplanned",
    "refuse_consent",
    "register_pair_order",
    "replace_mentor",
    "settle_pay",
    "submit_programme",
    "tell_meeting",
    "withdraw_consent",
    "write_programme",
]
