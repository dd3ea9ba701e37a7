"""Tables of the bank: cards of mentors, needs, what the school has decided."""

from portal.mentor_bank.models.cards import MentorCard
from portal.mentor_bank.models.needs import MenteeNeed
from portal.mentor_bank.models.settings import LONGEST_MONTHS, MentoringSettings
from portal.mentor_bank.models.stages import CardStage, NeedStage

__all__ = ["LONGEST_MONTHS", "CardStage", "MenteeNeed", "MentorCard", "MentoringSettings", "NeedStage"]
