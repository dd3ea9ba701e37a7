"""What may be done with a practice of the bank, given by rooms of a school that the bank does not know."""

from collections.abc import Callable
from dataclasses import dataclass

from best_practices.models import BankPractice
from portal.core.actor import Actor
from portal.core.wiring import Slot


@dataclass(frozen=True)
class Action:
    """A button on the card: its words, where it leads, and a line below it."""

    label: str
    url: str
    note: str
    icon: str


ON_CARD: Slot[Callable[[Actor, BankPractice], Action | None]] = Slot()
"""A room says whether this very actor has something to do with the practice."""


def actions_on(by: Actor, card: BankPractice) -> list[Action]:
    """In the city nothing: programmes are written in schools."""
    if by.school is None:
        return []
    return [action for give in ON_CARD if (action := give(by, card))]
