"""Whoever has left a school hears what stays open, and until when (docs/adr/0044). Whoever has left the last
one keeps the account for a year; then it is closed, never silently (docs/adr/0038). What is kept of it, and
how long, says `User.privacy`.
"""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from portal import audit
from portal.accounts.address_change import end, open_change_of
from portal.accounts.background import send_closed_letter, send_left_letter
from portal.accounts.feeds import take_address
from portal.accounts.left import LeftPlace, left_places
from portal.accounts.models import Invitation, Membership, NameProposal, PersonalToken, User
from portal.accounts.services import revoke_token
from portal.accounts.states import AddressOutcome, Recognition
from portal.core import clock
from portal.core.actor import Actor
from portal.core.privacy import YEAR

LATELY = dt.timedelta(days=31)
"""A letter later than this would surprise: nights may have been missed, but not so many."""


def tell_who_left(by: Actor) -> None:
    """Each night: whoever has no place in a school any more is written to, once for each leaving."""
    today = clock.today()
    goes_on_lately = Q(valid_to=None) | Q(valid_to__gte=today - LATELY)
    ended = Membership.objects.filter(goes_on_lately, valid_from__lte=today).exclude(school=None)
    left = ended.exclude(Membership.valid_on(today)).values("user")
    for user in User.objects.filter(is_active=True, pk__in=left).order_by("pk"):
        for place in left_places(user):
            if place.last_day >= today - LATELY:
                _tell(user, place)


@transaction.atomic
def _tell(user: User, place: LeftPlace) -> None:
    places = Membership.objects.select_for_update().filter(user=user, school=place.school).order_by("pk")
    told = [one.left_told_on for one in places if one.left_told_on]
    if any(day > place.last_day for day in told):
        return
    places.order_by().update(left_told_on=clock.today(), updated_at=clock.now())
    send_left_letter.later(by=Actor.system(), user_uuid=str(user.pk), school_uuid=str(place.school.uuid))


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
    take_address(user, by=by)
