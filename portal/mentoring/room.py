"""What pairs give to the other rooms."""

from portal.accounts.offices import Office
from portal.core.workflow import ALL, ON_STEPS
from portal.local_acts.exports import CHECKS
from portal.mentor_bank.pairing import PAIRS
from portal.mentoring.exports import pairs as exports
from portal.mentoring.follows import FOLLOWS
from portal.mentoring.selectors.belongings import pairs_of_card
from portal.mentoring.selectors.figures import working_pairs
from portal.mentoring.selectors.for_bank import PAIRS_FOR_BANK
from portal.mentoring.selectors.leaving import pairs_of_leaver
from portal.mentoring.selectors.partners import partners_of
from portal.mentoring.selectors.queues import WAITS_FOR_PSYCHOLOGIST
from portal.mentoring.selectors.two_in_one import forbidden_by_pairs
from portal.mentoring.workflow import CONSENT, PAIR
from portal.papers.kinds import KINDS
from portal.school_practices.interest import PARTNERS
from portal.staff.belongings import BELONGINGS
from portal.staff.leaving import LEANING
from portal.staff.queues import QUEUES
from portal.staff.two_in_one import TWO_IN_ONE
from portal.ui import addresses
from portal.ui.addresses import API, CALLED, Addresses, Called
from portal.ui.menu import MENU, Count, Entry

GIVES = (
    ALL.give(CONSENT, PAIR),
    ON_STEPS.give(*FOLLOWS),
    PAIRS.give(PAIRS_FOR_BANK),
    PARTNERS.give(partners_of),
    LEANING.give(pairs_of_leaver),
    TWO_IN_ONE.give(forbidden_by_pairs),
    BELONGINGS.give(pairs_of_card),
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
                Office.GUEST: 10,
            },
            count=Count("pair:lead", working_pairs),
        ),
    ),
    CALLED.give(Called("/pair-consents/", "согласие на участие в паре"), Called("/pairs/", "пара")),
)
