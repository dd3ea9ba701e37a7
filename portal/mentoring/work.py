"""What this room asks of the work of a pair, which is kept by the room above (`pair_work`)."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.core.asked import Asked
from portal.mentoring.models import Pair


@dataclass(frozen=True)
class Work:
    """`is_completed`: its programmes have come to their end; `has_begun`: something was done on the strength
    of the order.
    """

    is_completed: Callable[[Pair], bool]
    has_begun: Callable[[Pair], bool]


WORK = Asked[Work]("what a pair has done")
