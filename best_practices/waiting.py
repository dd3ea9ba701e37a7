"""Who in a school waits for the answer to an order: the school alone knows, in a table of its own. A room of
the school answers here; the city never asks.
"""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from portal.core.actor import Actor
from portal.core.asked import Asked


class Waiters(Protocol):
    """Orders are known by the uuids under which they went to the city."""

    def add(self, order: UUID, by: Actor) -> None:
        """The person wants to hear of the answer; asked again, nothing changes."""

    def leave(self, order: UUID, by: Actor) -> None:
        """The person does not want to hear of it any more; pressed again, nothing changes."""

    def forget(self, order: UUID) -> None:
        """The answer has been told: nobody waits any more."""

    def of_order(self, order: UUID) -> Sequence[UUID]:
        """Everybody who is to hear of it."""

    def waited_by(self, by: Actor) -> frozenset[UUID]:
        """Orders of whose answer this person is to hear."""


WAITERS = Asked[Waiters]("who in the school waits for the answer to an order")
