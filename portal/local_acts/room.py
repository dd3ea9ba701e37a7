"""What local acts and orders give to the other rooms."""

from portal.core import next_steps
from portal.local_acts import exports, printing, selectors, services
from portal.papers.kinds import KINDS
from tenants.jobs import JOBS
from tenants.tasks import DAILY

GIVES = (
    next_steps.IN_SCHOOL.give(selectors.next_steps),
    KINDS.give(*exports.PAPERS),
    exports.CHECKS.give(*exports.CHECKS_OF_ORDERS),
    JOBS.give(printing.make_pdf),
    DAILY.give(services.enact_due_acts),
)
