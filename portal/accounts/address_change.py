"""The sign-in address becomes another one, or a lost second factor is taken away: asked for, stopped by
either mailbox, and done when the time has come (docs/adr/0038).

Whether the new address has an account already is told to nobody who asks: such a change waits like any other,
and the new mailbox «has not taken it» in the end.
"""

import datetime as dt
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q

from portal import audit
from portal.accounts.background import send_address_ended_letter, send_address_letter
from portal.accounts.hashes import hash_of
from portal.accounts.letters import (
    ACCESS_ANSWERED,
    AGREEMENT_ASKED,
    AccessAnsweredLetter,
    AgreementAskedLetter,
)
from portal.accounts.models import AddressChange, PersonalToken, User
from portal.accounts.places import others_to_ask, serves_in
from portal.accounts.services import revoke_token
from portal.accounts.states import AddressOutcome, Side
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Invalid, NotVisible
from portal.core.reading import weighing
from portal.exchange import send
from portal.notify.notices import tell
from tenants.models import School

PAGE = "/me/address/"


def open_change_of(user: User) -> AddressChange | None:
    """The change that waits, if there is one."""
    return AddressChange.objects.filter(user=user, ended_at=None).first()


@transaction.atomic
def ask_for_address(user: User, email: str, *, by: Actor) -> AddressChange:
    """The person wants to sign in by another address. Raises Invalid at `email`, Conflict while another
    change waits.
    """
    User.objects.select_for_update().get(pk=user.pk)
    address = email.strip().lower()
    if address == user.email:
        raise Invalid("same_address", "С этой почтой вы и так входите. Укажите новую.", "email")
    if open_change_of(user) is not None:
        raise Conflict("address_waits", "Одна смена почты уже ждёт. Отмените её, если нужен другой адрес.")
    change = AddressChange(user=user, old_email=user.email, new_email=address, created_by=by.user)
    begin(change, "Вы попросили сменить почту для входа", by=by)
    return change


def begin(change: AddressChange, in_short: str, *, by: Actor) -> None:
    """The change waits from now on; everybody concerned is written to."""
    begin_asking(change, by=by)
    write_to_mailboxes(change, in_short, by=by)


def begin_asking(change: AddressChange, *, by: Actor) -> None:
    """It is asked for, and nobody is written to yet: others may have to agree first."""
    change.save()
    audit.record(by, "address_asked", change, comment=change.reason)


def write_to_mailboxes(change: AddressChange, in_short: str, *, by: Actor, tell_school: bool = False) -> None:
    """The last of these letters begins the three days."""
    for side in change.sides:
        send_address_letter.later(by=Actor.system(), change_uuid=str(change.uuid), side=side.value)
    tell([change.user_id], "account.address_asked", in_short, PAGE)
    if tell_school and change.school is not None:
        answer_school(change.school, change.person, what=change.what, outcome="begun", by=by)


@transaction.atomic
def cancel_change(user: User, *, by: Actor) -> None:
    """The person has changed their mind. Raises Conflict when nothing waits (any more)."""
    change = open_change_of(user)
    if change is None or not end(change, AddressOutcome.CANCELLED, by=by):
        raise Conflict("nothing_waits", "Смены почты, которая ждёт, сейчас нет: отменять уже нечего.")


def _side_of(token: str) -> tuple[AddressChange, Side]:
    """The change that waits, and whose letter the key was in. Raises NotVisible."""
    key = hash_of(token)
    with weighing():
        waiting = AddressChange.objects.filter(ended_at=None)
        change = waiting.filter(Q(old_key=key) | Q(new_key=key)).first()
    if change is None:
        raise NotVisible("address_link", "Эта ссылка уже не действует.")
    return change, Side.OLD if change.old_key == key else Side.NEW


def change_by_link(token: str) -> AddressChange:
    """Raises NotVisible for a foreign, used or late link, without saying which."""
    return _side_of(token)[0]


@transaction.atomic
def stop_by_link(token: str, *, by: Actor) -> Side:
    """Whoever reads one of the mailboxes does not want it. Raises NotVisible."""
    found, side = _side_of(token)
    # the same word as for an address that has an account: nobody learns which of the two it was
    outcome = AddressOutcome.STOPPED if side == Side.OLD else AddressOutcome.NOT_TAKEN
    if not end(found, outcome, by=by):
        raise NotVisible("address_link", "Эта ссылка уже не действует.")
    return side


def end(found: AddressChange, outcome: AddressOutcome, *, by: Actor, comment: str = "") -> bool:
    """False when another was quicker. Both mailboxes are told, and the person."""
    with weighing():
        change: AddressChange = lock(AddressChange, found.pk)
    if not change.is_open:
        return False
    change.ended_at, change.outcome = clock.now(), outcome
    change.save_change("ended_at", "outcome")
    audit.record(by, f"address_{outcome.value}", change)
    _tell_of_end(change, outcome, by, comment)
    _close_consents(change, by)
    return True


def _close_consents(change: AddressChange, by: Actor) -> None:
    """Whoever was asked to agree and has not answered is asked no longer."""
    for consent in change.consents.filter(answered_at=None).select_related("school"):
        consent.answered_at = clock.now()
        consent.save_change("answered_at")
        if consent.school is not None:
            letter = AgreementAskedLetter(
                consent=consent.uuid, user=change.user_id, what=change.what, is_over=True
            )
            send(AGREEMENT_ASKED, letter, topic=consent.uuid, by=by, school=consent.school.uuid)


def _tell_of_end(change: AddressChange, outcome: AddressOutcome, by: Actor, comment: str) -> None:
    for side in _told_of(change):
        send_address_ended_letter.later(by=Actor.system(), change_uuid=str(change.uuid), side=side.value)
    thing = change.get_what_display().capitalize()
    tell([change.user_id], f"account.address_{outcome.value}", f"{thing}: {_IN_SHORT[outcome]}", PAGE)
    if change.school is not None:
        said = {"what": change.what, "outcome": outcome.value, "comment": comment}
        answer_school(change.school, change.person, by=by, **said)


def answer_school(
    place: School, person: UUID | None, *, what: str, outcome: str, by: Actor, comment: str = ""
) -> None:
    """The principal who has asked for somebody hears what has become of it."""
    letter = AccessAnsweredLetter(person=person, what=what, outcome=outcome, comment=comment)
    send(ACCESS_ANSWERED, letter, topic=uuid4(), by=by, school=place.uuid)


def _told_of(change: AddressChange) -> tuple[Side, ...]:
    """Whoever is behind an address that did not take it was written to once, and knows."""
    heard_nothing = (AddressOutcome.NOT_TAKEN, AddressOutcome.REFUSED, AddressOutcome.UNANSWERED)
    return (Side.OLD,) if change.outcome in heard_nothing else change.sides


_IN_SHORT = {
    AddressOutcome.DONE: "смена состоялась",
    AddressOutcome.CANCELLED: "смена отменена",
    AddressOutcome.STOPPED: "смену остановили по ссылке из письма",
    AddressOutcome.NOT_TAKEN: "новый адрес не принял смену, почта прежняя",
    AddressOutcome.REFUSED: "не состоялась, другое место работы не согласилось",
    AddressOutcome.UNANSWERED: "не состоялась, другое место работы не ответило",
    AddressOutcome.CLOSED: "не состоялась, вход закрыт",
    AddressOutcome.MOVED: "не состоялась, место работы за это время сменилось",
}


def change_due_addresses(by: Actor) -> None:
    """Each night: whatever has waited its time and was stopped by nobody. A night that was missed is made up
    for by the next.
    """
    due = AddressChange.objects.filter(ended_at=None, due_at__lte=clock.now())
    for key in due.order_by("due_at").values_list("pk", flat=True):
        with transaction.atomic():
            user = User.objects.select_for_update().get(address_changes=key)  # first, as whoever asks does
            _take_effect(user, lock(AddressChange, key), clock.now(), by)


def _take_effect(user: User, change: AddressChange, now: dt.datetime, by: Actor) -> None:
    if not change.is_open or change.due_at is None or change.due_at > now:
        return
    if change.school is not None and not _may_still_ask(user, change, change.school):
        end(change, AddressOutcome.MOVED, by=by)
        return
    if not change.is_of_address:
        Authenticator.objects.filter(user=user).delete()
        end(change, AddressOutcome.DONE, by=by)
        return
    if User.objects.filter(email=change.new_email).exclude(pk=user.pk).exists():
        end(change, AddressOutcome.NOT_TAKEN, by=by)
        return
    user.email = change.new_email
    user.save(update_fields=["email"])
    # the library would let in by the former one as well
    EmailAddress.objects.filter(user=user).delete()
    if change.school is not None:
        _revoke_keys(user, by)
    end(change, AddressOutcome.DONE, by=by)


def _may_still_ask(user: User, change: AddressChange, school: School) -> bool:
    """The school is still a place of the person, and whoever else is one has agreed."""
    agreed = set(change.consents.filter(agrees=True).values_list("school", flat=True))
    others = {place.pk if place else None for place in others_to_ask(user, school)}
    return serves_in(user, school) and others <= agreed


def _revoke_keys(user: User, by: Actor) -> None:
    """The former mailbox is in nobody's hands, or in a stranger's: what was issued before ends."""
    for key in PersonalToken.objects.filter(user=user, revoked_at=None, expires_at__gt=clock.now()):
        revoke_token(key, by=by)
