"""What people of the school give to the other rooms."""

from portal.core import next_steps
from portal.exchange import RECEIVERS
from portal.papers.kinds import KINDS
from portal.staff import exports, receivers, selectors, services
from portal.staff.services import imports, invitations
from tenants.jobs import JOBS
from tenants.tasks import DAILY

GIVES = (
    next_steps.IN_SCHOOL.give(selectors.next_steps),
    KINDS.give(*exports.PAPERS),
    RECEIVERS.give(receivers.person_joined, receivers.office_kept),
    JOBS.give(imports.check_rows, imports.accept_rows, invitations.send_invitation),
    DAILY.give(services.expire_consents),
)
