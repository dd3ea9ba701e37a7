"""What the school's monitoring gives to the other rooms."""

from portal.accounts.offices import Office
from portal.core.next_steps import IN_SCHOOL
from portal.core.workflow import ALL
from portal.exchange import RECEIVERS
from portal.monitoring import receivers
from portal.monitoring.next_steps import next_steps
from portal.monitoring.services import send_counters
from portal.monitoring.workflow import SCHOOL_FORM
from portal.ui import addresses
from portal.ui.addresses import API, CALLED, Addresses, Called
from portal.ui.menu import MENU, Entry
from tenants.tasks import DAILY

GIVES = (
    ALL.give(SCHOOL_FORM),
    IN_SCHOOL.give(next_steps),
    RECEIVERS.give(
        receivers.campaign_came,
        receivers.answer_came,
        receivers.campaign_changed,
        receivers.school_reminded,
    ),
    DAILY.give(send_counters),
    addresses.IN_SCHOOL.give(
        Addresses("portal.monitoring.urls"), Addresses("portal.monitoring.api_urls", API)
    ),
    MENU.give(
        Entry(
            "Форма города",
            "monitoring:forms",
            "clipboard-data",
            place=110,
            needs=("school_form:read",),
            first={Office.PRINCIPAL: 60},
        ),
        Entry(
            "Что уходит из школы",
            "monitoring:disclosure",
            "send",
            place=120,
            needs=("disclosure:read",),
            first={Office.PRINCIPAL: 70},
        ),
    ),
    CALLED.give(Called("/forms/", "форма города"), Called("/disclosure/", "что уходит из школы")),
)
