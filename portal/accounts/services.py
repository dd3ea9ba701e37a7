"""Writes about people: invitations, accepting them, memberships, tokens."""

import datetime as dt
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from portal import audit
from portal.accounts.doubts import ask_school
from portal.accounts.events import membership_begun
from portal.accounts.hashes import hash_of
from portal.accounts.letters import (
    JOINED,
    OFFICE_KEPT,
    InvitationLetter,
    JoinedLetter,
    OfficeKeptLetter,
    OfficeLetter,
)
from portal.accounts.models import Invitation, Membership, PersonalToken, User
from portal.accounts.name_marks import Names, fits, marks_of_card
from portal.accounts.offices import CITY_OFFICES, SCHOOL_OFFICES, Office
from portal.accounts.states import Recognition
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Invalid, NotVisible
from portal.exchange import send
from portal.ui.prefs import Prefs
from tenants.models import School


def address_hmac(email: str) -> str:
    """The fingerprint that binds an invitation to its address without storing the address."""
    return hmac.new(settings.SECRET_KEY.encode(), email.strip().lower().encode(), "sha256").hexdigest()


def new_invitation(
    email: str,
    *,
    office: str,
    person: UUID,
    basis: str,
    names: Iterable[Names] = (),
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> tuple[str, InvitationLetter]:
    """A fresh token (for the letter to the person) and what the city is told of it. Used by schools. `names`:
    what the card calls the person, now and before.
    """
    token = secrets.token_urlsafe(32)
    letter = InvitationLetter(
        token_hash=hash_of(token),
        address_hmac=address_hmac(email),
        name_marks=marks_of_card(names),
        office=office,
        person=person,
        basis=basis,
        valid_from=valid_from or clock.today(),
        valid_to=valid_to,
        expires_at=clock.now() + dt.timedelta(days=settings.INVITATION_DAYS),
    )
    return token, letter


def _refuse_office_of_another_contour(office: str, *, in_school: bool) -> None:
    """A school gives offices of schools only, whatever its letter says; the city's ones are given by the
    city.
    """
    if office not in (SCHOOL_OFFICES if in_school else CITY_OFFICES):
        raise Invalid("office", "Такой должности здесь нет.", "office")


def keep_invitation(letter: InvitationLetter, uuid: UUID, school: UUID | None) -> Invitation:
    """The city keeps a school's invitation; earlier unused ones of the same person and office end."""
    _refuse_office_of_another_contour(letter.office, in_school=True)
    place = School.objects.get(uuid=cast(UUID, school))
    Invitation.objects.filter(school=place, person=letter.person, office=letter.office, used_at=None).update(
        expires_at=clock.now()
    )
    fields = letter.model_dump(exclude={"schema_version"})
    return Invitation.objects.get_or_create(uuid=uuid, defaults={**fields, "school": place})[0]


@transaction.atomic
def invite_to_city(
    email: str,
    *,
    office: str,
    basis: str,
    school: School | None = None,
    by: Actor,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> str:
    """The city invites an official, or the principal of a school that has just been opened. Returns the token
    for the letter.
    """
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        token_hash=hash_of(token),
        address_hmac=address_hmac(email),
        school=school,
        office=office,
        basis=basis,
        valid_from=valid_from or clock.today(),
        valid_to=valid_to,
        expires_at=clock.now() + dt.timedelta(days=settings.INVITATION_DAYS),
        created_by=by.user,
    )
    audit.record(by, "invited", invitation)
    return token


def invitation_by_token(token: str) -> Invitation:
    """The live invitation of a letter. Raises NotVisible for a foreign, used or expired one, without saying
    which.
    """
    found = (
        Invitation.objects.select_related("school")
        .filter(token_hash=hash_of(token), used_at=None, expires_at__gt=clock.now())
        .first()
    )
    if found is None:
        raise NotVisible(
            "invitation",
            "Это приглашение уже не действует. Попросите того, кто вас пригласил, отправить новое.",
        )
    return found


@dataclass(frozen=True)
class NewPerson:
    """What a person says of themselves when accepting an invitation."""

    email: str
    last_name: str
    first_name: str
    middle_name: str = ""
    password: str = ""


@transaction.atomic
def accept_invitation(token: str, person: NewPerson, *, known: User | None = None) -> User:
    """Make or link the account, start the membership, tell the school; a name that the card does not have
    waits for the school first. `known` is the signed-in person, if any.

    Raises NotVisible (dead invitation), Invalid at `email` (another address than the letter was sent to),
    Conflict (an account with this address exists: sign in first).
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation_by_token(token).pk)
    if invitation.used_at:
        raise NotVisible("invitation", "Это приглашение уже приняли.")
    email = (known.email if known else person.email).strip().lower()
    if not hmac.compare_digest(invitation.address_hmac, address_hmac(email)):
        raise Invalid(
            "other_address",
            "Приглашение отправлено на другую почту. Укажите ту, на которую пришло письмо.",
            "email",
        )
    user = known or _new_user(email, person)
    _refuse_other_card(user, invitation)
    invitation.used_at, invitation.used_by = clock.now(), user.uuid
    invitation.save_change("used_at", "used_by")
    if fits(invitation.name_marks, (user.last_name, user.first_name, user.middle_name)):
        begin_by_invitation(user, invitation, by=Actor(user=user.uuid))
    else:
        ask_school(user, invitation)
    return user


def begin_by_invitation(user: User, invitation: Invitation, *, by: Actor, person: UUID | None = None) -> None:
    """The place to which the person was invited. `person`: the card, where it is another one by now."""
    begin_membership(
        user,
        invitation.school,
        invitation.office,
        basis=invitation.basis,
        person=person or invitation.person,
        valid_from=invitation.valid_from,
        valid_to=invitation.valid_to,
        by=by,
    )


def _refuse_other_card(user: User, invitation: Invitation) -> None:
    """Two people of a school wrote down one mailbox: whoever enters by it is one of them and is never given
    the card of the other.
    """
    here = Membership.objects.filter(
        Membership.valid_on(clock.today()), user=user, school=invitation.school
    ).exclude(person=None)
    if (
        invitation.school is not None
        and invitation.person is not None
        and here.exclude(person=invitation.person).exists()
    ):
        raise Conflict(
            "other_card",
            "С этой почтой в эту школу уже вошёл другой сотрудник. Попросите школу прислать приглашение на "
            "вашу собственную почту.",
        )


def _opened_again(former: User, person: NewPerson) -> User:
    """It was closed a year after the last place. Who has the letter has the mailbox; the former password
    opens nothing. A mailbox of a school goes from hand to hand: by another name nobody comes in.
    """
    if (former.last_name, former.first_name) != (person.last_name, person.first_name):
        raise Invalid(
            "other_person",
            "С этой почтой раньше входили под другим именем. Если имя сменилось, напишите прежнее, школа "
            "исправит его. Если почта досталась вам от другого, попросите прислать приглашение на свою.",
            "last_name",
        )
    former.is_active = True
    former.set_password(person.password or None)
    former.save(update_fields=["is_active", "password"])
    audit.record(Actor(user=former.pk), "account_opened_again", former)
    return former


def _new_user(email: str, person: NewPerson) -> User:
    former = User.objects.filter(email=email).first()
    if former is not None and not former.is_active:
        return _opened_again(former, person)
    if former is not None:
        raise Conflict(
            "account_exists", "У вас уже есть вход в портал. Войдите, и приглашение примется само."
        )
    return User.objects.create_user(
        email,
        person.password or None,
        last_name=person.last_name,
        first_name=person.first_name,
        middle_name=person.middle_name,
    )


@transaction.atomic
def begin_membership(
    user: User,
    school: School | None,
    office: str,
    *,
    basis: str,
    by: Actor,
    person: UUID | None = None,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> Membership:
    """Start a membership and tell the school who joined. Repeated calls change nothing."""
    _refuse_office_of_another_contour(office, in_school=school is not None)
    start = valid_from or clock.today()
    membership, made = Membership.objects.get_or_create(
        user=user,
        school=school,
        office=Office(office),
        valid_from=start,
        defaults={"basis": basis, "valid_to": valid_to, "person": person, "created_by": by.user},
    )
    if made:
        audit.record(by, "membership_begun", membership)
        membership_begun.send(sender=Membership, membership=membership, by=by)
        if school is not None:
            letter = JoinedLetter(
                person=person,
                user=user.uuid,
                office=office,
                last_name=user.last_name,
                first_name=user.first_name,
                middle_name=user.middle_name,
                email=user.email,
                basis=membership.basis,
                valid_from=membership.valid_from,
                valid_to=membership.valid_to,
            )
            send(JOINED, letter, topic=user.uuid, by=by, school=school.uuid)
    return membership


def keep_office(letter: OfficeLetter, school: UUID | None) -> None:
    """A school gave an office to a person or ended it: whoever has joined has it so at once, and the
    school is told.

    An invitation that nobody has accepted yet follows the new period, so that an ended office is not begun by
    an old letter.
    """
    place, by = School.objects.get(uuid=cast(UUID, school)), Actor.system(via="post")
    waiting = Invitation.objects.filter(
        Q(used_at=None) | Q(recognition=Recognition.WAITS),
        school=place,
        person=letter.person,
        office=letter.office,
        valid_from=letter.valid_from,
    )
    waiting.update(valid_to=letter.valid_to)
    known = Q(person=letter.person) | Q(user=letter.user) if letter.user else Q(person=letter.person)
    served = Membership.objects.filter(known, school=place).select_related("user")
    joined = served.first()
    if joined is None:
        return
    held = served.filter(office=letter.office, valid_from=letter.valid_from).first()
    if held is None and not letter.never_begins:
        held = begin_membership(
            joined.user,
            place,
            letter.office,
            basis=letter.basis,
            by=by,
            person=letter.person,
            valid_from=letter.valid_from,
            valid_to=letter.valid_to,
        )
    if held is not None:
        change_last_day(held, letter.valid_to, by=by)
    kept = OfficeKeptLetter(
        person=letter.person, office=letter.office, valid_from=letter.valid_from, valid_to=letter.valid_to
    )
    send(OFFICE_KEPT, kept, topic=letter.person, by=by, school=place.uuid)


@transaction.atomic
def change_last_day(
    membership: Membership,
    last_day: dt.date | None,
    *,
    by: Actor,
    comment: str = "",
    version: int | None = None,
) -> Membership:
    """Until when a person serves; None is without an end, a day before the first one means never. The same
    day changes nothing. Raises Stale.

    Nothing else is refused here: what takes a right away must not fail. Whoever types the day has it checked
    before.
    """
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    membership.check_version(version)
    if membership.valid_to != last_day:
        days = [day.isoformat() if day else "" for day in (membership.valid_to, last_day)]
        membership.valid_to = last_day
        membership.save_change("valid_to")
        audit.record(by, "membership_period_changed", membership, changes={"valid_to": days}, comment=comment)
    return membership


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: Actor) -> None:
    """The letter stops working; an accepted invitation stays as it is."""
    invitation = lock(Invitation, invitation.pk)
    if invitation.used_at is None and invitation.expires_at > clock.now():
        invitation.expires_at = clock.now()
        invitation.save_change("expires_at")
        audit.record(by, "invitation_revoked", invitation)


@transaction.atomic
def issue_token(user: User, school: School | None, *, purpose: str, days: int, by: Actor) -> str:
    """A personal token for the API; shown once. Raises Invalid at `days` or `purpose`."""
    if not 1 <= days <= 365:
        raise Invalid("token_days", "Срок ключа: от 1 до 365 дней.", "days")
    if len(purpose.strip()) < 5:
        raise Invalid(
            "token_purpose", "Напишите, для чего ключ: это поможет вовремя его отозвать.", "purpose"
        )
    secret = f"est_{secrets.token_urlsafe(32)}"
    token = PersonalToken.objects.create(
        user=user,
        school=school,
        purpose=purpose.strip(),
        token_hash=hash_of(secret),
        expires_at=clock.now() + dt.timedelta(days=days),
        created_by=by.user,
    )
    audit.record(by, "token_issued", token)
    return secret


@transaction.atomic
def revoke_token(token: PersonalToken, *, by: Actor) -> None:
    """End a key at once. A revoked one stays revoked."""
    token = lock(PersonalToken, token.pk)
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save_change("revoked_at")
        audit.record(by, "token_revoked", token)


def remember_look(person: User | None, prefs: Prefs) -> None:
    """The chosen look follows the person to another device."""
    if person is not None:
        User.objects.filter(pk=person.pk).update(look=asdict(prefs))
