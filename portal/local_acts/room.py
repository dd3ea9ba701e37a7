"""What local acts and orders give to the other rooms."""

from portal.accounts.offices import Office
from portal.core import finding, next_steps
from portal.core.workflow import ALL, ON_STEPS
from portal.local_acts import exports, follows, printing, search, selectors, services
from portal.local_acts.workflow import ACT, ORDER
from portal.papers.kinds import KINDS
from portal.ui import addresses
from portal.ui.addresses import API, CALLED, Addresses, Called
from portal.ui.menu import MENU, Entry
from tenants.jobs import JOBS
from tenants.tasks import DAILY

GIVES = (
    finding.IN_SCHOOL.give(search.ORDERS, search.ACTS),
    ALL.give(ACT, ORDER),
    ON_STEPS.give(*follows.FOLLOWS),
    next_steps.IN_SCHOOL.give(selectors.next_steps),
    KINDS.give(*exports.PAPERS),
    exports.CHECKS.give(*exports.CHECKS_OF_ORDERS),
    JOBS.give(printing.make_pdf),
    DAILY.give(services.enact_due_acts),
    addresses.IN_SCHOOL.give(
        Addresses("portal.local_acts.urls"), Addresses("portal.local_acts.api_urls", API)
    ),
    MENU.give(
        Entry(
            "Приказы",
            "local_acts:orders",
            "file-earmark-text",
            place=80,
            needs=("order:read",),
            first={Office.PRINCIPAL: 10, Office.CURATOR: 60, Office.PERSONNEL_OFFICER: 10},
        ),
        Entry(
            "Положение",
            "local_acts:acts",
            "journal-text",
            place=90,
            needs=("local_act:read",),
            first={
                Office.PRINCIPAL: 40,
                Office.ASSOCIATION_LEAD: 60,
                Office.PSYCHOLOGIST: 50,
                Office.PERSONNEL_OFFICER: 40,
                Office.TEACHER: 60,
            },
        ),
    ),
    CALLED.give(
        Called("/orders/", "приказы"),
        Called("/curator/", "назначение куратора"),
        Called("/acts/", "Положение"),
    ),
)
