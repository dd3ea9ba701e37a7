"""Somebody has accepted an invitation under a name that the card does not have: the school says first
whether it is the same person (docs/adr/0038).
"""

from uuid import UUID

from portal import audit
from portal.accounts.letters import NAME_DOUBTED, NameDoubtedLetter
from portal.accounts.models import Invitation, User
from portal.accounts.states import Recognition
from portal.core.actor import Actor
from portal.exchange import send
from portal.notify.notices import tell


def ask_school(user: User, invitation: Invitation) -> None:
    """The place does not begin yet; the school hears how the person is called, and the person what is waited
    for. Only a school's invitation knows names.
    """
    if invitation.school is None or invitation.person is None:
        raise ValueError("an invitation of the city knows no card")
    invitation.recognition = Recognition.WAITS
    invitation.save_change("recognition")
    by = Actor(user=user.uuid)
    audit.record(by, "recognition_asked", invitation)
    letter = NameDoubtedLetter(
        invitation=invitation.uuid,
        person=invitation.person,
        user=user.uuid,
        last_name=user.last_name,
        first_name=user.first_name,
        middle_name=user.middle_name,
    )
    send(NAME_DOUBTED, letter, topic=invitation.uuid, by=by, school=invitation.school.uuid)
    text = f"{invitation.school.short_name} смотрит, вас ли приглашали: имя в карточке другое"
    tell([user.pk], "account.recognition_asked", text)


def last_doubt_of(user: UUID) -> Invitation | None:
    """The last invitation that the person has accepted, if it was under another name and the place has not
    begun.
    """
    rows = Invitation.objects.select_related("school").filter(used_by=user)
    last = rows.order_by("-used_at").first()
    return last if last is not None and last.recognition in (Recognition.WAITS, Recognition.OTHER) else None
