"""What people and rights give: who acts in a job, letters about people, the look that follows a person."""

from allauth.account.signals import password_reset
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from portal.accounts import background, browsers, letters, receivers
from portal.accounts.actors import actor_of_job
from portal.accounts.address_change import change_due_addresses
from portal.accounts.agreeing_in_time import mind_agreements
from portal.accounts.closing import close_left_accounts, tell_who_left
from portal.accounts.models import User
from portal.accounts.own_steps import own_steps
from portal.accounts.request import PortalRequest
from portal.accounts.services import remember_look
from portal.core import next_steps
from portal.core.wiring import listens
from portal.exchange import KINDS, RECEIVERS
from portal.ui import addresses
from portal.ui.addresses import API, CALLED, Addresses, Called
from portal.ui.prefs import SAVERS, Prefs
from tenants.jobs import ACTORS, JOBS
from tenants.tasks import DAILY_IN_CITY


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
    KINDS.give(
        letters.INVITATION,
        letters.OFFICE,
        letters.OFFICE_KEPT,
        letters.JOINED,
        letters.ACCESS_ASKED,
        letters.ACCESS_ANSWERED,
        letters.NAME_SAID,
        letters.NAME_ANSWERED,
        letters.NAME_DOUBTED,
        letters.RECOGNISED,
        letters.AGREEMENT_ASKED,
        letters.AGREEMENT_ANSWERED,
    ),
    RECEIVERS.give(
        receivers.keep_invitation,
        receivers.keep_office,
        receivers.access_asked,
        receivers.name_said,
        receivers.recognised,
        receivers.agreement_answered,
    ),
    JOBS.give(
        background.send_new_password_letter,
        background.send_address_letter,
        background.send_address_ended_letter,
        background.send_agreement_letter,
        background.send_closed_letter,
        background.send_left_letter,
        background.send_recognised_letter,
    ),
    next_steps.IN_CITY.give(own_steps),
    DAILY_IN_CITY.give(change_due_addresses, mind_agreements, tell_who_left, close_left_accounts),
    addresses.IN_CITY.give(Addresses("portal.accounts.urls"), Addresses("portal.accounts.api_urls", API)),
    addresses.IN_SCHOOL.give(Addresses("portal.accounts.api_urls", API)),
    CALLED.give(
        Called("/keys/", "ключи доступа"),
        Called("/me/address/", "почта для входа"),
        Called("/agreements/", "согласие вернуть вход"),
        Called("/me/name/", "имя в портале"),
    ),
)
