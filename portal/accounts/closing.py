"""Whoever has left the last school keeps the account for a year; then it is closed, never silently
(docs/adr/0038). What is kept of it, and how long, says `User.privacy`.
"""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from portal import audit
from portal.accounts.background import send_closed_letter
from portal.accounts.models import Membership, User
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
    return User.objects.filter(is_active=True, pk__in=had_a_place).exclude(pk__in=lately.values("user"))


@transaction.atomic
def _close(key: UUID, by: Actor) -> None:
    """Whoever accepts an invitation at the same moment is waited for, and is left in peace."""
    user = User.objects.select_for_update().get(pk=key)
    if not _left_long_ago().filter(pk=key).exists():
        return
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record(by, "account_closed", user)
    send_closed_letter.later(by=Actor.system(), user_uuid=str(user.pk))
