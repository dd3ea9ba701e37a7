"""What the work of pairs gives to the other rooms."""

from portal.core.wiring import listens
from portal.core.workflow import ON_STEPS, transitioned
from portal.mentoring.work import WORK
from portal.pair_work import exports, notices
from portal.pair_work.follows import FOLLOWS
from portal.pair_work.selectors.for_pairs import WORK_OF_PAIRS
from portal.pair_work.selectors.queues import WAITS_FOR_ASSOCIATION
from portal.papers.kinds import KINDS
from portal.staff.queues import QUEUES

GIVES = (
    listens(transitioned, notices.tell_of_transition),
    ON_STEPS.give(*FOLLOWS),
    WORK.give(WORK_OF_PAIRS),
    QUEUES.give(WAITS_FOR_ASSOCIATION),
    KINDS.give(exports.PROGRAMME_PAPER),
)
