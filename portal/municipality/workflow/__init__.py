"""SM-17 (joining of a school), SM-11 (campaign), SM-11b as the city sees it."""

from portal.municipality.workflow.campaigns import CAMPAIGN
from portal.municipality.workflow.received import RECEIVED
from portal.municipality.workflow.schools import SCHOOL, STEPS

__all__ = ["CAMPAIGN", "RECEIVED", "SCHOOL", "STEPS"]
