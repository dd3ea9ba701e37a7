"""Somebody has accepted an invitation under another name than the card's: the school says whether it is the
same person, and only then the place begins (docs/adr/0038).
"""

from django.db import transaction

from portal import audit
from portal.accounts.letters import RECOGNISED, NameDoubtedLetter, RecognisedLetter
from portal.accounts.offices import Office
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden
from portal.exchange import send
from portal.notify.notices import tell
from portal.staff import access
from portal.staff.models import Newcomer, Person, StaffInvitation
from portal.staff.selectors.holders import holders_of
from portal.staff.services.names import PARTS
from tenants.links import link

ASKED = (Office.PRINCIPAL, Office.CURATOR, Office.PERSONNEL_OFFICER)
"""Those who invite."""
JOINED = (
    "У этого человека уже есть вход в портал, второго не бывает: пусть войдёт прежним. Ответьте, что "
    "приглашение принял не он, тогда лишний вход ничего не откроет."
)


def keep_newcomer(said: NameDoubtedLetter, *, by: Actor) -> None:
    """Those who invite are asked. A card that is gone has nobody to wait for it, and whoever stands at the
    door hears that. Safe to repeat.
    """
    person = Person._base_manager.filter(uuid=said.person).first()
    person = person.merged_into or person if person is not None else None
    if person is None:
        nobody = RecognisedLetter(invitation=said.invitation, is_same=False)
        send(RECOGNISED, nobody, topic=said.invitation, by=by)
        return
    name = {part: getattr(said, part) for part in PARTS}
    made, is_new = Newcomer.objects.get_or_create(
        invitation=said.invitation, defaults={"person": person, **name}
    )
    if is_new:
        audit.record(by, "name_doubted", person)
        asked = {user for office in ASKED for user in holders_of(office)}
        tell(asked, "staff.name_doubted", made.words, link("staff:newcomer", made.uuid), about=person)


@transaction.atomic
def recognise(newcomer: Newcomer, *, is_same: bool, by: Actor, version: int | None = None) -> Newcomer:
    """The same person comes in, another one never does: the invitation is over, and may be sent anew to the
    right mailbox. Raises Forbidden, Stale, Conflict when it is answered already, or when the card has a way
    in by now: two ways in are never one (docs/adr/0039).
    """
    if not access.can_recognise(by, newcomer):
        raise Forbidden("Узнают приглашённых директор, куратор и специалист по кадрам.")
    locked: Newcomer = lock(Newcomer, newcomer.pk)
    if locked.answered_at is not None:
        raise Conflict("recognised", "На этот вопрос школа уже ответила.")
    locked.check_version(version)
    if is_same and locked.person.user is not None:
        raise Conflict("joined", JOINED)
    locked.answered_at, locked.is_same = clock.now(), is_same
    locked.save_change("answered_at", "is_same")
    audit.record(by, "recognised_same" if is_same else "recognised_other", locked.person)
    if not is_same:
        StaffInvitation.objects.filter(letter=locked.invitation).update(expires_at=clock.now())
    name = {part: getattr(locked.person, part) for part in PARTS} if is_same else {}
    letter = RecognisedLetter(
        invitation=locked.invitation, is_same=is_same, person=locked.person.uuid, **name
    )
    send(RECOGNISED, letter, topic=locked.invitation, by=by)
    return locked
