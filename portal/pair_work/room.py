"""What the work of pairs gives to the other rooms."""

from best_practices.on_card import ON_CARD
from portal.accounts.offices import Office
from portal.core import counting, next_steps
from portal.core.workflow import ALL, ON_STEPS
from portal.exchange import RECEIVERS
from portal.mentoring.work import WORK
from portal.pair_work.exports.programmes import PROGRAMME_PAPER
from portal.pair_work.follows import FOLLOWS
from portal.pair_work.on_card import offer_to_take
from portal.pair_work.receivers import tell_of_new_text
from portal.pair_work.selectors import adoptions
from portal.pair_work.selectors.for_pairs import WORK_OF_PAIRS
from portal.pair_work.selectors.queues import WAITS_FOR_ASSOCIATION
from portal.pair_work.workflow import MEETING, PROGRAMME
from portal.papers.kinds import KINDS
from portal.staff.queues import QUEUES
from portal.ui import addresses
from portal.ui.addresses import API, CALLED, Addresses, Called
from portal.ui.menu import MENU, Entry

GIVES = (
    ALL.give(MEETING, PROGRAMME),
    ON_STEPS.give(*FOLLOWS),
    RECEIVERS.give(tell_of_new_text),
    ON_CARD.give(offer_to_take),
    next_steps.IN_SCHOOL.give(adoptions.next_steps),
    counting.ON_HOME.give(adoptions.numbers),
    WORK.give(WORK_OF_PAIRS),
    QUEUES.give(WAITS_FOR_ASSOCIATION),
    KINDS.give(PROGRAMME_PAPER),
    addresses.IN_SCHOOL.give(Addresses("portal.pair_work.urls")),
    addresses.IN_SCHOOL.give(Addresses("portal.pair_work.api_urls", API)),
    MENU.give(
        Entry(
            "Встречи",
            "pair_work:meetings",
            "chat-square-text",
            place=20,
            first={Office.TEACHER: 20, Office.GUEST: 20},
        ),
        Entry(
            "Программы",
            "pair_work:programmes",
            "map",
            place=30,
            first={Office.CURATOR: 40, Office.ASSOCIATION_LEAD: 20, Office.TEACHER: 30},
        ),
    ),
    CALLED.give(
        Called("/programmes/", "программа"),
        Called("/meetings/", "встреча"),
        Called("/adoptions/", "практика в программе"),
    ),
)
