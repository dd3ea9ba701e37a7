"""Offices of the city by hand: whom the department names, on which basis, from when until when, and the
letter to them.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from portal import audit
from portal.accounts.models import Membership
from portal.accounts.offices import CITY_OFFICES, Office
from portal.accounts.services import change_last_day, revoke_invitation
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.municipality import access
from portal.municipality.background import invite_official_by_mail
from portal.municipality.models import OfficeInvitation
from portal.notify.notices import tell

GIVEN = tuple(office for office in Office if office in CITY_OFFICES and office != Office.PLATFORM_ADMIN)
"""Offices that are given here. The administrator of the platform is no office of the department: a command of
the server makes one.
"""


@dataclass(frozen=True)
class Appointment:
    """What is typed of a person who is named to an office of the city."""

    full_name: str
    email: str
    office: str
    basis: str
    valid_from: dt.date
    valid_to: dt.date | None = None


@transaction.atomic
def appoint(new: Appointment, *, by: Actor) -> OfficeInvitation:
    """Name a person to an office of the city and send the letter by a job. Raises Forbidden, Invalid at the
    field.
    """
    if not by.can("city_office:give"):
        raise Forbidden("Должности города даёт специалист Управления.")
    _check(new)
    email, name = new.email.strip().lower(), " ".join(new.full_name.split())
    invited = OfficeInvitation.objects.create(
        full_name=name,
        email=email,
        office=new.office,
        basis=new.basis.strip(),
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        created_by=by.user,
    )
    audit.record(by, "appointed", invited, changes={"office": ["", new.office]}, comment=invited.basis)
    invite_official_by_mail.later(by=by, invited_uuid=str(invited.uuid))
    return invited


def _check(new: Appointment) -> None:
    if new.office not in GIVEN:
        raise Invalid("office", "Эту должность здесь не дают.", "office")
    if len(new.full_name.split()) < 2:
        raise Invalid(
            "full_name", "Напишите фамилию и имя полностью: по ним вы узнаете человека в списке.", "full_name"
        )
    if len(new.basis.strip()) < 5:
        raise Invalid("basis", "Назовите документ: приказ, его номер и дату.", "basis")
    if new.valid_to is not None and new.valid_to < max(new.valid_from, clock.today()):
        raise Invalid(
            "period", "Последний день должен быть не раньше первого и не раньше сегодняшнего.", "valid_to"
        )
    email = new.email.strip().lower()
    if OfficeInvitation.objects.filter(email=email, office=new.office).exists():
        raise Invalid(
            "invited",
            "На эту почту уже ушло приглашение на эту должность. Его можно отправить ещё раз из списка.",
            "email",
        )
    held = Membership.objects.filter(user__email=email, school=None, office=new.office)
    if held.filter(access.serves_still()).exists():
        raise Invalid("held", "Этот человек уже в этой должности. Срок меняют в списке.", "email")
    if held.filter(valid_from=new.valid_from).exists():
        raise Invalid(
            "held_before",
            "С этого дня человек уже был в этой должности. Назовите другой первый день или измените срок в "
            "списке прежних.",
            "valid_from",
        )


@transaction.atomic
def invite_again(invited: OfficeInvitation, *, by: Actor) -> OfficeInvitation:
    """A newer letter; the earlier one stops working."""
    if not access.can_give_office(by, invited):
        raise Forbidden("Приглашает специалист Управления.")
    invite_official_by_mail.later(by=by, invited_uuid=str(invited.uuid))
    audit.record(by, "invited_again", invited)
    return invited


@transaction.atomic
def withdraw(invited: OfficeInvitation, *, by: Actor) -> None:
    """The invitation is taken back: the letter stops working, name and address are forgotten. Raises
    Forbidden, NotVisible when it is taken back already.
    """
    invited = lock(OfficeInvitation, invited.pk)
    if not access.can_give_office(by, invited):
        raise Forbidden("Отзывает приглашение специалист Управления.")
    if invited.invitation is not None:
        revoke_invitation(invited.invitation, by=by)
    audit.record(by, "withdrawn", invited, comment=invited.basis)
    invited.delete()


@transaction.atomic
def set_last_day(
    membership: Membership, last_day: dt.date | None, *, basis: str, by: Actor, version: int | None = None
) -> Membership:
    """End an office of the city, or make it longer, on the basis of a document. The person is told.

    Raises Forbidden, Conflict (one's own office), Stale, Invalid at the field.
    """
    if not access.can_end_office(by, membership):
        raise Forbidden("Срок должности меняет специалист Управления.")
    if membership.user_id == by.user:
        raise Conflict(
            "own_office",
            "Срок вашей собственной должности меняет другой специалист Управления: так город не останется "
            "без него.",
        )
    if len(basis.strip()) < 5:
        raise Invalid("basis", "Назовите документ: приказ, его номер и дату.", "reason")
    if last_day is not None and last_day < membership.valid_from:
        raise Invalid(
            "period",
            f"Последний день не может быть раньше первого, {membership.valid_from:%d.%m.%Y}.",
            "valid_to",
        )
    changed = change_last_day(membership, last_day, by=by, comment=basis.strip(), version=version)
    until = f"по {last_day:%d.%m.%Y}" if last_day else "без срока"
    tell(
        [changed.user_id],
        "role_given",
        f"Срок вашей должности «{changed.get_office_display()}» теперь {until}. Основание: {basis.strip()}",
        "/places/",
    )
    return changed


def forget_accepted(membership: Membership) -> None:
    """Whoever has accepted the letter is known by the account now."""
    OfficeInvitation.objects.filter(office=membership.office, invitation__used_by=membership.user_id).delete()
