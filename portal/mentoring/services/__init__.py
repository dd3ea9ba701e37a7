"""Writes of pairs and consents that are more than a step of a workflow: `by: Actor`, atomic. Steps are made
by `PAIR.move`.
"""

from portal.mentoring.services.consents import answer_consent, choose_profile
from portal.mentoring.services.pairs import propose_pair, register_pair_order, settle_pay

__all__ = [
    "answer_consent",
    "choose_profile",
    "propose_pair",
    "register_pair_order",
    "settle_pay",
]
