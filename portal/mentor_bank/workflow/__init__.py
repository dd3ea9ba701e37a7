"""The state machines of the bank as tables: needs, and SM-2 (cards)."""

from portal.mentor_bank.workflow.cards import CARD
from portal.mentor_bank.workflow.needs import NEED

__all__ = ["CARD", "NEED"]
