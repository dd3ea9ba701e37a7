"""Practices that fit what is difficult for whoever looks, where the order by meaning is installed.

What is difficult is known to a school alone: it is turned into numbers beside the process that shows the
page, compared with what is published, and neither kept, cached nor logged anywhere.
"""

from collections.abc import Callable
from uuid import UUID

from best_practices.models import BankPractice
from best_practices.search import MEANING
from portal.core.actor import Actor
from portal.core.wiring import Slot
from portal.search.meaning.installed import is_wanted

SHOWN = 3
Difficulties = Callable[[Actor], str]
DIFFICULTIES: Slot[Difficulties] = Slot()
"""A room of the school says what is difficult for this very person now, in words; nothing of anybody else."""


def fitting(by: Actor, difficulties: str) -> list[BankPractice]:
    """The practices nearest to what is difficult; none where meaning is not installed or not in time."""
    return _cards(by, MEANING.nearest(difficulties, SHOWN))


def fitting_own(by: Actor) -> list[BankPractice]:
    """For the page of the bank; the city's people have no difficulties here."""
    if by.school is None or not is_wanted():
        return []
    return fitting(by, ". ".join(words for told in DIFFICULTIES if (words := told(by))))


def near_in_meaning(by: Actor, question: str) -> list[BankPractice]:
    """What lies nearest to a question of which no words are found."""
    return _cards(by, MEANING.nearest(question, SHOWN, is_kept=True))


def _cards(by: Actor, uuids: list[UUID]) -> list[BankPractice]:
    cards = {card.uuid: card for card in BankPractice.objects.visible_to(by).filter(uuid__in=uuids)}
    return [cards[uuid] for uuid in uuids if uuid in cards]
