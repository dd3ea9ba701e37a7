"""What pairs give to the other rooms."""

from portal.accounts.offices import Office
from portal.core.wiring import listens
from portal.core.workflow import transitioned
from portal.local_acts.events import order_cancelled, order_registered, order_taken_back
from portal.local_acts.exports import CHECKS
from portal.mentor_bank.pairing import PAIRS
from portal.mentoring import exports, notices, receivers
from portal.mentoring.selectors.figures import working_pairs
from portal.mentoring.selectors.for_bank import PAIRS_FOR_BANK
from portal.mentoring.selectors.leaving import pairs_of_leaver
from portal.mentoring.selectors.partners import partners_of
from portal.mentoring.selectors.queues import WAITS_FOR_PSYCHOLOGIST
from portal.papers.kinds import KINDS
from portal.school_practices.interest import PARTNERS
from portal.staff.leaving import LEANING
from portal.staff.queues import QUEUES
from portal.ui import addresses
from portal.ui.addresses import API, CALLED, Addresses, Called
from portal.ui.menu import MENU, Count, Entry

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
    addresses.IN_SCHOOL.give(Addresses("portal.mentoring.urls")),
    addresses.IN_SCHOOL.give(Addresses("portal.mentoring.api_urls", API)),
    MENU.give(
        Entry(
            "Пары",
            "mentoring:pairs",
            "people",
            place=10,
            first={
                Office.PRINCIPAL: 20,
                Office.CURATOR: 10,
                Office.ASSOCIATION_LEAD: 10,
                Office.PSYCHOLOGIST: 10,
                Office.PERSONNEL_OFFICER: 30,
                Office.TEACHER: 10,
            },
            count=Count("pair:lead", lambda: working_pairs().count()),
        ),
    ),
    CALLED.give(Called("/pair-consents/", "согласие на участие в паре"), Called("/pairs/", "пара")),
)
