"""What certificates give to the other rooms."""

from portal.accounts.about_me import PARTS, Part
from portal.accounts.request import PortalRequest, signed_in_person
from portal.certificates import background, services
from portal.certificates.models import Certificate
from portal.certificates.workflow import CERTIFICATE
from portal.core.contour import Contour
from portal.core.workflow import ALL
from portal.ui import addresses
from portal.ui.addresses import API, CALLED, Addresses, Called
from portal.ui.menu import MENU, Entry
from tenants.addresses import city_url
from tenants.jobs import JOBS
from tenants.tasks import DAILY_IN_CITY


def _own(request: PortalRequest) -> Part | None:
    """The city alone knows them; from inside a school only the way is shown."""
    person = signed_in_person(request)
    count = Certificate.objects.filter(holder=person.pk).count() if request.school is None else None
    return Part("certificates/about_me.html", {"count": count, "url": city_url("certificates:mine")})


GIVES = (
    ALL.give(CERTIFICATE),
    JOBS.give(background.print_certificate),
    DAILY_IN_CITY.give(services.give_to_accounts),
    PARTS.give(_own),
    addresses.IN_CITY.give(
        Addresses("portal.certificates.urls"), Addresses("portal.certificates.api_urls", API)
    ),
    MENU.give(
        Entry(
            "Сертификаты",
            "certificates:register",
            "award",
            Contour.EXTERNAL,
            place=55,
            needs=("certificate:read",),
        )
    ),
    CALLED.give(
        Called("/certificates/", "сертификаты"),
        Called("/me/certificates/", "мои сертификаты"),
        Called("/verify/", "проверка сертификата"),
        Called("/api/v1/verify/", "проверка сертификата"),
    ),
)
