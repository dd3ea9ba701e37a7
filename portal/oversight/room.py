"""What the city's page of all schools gives to the other rooms."""

from portal.accounts.offices import Office
from portal.core.contour import Contour
from portal.ui import addresses
from portal.ui.addresses import API, CALLED, Addresses, Called
from portal.ui.menu import MENU, Entry

GIVES = (
    addresses.IN_CITY.give(Addresses("portal.oversight.urls"), Addresses("portal.oversight.api_urls", API)),
    MENU.give(
        Entry(
            "Город сегодня",
            "oversight:city",
            "bar-chart",
            Contour.EXTERNAL,
            place=10,
            needs=("dashboard:read",),
            first={Office.METHODIST: 30, Office.DEPARTMENT_SPECIALIST: 30},
        ),
    ),
    CALLED.give(Called("/city/", "город сегодня")),
)
