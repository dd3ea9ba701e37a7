"""Needs: who records, who accepts."""

from uuid import UUID

from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.mentor_bank.models import MenteeNeed
from portal.staff.models import Person


def need_for(by: Actor, pk: UUID) -> MenteeNeed:
    """The need, if the actor may see it. Raises NotVisible."""
    need = (
        MenteeNeed.objects.visible_to(by)
        .select_related("person", "desired_mentor")
        .prefetch_related("person__employments")
        .filter(uuid=pk)
        .first()
    )
    if need is None:
        raise NotVisible
    return need


def can_record_need(by: Actor, person: Person) -> bool:
    """A curator for anybody, a person for oneself."""
    return by.can("need:record") or (by.can("need:record_own") and by.is_person(person.user))


def can_edit_need(by: Actor, need: MenteeNeed) -> bool:
    return can_record_need(by, need.person)


def can_accept_need(by: Actor, need: MenteeNeed) -> bool:
    return by.can("need:accept")


def can_close_need(by: Actor, need: MenteeNeed) -> bool:
    """The curator, or the person whose need it is."""
    return by.can("need:accept") or by.is_person(need.person.user)
