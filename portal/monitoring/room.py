"""What the school's monitoring gives to the other rooms."""

from portal.core.next_steps import IN_SCHOOL
from portal.exchange import RECEIVERS
from portal.monitoring import receivers
from portal.monitoring.next_steps import next_steps
from portal.monitoring.services import send_counters
from tenants.tasks import DAILY

GIVES = (
    IN_SCHOOL.give(next_steps),
    RECEIVERS.give(
        receivers.campaign_came,
        receivers.answer_came,
        receivers.campaign_changed,
        receivers.school_reminded,
    ),
    DAILY.give(send_counters),
)
