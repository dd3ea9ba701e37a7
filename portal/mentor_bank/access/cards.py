"""The bank of mentors: who recommends, who confirms."""

from uuid import UUID

from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.mentor_bank.models import MentorCard
from portal.staff.models import Person


def card_for(by: Actor, pk: UUID) -> MentorCard:
    """The card, if the actor may see it. Raises NotVisible."""
    card = (
        MentorCard.objects.visible_to(by)
        .select_related("person")
        .prefetch_related("person__employments")
        .filter(uuid=pk)
        .first()
    )
    if card is None:
        raise NotVisible
    return card


def can_make_card(by: Actor, person: Person) -> bool:
    """The curator for anybody, a teacher for oneself (заявление о готовности); a guest's is the curator's."""
    return by.can("mentor_card:edit") or (by.can("pair:propose_own") and by.is_person(person.user))


def can_edit_card(by: Actor, card: MentorCard) -> bool:
    return can_make_card(by, card.person)


def can_recommend_card(by: Actor, card: MentorCard) -> bool:
    return by.can("mentor_card:recommend")


def can_confirm_as_curator(by: Actor, card: MentorCard) -> bool:
    return by.can("mentor_card:confirm") and "curator" in by.offices


def can_confirm_as_principal(by: Actor, card: MentorCard) -> bool:
    """The principal's own word; the registered order of a pair says it in the principal's name."""
    return by.is_system or (by.can("mentor_card:confirm") and "principal" in by.offices)


def can_archive_card(by: Actor, card: MentorCard) -> bool:
    """As a pause; and time, when the person has left the school."""
    return by.is_system or can_pause_card(by, card)


def can_pause_card(by: Actor, card: MentorCard) -> bool:
    """The mentor oneself (own wish, overload) or the curator."""
    return by.can("mentor_card:edit") or by.is_person(card.person.user)
