"""Inviting people to the portal. The key of the letter is made by the background job and is kept nowhere."""

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

from portal import audit, exchange
from portal.accounts.letters import INVITATION
from portal.accounts.offices import SCHOOL_OFFICES, Office
from portal.accounts.services import new_invitation
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.staff import access
from portal.staff.mailboxes import owner_of, refuse_shared
from portal.staff.models import Person, StaffInvitation
from portal.staff.selectors.people import not_invited
from tenants.context import school_here
from tenants.jobs import school_job

PAUSE = dt.timedelta(minutes=10)
"""A second letter to the same person is not asked for sooner."""


@transaction.atomic
def invite_person(
    person: Person,
    *,
    by: Actor,
    office: str = "teacher",
    basis: str = "",
    email: str = "",
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> StaffInvitation:
    """Ask for a letter to the person; the letter leaves after the transaction. Raises Forbidden, Invalid at
    `email`, Conflict (has joined, just asked).
    """
    if not access.can_invite_person(by, person):
        raise Forbidden("Приглашают в портал директор, куратор и специалист по кадрам.")
    lock(Person, person.pk)  # two who invite at the same moment send one letter
    if person.user is not None:
        raise Conflict("joined", "У этого человека уже есть вход в портал.")
    if person.newcomers.filter(answered_at=None).exists():
        said = "Приглашение уже приняли под другим именем: сначала ответьте на странице человека, кто это."
        raise Conflict("newcomer_waits", said)
    if (stay := person.stay) is not None:
        office, basis = stay.office, _basis_of(person)
        valid_from, valid_to = max(stay.started_on, clock.today()), stay.ended_on
    address = (email or person.email).strip().lower()
    _check_invitation(person, office, address)
    refuse_shared(address, person)
    if address != person.email:
        person.email = address
        person.save_change("email")
    first_day = valid_from or _first_day(person)
    invitation = StaffInvitation.objects.create(
        person=person,
        office=office,
        email=address,
        basis=(basis or "список сотрудников школы")[:250],
        valid_from=first_day,
        valid_to=valid_to or person.works_until(first_day),
        created_by=by.user,
    )
    audit.record(by, "invited", invitation)
    send_invitation.later(
        by=by, key=str(invitation.uuid), topic=person.uuid, invitation_uuid=str(invitation.uuid)
    )
    return invitation


def _basis_of(person: Person) -> str:
    """By which document the guest is here."""
    return str(person.stays.filter(ended_on__gte=clock.today()).values_list("basis", flat=True)[0])


def _first_day(person: Person) -> dt.date:
    """The school opens with the first day of work, not before."""
    begins = person.hired_on
    return clock.today() if begins is None else max(begins, clock.today())


def _check_invitation(person: Person, office: str, address: str) -> None:
    if not address:
        raise Invalid("email", "Укажите почту: на неё придёт приглашение.", "email")
    if office not in SCHOOL_OFFICES:
        raise Invalid("office", "Такой должности в школе нет.", "office")
    if office == Office.CURATOR and not person.is_deputy:
        only_deputies = "Куратором может быть только заместитель директора (Положение, 6.1)."
        raise Invalid("curator_not_deputy", only_deputies, "office")
    sent = person.invitations.filter(office=office, email=address, accepted_at=None)
    if sent.filter(created_at__gt=clock.now() - PAUSE).exists():
        raise Conflict("just_asked", "Письмо только что отправлено. Новое можно попросить через 10 минут.")


@transaction.atomic
def invite_everybody(*, by: Actor) -> int:
    """Invite all working people with an address who have neither an account nor a living invitation; a shared
    mailbox waits to be mended. Returns how many.
    """
    waiting = [person for person in not_invited() if owner_of(person.email, person) is None]
    for person in waiting:
        invite_person(person, by=by)
    return len(waiting)


def _not_sent(*, by: Actor, invitation_uuid: str) -> None:
    """Nobody invites any more: the person is «не приглашён» again, and another may invite."""
    StaffInvitation.objects.filter(uuid=invitation_uuid, sent_at=None).delete()


@school_job("staff.send_invitation", may=lambda by: by.can("person:invite"), otherwise=_not_sent)
@transaction.atomic
def send_invitation(*, by: Actor, invitation_uuid: str) -> None:
    """Make the key, tell the city its fingerprint, mail the letter: in one transaction, the mail last.

    Killed before the commit it runs again with a new key, and the person may get two letters, of which the
    last one opens.
    """
    invitation = (
        StaffInvitation.objects.select_for_update().select_related("person").get(uuid=invitation_uuid)
    )
    if invitation.sent_at is not None or invitation.person.user is not None:
        return
    token, letter = new_invitation(
        invitation.email,
        office=invitation.office,
        person=invitation.person.uuid,
        basis=invitation.basis,
        names=_names_of(invitation.person),
        valid_from=invitation.valid_from,
        valid_to=invitation.valid_to,
    )
    invitation.letter = exchange.send(INVITATION, letter, topic=invitation.person.uuid, by=by)
    invitation.sent_at, invitation.expires_at = clock.now(), letter.expires_at
    invitation.save_change("sent_at", "expires_at", "letter")
    _mail(invitation, token)


def _names_of(person: Person) -> list[tuple[str, str, str]]:
    """What the person is called, and was called before."""
    before = person.former_names.values_list("last_name", "first_name", "middle_name")
    return [(person.last_name, person.first_name, person.middle_name), *before]


def _mail(invitation: StaffInvitation, token: str) -> None:
    context = {
        "person": invitation.person.address,
        "school": school_here().short_name,
        "office": Office(invitation.office).label,
        "url": f"{settings.PORTAL_URL}/invitation/{token}/",
        "until": invitation.expires_at,
        "contact": settings.SUPPORT_CONTACT,
    }
    text = render_to_string("staff/mail/invitation.txt", context)
    EmailMessage(
        f"Приглашение в портал «Эстафета»: {school_here().short_name}", text, to=[invitation.email]
    ).send()
