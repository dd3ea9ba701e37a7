"""SM-1 for consents to personal data, and the two stages of loading a list."""

from portal.staff.workflow.consents import CONSENT
from portal.staff.workflow.imports import IMPORT

__all__ = ["CONSENT", "IMPORT"]
