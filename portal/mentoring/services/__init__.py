"""Writes of pairs and consents: one domain verb each, with `by: Actor`, atomic."""

from portal.mentoring.services.consents import choose_profile, give_consent, refuse_consent, withdraw_consent
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

__all__ = [
    "ask_consents",
    "choose_profile",
    "conclude_pair",
    "give_consent",
    "give_notice",
    "move_pair",
    "propose_pair",
    "refuse_consent",
    "register_pair_order",
    "replace_mentor",
    "settle_pay",
    "withdraw_consent",
]
