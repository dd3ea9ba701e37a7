"""Who may do what here: permission and circumstance in one expression; doors that raise NotVisible."""

from portal.mentor_bank.access import cards, needs
from portal.mentor_bank.access.cards import card_for
from portal.mentor_bank.access.needs import need_for

__all__ = ["card_for", "cards", "need_for", "needs"]
