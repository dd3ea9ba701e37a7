"""A principal asks for somebody who cannot sign in: the mailbox is lost, or the telephone with the codes.

Where the person has other places, each of them agrees first; nothing is silent, and the person may stop it
(docs/adr/0038).
"""

import datetime as dt
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction

from portal.accounts.address_change import answer_school, begin, begin_asking, end, open_change_of
from portal.accounts.agreeing import ask_others
from portal.accounts.letters import AccessAskedLetter
from portal.accounts.models import ANSWER_DAYS, AddressChange, User
from portal.accounts.places import others_to_ask, serves_in
from portal.accounts.states import AddressOutcome, Change
from portal.core import clock
from portal.core.actor import Actor
from portal.core.reading import weighing
from tenants.models import School

BEGUN, ELSEWHERE = "begun", "elsewhere"


@transaction.atomic
def take_request(said: AccessAskedLetter, school: UUID | None, *, by: Actor) -> None:
    """Begins the change, or says why it cannot be. What is not so any more is an answer, never a failure."""
    place = School.objects.filter(uuid=school).first() if school else None
    if place is None:
        return
    with weighing():
        user = User.objects.select_for_update().filter(pk=said.user).first()
        outcome = _why_not(user, place, said)
        others = others_to_ask(user, place) if user else []
    if user is not None and not outcome:
        _begin(user, place, said, others, by=by)
        outcome = ELSEWHERE if others else BEGUN
    until = clock.today() + dt.timedelta(days=ANSWER_DAYS)
    comment = f"Если до {until:%d.%m.%Y} не ответят, просьба закончится." if outcome == ELSEWHERE else ""
    answer_school(place, said.person, what=said.what, outcome=outcome, comment=comment, by=by)


def _why_not(user: User | None, place: School, said: AccessAskedLetter) -> str:
    """A code of why the school cannot ask this; empty when it may."""
    if user is None or not serves_in(user, place):
        return "not_here"
    waits = open_change_of(user)
    if waits is not None and waits.school_id != place.pk:
        return "own_waits"
    if said.what == Change.SECOND_FACTOR and not Authenticator.objects.filter(user=user).exists():
        return "no_factor"
    if said.what == Change.ADDRESS and said.email == user.email:
        return "same_address"
    return ""


def _begin(
    user: User, place: School, said: AccessAskedLetter, others: list[School | None], *, by: Actor
) -> None:
    """Asked anew, it takes the place of what the school had asked before: so a slip is mended."""
    waits = open_change_of(user)
    if waits is not None:
        end(waits, AddressOutcome.CANCELLED, by=by)
    change = AddressChange(
        user=user,
        what=said.what,
        school=place,
        person=said.person,
        reason=said.reason,
        old_email=user.email,
        new_email=said.email or user.email,
        created_by=by.user,
    )
    if others:
        begin_asking(change, by=by)
        ask_others(change, others, by=by)
        return
    begin(change, f"{place.short_name} просит вернуть вам вход", by=by)
