"""Tables of pairs."""

from portal.mentoring.models.pairs import Compatibility, MentoringConsent, Pair, PairMentee

__all__ = ["Compatibility", "MentoringConsent", "Pair", "PairMentee"]
