"""SM-8: local acts and orders.

The council's minutes and the union's visa are requisites which the principal types (decisions.md):
`on_approval` and the visas of colleagues, `amended`, and the acts T-01, T-03, T-05 belong to the room of acts
to come.
"""

from portal.local_acts.workflow.acts import ACT
from portal.local_acts.workflow.orders import ORDER

__all__ = ["ACT", "ORDER"]
