"""What practices of the school give to the other rooms."""

from best_practices.waiting import WAITERS
from portal.accounts.offices import Office
from portal.core import counting, finding, next_steps
from portal.core.workflow import ALL, ON_STEPS
from portal.exchange import RECEIVERS
from portal.papers.kinds import KINDS
from portal.school_practices import (
    answering,
    calls,
    exports,
    files,
    follows,
    receivers,
    search,
    selectors,
    services,
    thanked,
    unclear,
)
from portal.school_practices.waiters import SchoolWaiters
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.staff.queues import QUEUES
from portal.ui import addresses
from portal.ui.addresses import API, CALLED, Addresses, Called
from portal.ui.menu import MENU, Entry
from tenants.jobs import JOBS
from tenants.tasks import DAILY

GIVES = (
    finding.IN_SCHOOL.give(search.OWN),
    ALL.give(SCHOOL_PRACTICE),
    next_steps.IN_SCHOOL.give(selectors.next_steps, unclear.next_steps, calls.next_steps),
    counting.ON_HOME.give(unclear.numbers, calls.numbers),
    WAITERS.give(SchoolWaiters()),
    ON_STEPS.give(*follows.FOLLOWS),
    QUEUES.give(selectors.waits_for_association),
    KINDS.give(exports.CARD),
    JOBS.give(files.read_file),
    DAILY.give(services.cut_words, files.read_waiting_files, answering.count_every_waiting),
    RECEIVERS.give(receivers.keep_answer, receivers.keep_expert_answer, receivers.hear_order_answer),
    RECEIVERS.give(unclear.keep_question, thanked.keep_thanks, receivers.keep_day),
    RECEIVERS.give(receivers.hear_order_called),
    addresses.IN_SCHOOL.give(
        Addresses("portal.school_practices.urls"), Addresses("portal.school_practices.api_urls", API)
    ),
    MENU.give(
        Entry(
            "Практики школы",
            "school_practices:practices",
            "lightbulb",
            place=100,
            needs=("school_practice:draft",),
            first={
                Office.PRINCIPAL: 50,
                Office.CURATOR: 70,
                Office.ASSOCIATION_LEAD: 50,
                Office.PSYCHOLOGIST: 40,
                Office.TEACHER: 50,
            },
        ),
    ),
    CALLED.give(Called("/practices/", "практики")),
)
