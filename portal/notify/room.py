"""Notices hear of every transition: its row says who is told."""

from portal.core.wiring import listens
from portal.core.workflow import transitioned
from portal.notify.transitions import tell_of_transition

GIVES = (listens(transitioned, tell_of_transition),)
