"""The journals hear of every transition."""

from portal.audit.journal import record_transition
from portal.core.wiring import listens
from portal.core.workflow import transitioned

GIVES = (listens(transitioned, record_transition),)
