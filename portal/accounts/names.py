"""The name of an account follows the card of a school: by itself where the school is the one place of the
person, else when the person has said that it is so (docs/adr/0038).
"""

from typing import Any
from uuid import UUID

from django.db import transaction

from portal import audit
from portal.accounts.letters import NAME_ANSWERED, NameAnsweredLetter, NameSaidLetter
from portal.accounts.models import NameProposal, User
from portal.accounts.places import standing_places
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, NotVisible
from portal.core.reading import weighing
from portal.exchange import send
from portal.notify.notices import tell
from tenants.models import School

PAGE = "/me/name/"
PARTS = ("last_name", "first_name", "middle_name")
REFUSED, OTHER = "refused", "other"


def open_proposals_of(user: User) -> list[NameProposal]:
    """What the person is asked about; the oldest first."""
    waiting = NameProposal.objects.filter(user=user, answered_at=None)
    return list(waiting.select_related("school").order_by("created_at"))


@transaction.atomic
def hear_name(said: NameSaidLetter, school: UUID | None, *, by: Actor) -> None:
    """A school has written down another name. Whoever is not there any more, or is called so already, is
    left in peace.
    """
    with weighing():
        user = User.objects.select_for_update().filter(pk=said.user).first()
        places = standing_places(user) if user else []
    own = next((place for place in places if place.school and place.school.uuid == school), None)
    if user is None or own is None or own.school is None:
        return
    NameProposal.objects.filter(user=user, school=own.school, answered_at=None).delete()
    alone = all(m.school_id == own.school_id for m in places)
    _compare(user, own.school, said, alone=alone, by=by)


def _compare(user: User, place: School, said: NameSaidLetter, *, alone: bool, by: Actor) -> None:
    name = {part: getattr(said, part) for part in PARTS}
    if all(getattr(user, part) == value for part, value in name.items()):
        return
    if alone:
        _rename(user, name, place, by=by)
    else:
        propose_name(user, place, name)


def propose_name(user: User, place: School, name: dict[str, str]) -> None:
    """The person is asked whether the name of the card is theirs."""
    made = NameProposal.objects.create(user=user, school=place, **name)
    text = f"{place.short_name}: в карточке другое имя, {made.full_name}. Оно ваше?"
    tell([user.pk], "account.name_asked", text, PAGE, about=user)


@transaction.atomic
def answer_proposal(user: User, uuid: UUID, *, mine: bool, by: Actor) -> NameProposal:
    """The person says whether the name is theirs. Raises NotVisible, Conflict when it is answered already."""
    found = NameProposal.objects.filter(uuid=uuid, user=user).first()
    if found is None:
        raise NotVisible
    proposal: NameProposal = lock(NameProposal, found.pk)
    if proposal.answered_at is not None:
        raise Conflict("name_answered", "Об этом имени вы уже ответили.")
    proposal.answered_at, proposal.is_taken = clock.now(), mine
    proposal.save_change("answered_at", "is_taken")
    audit.record(by, "name_answered", proposal, changes={"is_taken": ["", mine]})
    name: dict[str, Any] = {part: getattr(proposal, part) for part in PARTS}
    if mine:
        _rename(lock(User, user.pk), name, proposal.school, by=by)
    else:
        letter = NameAnsweredLetter(user=user.uuid, outcome=REFUSED, **name)
        send(NAME_ANSWERED, letter, topic=proposal.uuid, by=by, school=proposal.school.uuid)
    return proposal


def _rename(user: User, name: dict[str, Any], source: School, *, by: Actor) -> None:
    """Other schools of the person hear it: their cards may say otherwise, and papers are made of them."""
    for part, value in name.items():
        setattr(user, part, value)
    user.save()
    audit.record(by, "renamed", user, changes={"fields": list(PARTS)})
    tell([user.pk], "account.renamed", f"Имя в портале теперь: {user.full_name}", PAGE, about=user)
    _tell_others(user, name, source, by=by)


def _tell_others(user: User, name: dict[str, Any], source: School, *, by: Actor) -> None:
    """Each other school of the person, once."""
    told = {source.pk}
    for place in standing_places(user):
        if place.school is not None and place.school_id not in told:
            told.add(place.school.pk)
            letter = NameAnsweredLetter(user=user.uuid, outcome=OTHER, **name)
            send(NAME_ANSWERED, letter, topic=user.uuid, by=by, school=place.school.uuid)
