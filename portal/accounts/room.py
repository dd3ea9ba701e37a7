"""What people and rights give: who acts in a job, letters about people, the look that follows a person."""

from allauth.account.signals import password_reset
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from portal.accounts import background, browsers, letters, receivers
from portal.accounts.actors import actor_of_job
from portal.accounts.models import User
from portal.accounts.request import PortalRequest
from portal.accounts.services import remember_look
from portal.core.wiring import listens
from portal.exchange import KINDS, RECEIVERS
from portal.ui import addresses
from portal.ui.addresses import API, CALLED, Addresses, Called
from portal.ui.prefs import SAVERS, Prefs
from tenants.jobs import ACTORS, JOBS


def _look_follows(request: HttpRequest, prefs: Prefs) -> None:
    remember_look(getattr(request, "person", None), prefs)


def _browser_is_known(*, request: PortalRequest | None, user: User, **_: object) -> None:
    """Somebody has signed in here, or has set a new password by the letter: strangers' mistakes will not hold
    this browser up.
    """
    if request is not None:
        browsers.remember(request, user.email)


GIVES = (
    ACTORS.give(actor_of_job),
    listens(user_logged_in, _browser_is_known),
    listens(password_reset, _browser_is_known),
    SAVERS.give(_look_follows),
    KINDS.give(letters.INVITATION, letters.OFFICE, letters.OFFICE_KEPT, letters.JOINED),
    RECEIVERS.give(receivers.keep_invitation, receivers.keep_office),
    JOBS.give(background.send_new_password_letter),
    addresses.IN_CITY.give(Addresses("portal.accounts.urls"), Addresses("portal.accounts.api_urls", API)),
    addresses.IN_SCHOOL.give(Addresses("portal.accounts.api_urls", API)),
    CALLED.give(Called("/keys/", "ключи доступа")),
)
