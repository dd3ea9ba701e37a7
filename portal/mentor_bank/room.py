"""What the bank gives to the other rooms."""

from portal.core.wiring import listens
from portal.core.workflow import transitioned
from portal.mentor_bank import notices

GIVES = (listens(transitioned, notices.tell_of_transition),)
