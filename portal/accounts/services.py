"""Writes about people: invitations, accepting them, memberships, tokens."""

import datetime as dt
import hmac
import secrets
from dataclasses import asdict, dataclass
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from portal import audit
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
from portal.accounts.offices import CITY_OFFICES, SCHOOL_OFFICES, Office
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
    employee: UUID,
    basis: str,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> tuple[str, InvitationLetter]:
    """A fresh token (for the letter to the person) and what the city is told of it. Used by schools."""
    token = secrets.token_urlsafe(32)
    letter = InvitationLetter(
        token_hash=hash_of(token),
        address_hmac=address_hmac(email),
        office=office,
        employee=employee,
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
    """The city keeps a school's invitation; earlier unused ones of the same employee and office end."""
    _refuse_office_of_another_contour(letter.office, in_school=True)
    place = School.objects.get(uuid=cast(UUID, school))
    Invitation.objects.filter(
        school=place, employee=letter.employee, office=letter.office, used_at=None
    ).update(expires_at=clock.now())
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
    """Make or link the account, start the membership, tell the school. `known` is the signed-in person, if
    any.

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
    begin_membership(
        user,
        invitation.school,
        invitation.office,
        basis=invitation.basis,
        employee=invitation.employee,
        valid_from=invitation.valid_from,
        valid_to=invitation.valid_to,
        by=Actor(user=user.uuid),
    )
    return user


def _refuse_other_card(user: User, invitation: Invitation) -> None:
    """Two people of a school wrote down one mailbox: whoever enters by it is one of them and is never given
    the card of the other.
    """
    here = Membership.objects.filter(
        Membership.valid_on(clock.today()), user=user, school=invitation.school
    ).exclude(employee=None)
    if (
        invitation.school is not None
        and invitation.employee is not None
        and here.exclude(employee=invitation.employee).exists()
    ):
        raise Conflict(
            "other_card",
            "С этой почтой в эту школу уже вошёл другой сотрудник. Попросите школу прислать приглашение на "
            "вашу собственную почту.",
        )


def _new_user(email: str, person: NewPerson) -> User:
    if User.objects.filter(email=email).exists():
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
    employee: UUID | None = None,
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
        defaults={"basis": basis, "valid_to": valid_to, "employee": employee, "created_by": by.user},
    )
    if made:
        audit.record(by, "membership_begun", membership)
        membership_begun.send(sender=Membership, membership=membership, by=by)
        if school is not None:
            letter = JoinedLetter(
                employee=employee,
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
    """A school gave an office to an employee or ended it: whoever has joined has it so at once, and the
    school is told.

    An invitation that nobody has accepted yet follows the new period, so that an ended office is not begun by
    an old letter.
    """
    place, by = School.objects.get(uuid=cast(UUID, school)), Actor.system(via="post")
    waiting = Invitation.objects.filter(
        school=place,
        employee=letter.employee,
        office=letter.office,
        valid_from=letter.valid_from,
        used_at=None,
    )
    waiting.update(valid_to=letter.valid_to)
    known = Q(employee=letter.employee) | Q(user=letter.user) if letter.user else Q(employee=letter.employee)
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
            employee=letter.employee,
            valid_from=letter.valid_from,
            valid_to=letter.valid_to,
        )
    if held is not None:
        change_last_day(held, letter.valid_to, by=by)
    kept = OfficeKeptLetter(
        employee=letter.employee, office=letter.office, valid_from=letter.valid_from, valid_to=letter.valid_to
    )
    send(OFFICE_KEPT, kept, topic=letter.employee, by=by, school=place.uuid)


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
