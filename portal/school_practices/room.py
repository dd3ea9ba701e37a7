"""What practices of the school give to the other rooms."""

from portal.core import next_steps
from portal.core.wiring import listens
from portal.core.workflow import transitioned
from portal.exchange import RECEIVERS
from portal.papers.kinds import KINDS
from portal.school_practices import exports, receivers, selectors
from portal.staff.queues import QUEUES

GIVES = (
    next_steps.IN_SCHOOL.give(selectors.next_steps),
    listens(transitioned, receivers.take_back_without_consent),
    QUEUES.give(selectors.waits_for_association),
    KINDS.give(exports.CARD),
    RECEIVERS.give(receivers.keep_answer, receivers.keep_expert_answer),
)
