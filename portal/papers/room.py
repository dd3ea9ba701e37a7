"""Papers keep what was signed, and make its PDF in the background."""

from portal.core.wiring import listens
from portal.core.workflow import transitioned
from portal.papers import printing
from portal.papers.freezing import keep_signed
from portal.ui import addresses
from portal.ui.addresses import CALLED, Addresses, Called
from tenants.jobs import JOBS

GIVES = (
    listens(transitioned, keep_signed),
    JOBS.give(printing.make_pdf, printing.make_city_pdf),
    addresses.IN_SCHOOL.give(Addresses("portal.papers.urls")),
    addresses.IN_CITY.give(Addresses("portal.papers.urls")),
    CALLED.give(Called("/papers/", "подписанный документ")),
)
