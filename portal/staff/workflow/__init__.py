"""SM-1 for consents to personal data, and the two stages of loading a list."""

from portal.staff.workflow.consents import CONSENT, SignedPaper
from portal.staff.workflow.imports import IMPORT, Counts, Trouble

__all__ = ["CONSENT", "IMPORT", "Counts", "SignedPaper", "Trouble"]
