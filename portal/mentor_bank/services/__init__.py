"""Writes of the bank: one domain verb each, with `by: Actor`, atomic."""

from portal.mentor_bank.services.cards import edit_card, make_card
from portal.mentor_bank.services.needs import edit_need, record_need
from portal.mentor_bank.services.settings import decide_settings

__all__ = ["decide_settings", "edit_card", "edit_need", "make_card", "record_need"]
