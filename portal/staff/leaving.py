"""What a person's leaving ends, said before it is written down. Rooms above say what leans on the person
(`contribute` in their `ready`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from portal.core.actor import Actor
from portal.staff.models import Employee


@dataclass(frozen=True)
class Consequence:
    """One thing that ends or stays without a hand: in words, and the page where it can be settled first."""

    text: str
    url: str


Leans = Callable[[Employee, Actor], list[Consequence]]
_leaning: list[Leans] = []


def contribute(leans: Leans) -> None:
    """Called from a room's `ready()`."""
    if leans not in _leaning:
        _leaning.append(leans)


def consequences_of(person: Employee, by: Actor) -> list[Consequence]:
    """Of what the reader may see."""
    return [found for leans in _leaning for found in leans(person, by)]
