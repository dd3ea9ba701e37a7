"""What waits for the people of an office. Asked only where nobody holds it: then the principal hears who is
missed, and by what.

Rooms above say what waits for whom (`QUEUES` in their `room.py`); this room knows who gives offices.
"""

from collections.abc import Callable
from dataclasses import dataclass

from portal.accounts.offices import Office
from portal.core.wiring import Slot


@dataclass(frozen=True)
class Queue:
    """Work that the holders of `office` do: how much of it waits, its name in three forms, and how one does
    without them.
    """

    office: Office
    waiting: Callable[[], int]
    names: str
    otherwise: str = ""


QUEUES: Slot[Queue] = Slot()


def queues_of(office: Office) -> list[Queue]:
    """What may wait for this office."""
    return [queue for queue in QUEUES if queue.office == office]
