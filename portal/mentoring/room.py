"""What pairs give to the other rooms."""

from portal.core.wiring import listens
from portal.core.workflow import transitioned
from portal.local_acts.events import order_cancelled, order_registered, order_taken_back
from portal.local_acts.exports import CHECKS
from portal.mentor_bank.pairing import PAIRS
from portal.mentoring import exports, notices, receivers
from portal.mentoring.selectors.for_bank import PAIRS_FOR_BANK
from portal.mentoring.selectors.leaving import pairs_of_leaver
from portal.mentoring.selectors.partners import partners_of
from portal.mentoring.selectors.queues import WAITS_FOR_PSYCHOLOGIST
from portal.papers.kinds import KINDS
from portal.school_practices.interest import PARTNERS
from portal.staff.leaving import LEANING
from portal.staff.queues import QUEUES

GIVES = (
    listens(order_registered, receivers.activate_pair),
    listens(order_taken_back, receivers.take_back_pair),
    listens(order_cancelled, receivers.keep_order_with_pair),
    listens(transitioned, notices.tell_of_transition),
    PAIRS.give(PAIRS_FOR_BANK),
    PARTNERS.give(partners_of),
    LEANING.give(pairs_of_leaver),
    QUEUES.give(WAITS_FOR_PSYCHOLOGIST),
    KINDS.give(*exports.PAPERS),
    CHECKS.give(*exports.CHECKS_OF_ORDERS),
)
