"""What the cabinet gives to the other rooms."""

from portal.cabinet.selectors.aside import aside as of_pairs
from portal.cabinet.selectors.next_steps import next_steps as steps
from portal.cabinet.selectors.numbers import numbers
from portal.cabinet.services import nights
from portal.core import aside, counting, next_steps
from portal.ui import addresses
from portal.ui.addresses import CALLED, Addresses, Called
from tenants.tasks import DAILY

GIVES = (
    next_steps.IN_SCHOOL.give(steps),
    aside.IN_SCHOOL.give(of_pairs),
    counting.ON_HOME.give(numbers),
    DAILY.give(nights.every_day),
    addresses.IN_SCHOOL.give(Addresses("portal.cabinet.urls")),
    CALLED.give(Called("/mentoring/", "порядок наставничества")),
)
