"""What forbids that two cards are one person. Rooms above say it (`TWO_IN_ONE` in their `room.py`)."""

from collections.abc import Callable

from portal.core.wiring import Slot
from portal.staff.models import Person

Forbids = Callable[[Person, Person], list[str]]
TWO_IN_ONE: Slot[Forbids] = Slot()


def forbidden_by_rooms(kept: Person, gone: Person) -> list[str]:
    """Sentences, each with what to do first."""
    return [sentence for forbids in TWO_IN_ONE for sentence in forbids(kept, gone)]
