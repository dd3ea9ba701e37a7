"""What the cabinet gives to the other rooms."""

from portal.cabinet.selectors.aside import aside as of_pairs
from portal.cabinet.selectors.next_steps import next_steps as steps
from portal.cabinet.selectors.numbers import numbers
from portal.cabinet.selectors.steps_of_year import year_steps
from portal.cabinet.services import nights
from portal.core import aside, counting, next_steps
from portal.ui import addresses
from portal.ui.addresses import CALLED, Addresses, Called
from portal.ui.menu import MENU, Entry
from tenants.tasks import DAILY

LEADS = ("pair:lead", "pair:sign")

GIVES = (
    next_steps.IN_SCHOOL.give(steps, year_steps),
    aside.IN_SCHOOL.give(of_pairs),
    counting.ON_HOME.give(numbers),
    DAILY.give(nights.every_day),
    addresses.IN_SCHOOL.give(Addresses("portal.cabinet.urls")),
    MENU.give(
        Entry("Новый учебный год", "cabinet:year", "calendar-check", place=75, needs=LEADS),
        Entry("Школа на любой день", "cabinet:of_day", "calendar-event", place=76, needs=LEADS),
    ),
    CALLED.give(
        Called("/mentoring/", "порядок наставничества"),
        Called("/year/", "новый учебный год"),
        Called("/day/", "школа на выбранный день"),
    ),
)
