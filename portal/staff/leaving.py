"""What a person's leaving ends, said before it is written down. Rooms above say what leans on the person
(`LEANING` in their `room.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from portal.core.actor import Actor
from portal.core.wiring import Slot
from portal.staff.models import Person


@dataclass(frozen=True)
class Consequence:
    """One thing that ends or stays without a hand: in words, and the page where it can be settled first."""

    text: str
    url: str


Leans = Callable[[Person, Actor], list[Consequence]]
LEANING: Slot[Leans] = Slot()


def consequences_of(person: Person, by: Actor) -> list[Consequence]:
    """Of what the reader may see."""
    return [found for leans in LEANING for found in leans(person, by)]
