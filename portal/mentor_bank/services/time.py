"""What time does with cards. May run any number of times a day to the same end."""

from portal.core.actor import Actor
from portal.mentor_bank.models import MentorCard
from portal.mentor_bank.states import CardState
from portal.mentor_bank.workflow import CARD
from portal.mentor_bank.workflow.cards import no_open_pairs
from portal.staff.models import Person


def archive_cards_of_dismissed(by: Actor) -> int:
    """SM-2 any → archived: whoever has left the school is not offered as a mentor. Runs after the pairs have
    ended.
    """
    live = MentorCard.objects.exclude(state__in=(CardState.ARCHIVED, CardState.REJECTED)).exclude(
        person__in=Person.objects.of_school()
    )
    free = [card for card in live if no_open_pairs(card, by)]
    return len([CARD.move(card, "archive", by=by) for card in free])
