"""The school has said whether whoever accepted its invitation under another name is the one it invited."""

from uuid import UUID

from django.db import transaction

from portal import audit
from portal.accounts.background import send_recognised_letter
from portal.accounts.letters import RecognisedLetter
from portal.accounts.models import Invitation, User
from portal.accounts.names import PARTS, propose_name
from portal.accounts.services import begin_by_invitation
from portal.accounts.states import Recognition
from portal.core.actor import Actor
from portal.core.reading import weighing
from portal.notify.notices import tell

ANSWERS = {
    Recognition.SAME: "вас узнали, место открыто",
    Recognition.OTHER: "приглашали другого человека, места для вас нет",
}


@transaction.atomic
def hear_recognised(said: RecognisedLetter, school: UUID | None, *, by: Actor) -> None:
    """The place begins, or never will; the person hears it by a letter, too. Answered once."""
    if school is None:
        return
    waiting = Invitation.objects.select_for_update(of=["self"]).select_related("school")
    rows = waiting.filter(uuid=said.invitation, school__uuid=school, recognition=Recognition.WAITS)
    with weighing():
        invitation = rows.first()
        user = (
            User.objects.filter(pk=invitation.used_by).first() if invitation and invitation.used_by else None
        )
    if invitation is None or invitation.school is None or user is None:
        return
    invitation.recognition = Recognition.SAME if said.is_same else Recognition.OTHER
    invitation.save_change("recognition")
    audit.record(by, f"recognised_{invitation.recognition}", invitation)
    if said.is_same:
        begin_by_invitation(user, invitation, by=by, person=said.person)
        propose_name(user, invitation.school, {part: getattr(said, part) for part in PARTS})
    answer = ANSWERS[Recognition(invitation.recognition)]
    tell([user.pk], "account.recognised", f"{invitation.school.short_name}: {answer}")
    send_recognised_letter.later(by=Actor.system(), invitation_uuid=str(invitation.uuid))
