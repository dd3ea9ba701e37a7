"""The state machines of what a pair does as tables: SM-4 (programmes) and SM-5 (meetings)."""

from portal.pair_work.workflow.meetings import MEETING
from portal.pair_work.workflow.programmes import PROGRAMME

__all__ = ["MEETING", "PROGRAMME"]
