"""What the bank gives to the other rooms."""

from best_practices.fitting import DIFFICULTIES
from portal.accounts.offices import Office
from portal.core.workflow import ALL, ON_STEPS
from portal.mentor_bank.follows import FOLLOWS
from portal.mentor_bank.selectors.belongings import cards_and_needs
from portal.mentor_bank.selectors.figures import open_needs
from portal.mentor_bank.selectors.own import own_difficulties
from portal.mentor_bank.workflow import CARD, NEED
from portal.staff.belongings import BELONGINGS
from portal.ui import addresses
from portal.ui.addresses import API, CALLED, Addresses, Called
from portal.ui.menu import MENU, Count, Entry

GIVES = (
    ALL.give(CARD, NEED),
    ON_STEPS.give(*FOLLOWS),
    BELONGINGS.give(cards_and_needs),
    DIFFICULTIES.give(own_difficulties),
    addresses.IN_SCHOOL.give(Addresses("portal.mentor_bank.urls")),
    addresses.IN_SCHOOL.give(Addresses("portal.mentor_bank.api_urls", API)),
    MENU.give(
        Entry(
            "Потребности",
            "mentor_bank:needs",
            "hand-index-thumb",
            place=40,
            needs=("need:record_own",),
            first={
                Office.CURATOR: 20,
                Office.ASSOCIATION_LEAD: 40,
                Office.PSYCHOLOGIST: 20,
                Office.TEACHER: 40,
            },
            count=Count("need:accept", open_needs),
        ),
        Entry(
            "Наставники школы",
            "mentor_bank:cards",
            "person-badge",
            place=50,
            needs=("need:record_own",),
            first={Office.CURATOR: 30, Office.ASSOCIATION_LEAD: 30, Office.PSYCHOLOGIST: 30},
        ),
    ),
    CALLED.give(Called("/needs/", "потребность"), Called("/mentors/", "карточка наставника")),
)
