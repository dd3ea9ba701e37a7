"""Practices of the bank in programmes: taken by the mentor, told about by the pair, by nobody else."""

from uuid import UUID

from best_practices.models import BankPractice
from portal.core.actor import Actor
from portal.core.errors import Forbidden, NotVisible
from portal.mentoring.access.pairs import is_mentor_of, is_of_pair
from portal.pair_work.models import Adoption, Programme


def can_take_practice(by: Actor, programme: Programme) -> bool:
    """Whoever writes the programme, and reads the bank."""
    return by.can("bank:read") and is_mentor_of(by, programme.pair)


def can_drop_adoption(by: Actor, adoption: Adoption) -> bool:
    return is_mentor_of(by, adoption.programme.pair)


def can_tell_outcome(by: Actor, adoption: Adoption) -> bool:
    """Either of the pair: the other reads the answer."""
    return is_of_pair(by, adoption.programme.pair)


ONLY_PRINCIPAL = "Назвать школу на карточке практики решает директор."


def can_name_school(by: Actor, adoption: Adoption) -> bool:
    """Whoever lets practices of the school out lets out its name, too: the principal."""
    return by.can("school_practice:hand_over")


def adoption_for(by: Actor, pk: UUID) -> Adoption:
    """A practice in a programme that the actor may see. Raises NotVisible."""
    rows = Adoption.objects.visible_to(by).select_related("programme__pair__mentor")
    found = rows.prefetch_related("programme__pair__pair_mentees__mentee").filter(uuid=pk).first()
    if found is None:
        raise NotVisible
    return found


def adoption_to_name(by: Actor, pk: UUID) -> Adoption:
    """The same for whoever decides whether its card names the school. Raises NotVisible, Forbidden."""
    found = adoption_for(by, pk)
    if not can_name_school(by, found):
        raise Forbidden(ONLY_PRINCIPAL)
    return found


def card_to_take(by: Actor, pk: UUID) -> BankPractice | None:
    """The published practice; None when it was taken off meanwhile, which is told kindly."""
    return BankPractice.objects.visible_to(by).filter(uuid=pk).first()
