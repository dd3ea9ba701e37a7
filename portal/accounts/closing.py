"""Whoever has left the last school keeps the account for a year; then it is closed, never silently
(docs/adr/0038). What is kept of it, and how long, says `User.privacy`.
"""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from portal import audit
from portal.accounts.address_change import end, open_change_of
from portal.accounts.background import send_closed_letter
from portal.accounts.models import Invitation, Membership, NameProposal, PersonalToken, User
from portal.accounts.services import revoke_token
from portal.accounts.states import AddressOutcome, Recognition
from portal.core import clock
from portal.core.actor import Actor
from portal.core.privacy import YEAR


def close_left_accounts(by: Actor) -> None:
    """Each night: accounts whose every place ended more than a year ago. Whoever never had one is left as
    they are.
    """
    for key in _left_long_ago().order_by("pk").values_list("pk", flat=True):
        _close(key, by)


def _left_long_ago() -> QuerySet[User]:
    year_ago = clock.today() - dt.timedelta(days=YEAR)
    lately = Membership.objects.filter(Membership.valid_on(year_ago) | Q(valid_from__gt=year_ago))
    had_a_place = Membership.objects.values("user")
    # a school still looks whether it has invited this very person; the invitation is forgotten within a year
    looked_at = Invitation.objects.filter(recognition=Recognition.WAITS).exclude(used_by=None)
    left = User.objects.filter(is_active=True, pk__in=had_a_place).exclude(pk__in=lately.values("user"))
    return left.exclude(pk__in=looked_at.values("used_by"))


@transaction.atomic
def _close(key: UUID, by: Actor) -> None:
    """Whoever accepts an invitation at the same moment is waited for, and is left in peace."""
    user = User.objects.select_for_update().get(pk=key)
    if not _left_long_ago().filter(pk=key).exists():
        return
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record(by, "account_closed", user)
    _end_what_waits(user, by)
    send_closed_letter.later(by=Actor.system(), user_uuid=str(user.pk))


def _end_what_waits(user: User, by: Actor) -> None:
    """Nobody is asked any more about a way in that is closed."""
    change = open_change_of(user)
    if change is not None:
        end(change, AddressOutcome.CLOSED, by=by)
    now = clock.now()
    NameProposal.objects.filter(user=user, answered_at=None).update(answered_at=now, updated_at=now)
    keys = PersonalToken.objects.filter(user=user, revoked_at=None, expires_at__gt=now).order_by("pk")
    for key in keys:
        revoke_token(key, by=by)
