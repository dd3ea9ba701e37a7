"""Tables of pairs."""

from portal.mentoring.models.pairs import Compatibility, MentoringConsent, Pair, PairMentee
from portal.mentoring.models.stages import PairStage

__all__ = ["Compatibility", "MentoringConsent", "Pair", "PairMentee", "PairStage"]
