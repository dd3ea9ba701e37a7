"""Who may do what here: permission and circumstance in one expression; doors that raise NotVisible."""

from portal.mentoring.access import cards, meetings, needs, pairs, programmes
from portal.mentoring.access.cards import card_for
from portal.mentoring.access.meetings import meeting_for
from portal.mentoring.access.needs import need_for
from portal.mentoring.access.pairs import consent_for, consents_visible_to, pair_for
from portal.mentoring.access.programmes import programme_for

__all__ = [
    "card_for",
    "cards",
    "consent_for",
    "consents_visible_to",
    "meeting_for",
    "meetings",
    "need_for",
    "needs",
    "pair_for",
    "pairs",
    "programme_for",
    "programmes",
]
