"""What the bank below asks of pairs."""

from collections.abc import Iterable

from portal.core.actor import Actor
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.mentor_bank.pairing import Pairs
from portal.mentoring.models import Pair
from portal.mentoring.selectors.figures import load
from portal.mentoring.states import CLOSED_PAIRS, WORKING, ConsentState
from portal.staff.models import Person


def leads_any(card: MentorCard) -> bool:
    return Pair.objects.open().filter(mentor=card.person_id).exists()


def works_with_any(card: MentorCard) -> bool:
    return Pair.objects.filter(mentor=card.person_id, state__in=WORKING).exists()


def grew_any(need: MenteeNeed) -> bool:
    return Pair.objects.open().filter(pair_mentees__need=need).exists()


def refused_mentors(need: MenteeNeed) -> set[int]:
    """Mentors of earlier proposals for this need to which one of the two has said no. Who it was and why is
    nobody's business here.
    """
    answers = (ConsentState.REFUSED, ConsentState.WITHDRAWN)
    pairs = Pair.objects.filter(pair_mentees__need=need, state__in=CLOSED_PAIRS, consents__state__in=answers)
    return set(pairs.values_list("mentor", flat=True))


def of_mentor(mentor: Person, by: Actor) -> Iterable[Pair]:
    """The open ones."""
    return Pair.objects.visible_to(by).filter(mentor=mentor).open().with_people()


def of_need(need: MenteeNeed, by: Actor) -> Iterable[Pair]:
    return Pair.objects.visible_to(by).filter(pair_mentees__need=need).with_people()


PAIRS_FOR_BANK = Pairs(load, leads_any, works_with_any, grew_any, refused_mentors, of_mentor, of_need)
