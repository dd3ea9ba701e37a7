"""Who may do what here: permission and circumstance in one expression; doors that raise NotVisible."""

from portal.mentoring.access import pairs
from portal.mentoring.access.pairs import consent_for, consents_visible_to, pair_for

__all__ = ["consent_for", "consents_visible_to", "pair_for", "pairs"]
