"""What time does with pairs. Every function may run any number of times a day to the same end."""

from portal.core.actor import Actor
from portal.mentoring.models import Pair
from portal.mentoring.states import PairState
from portal.mentoring.workflow import PAIR
from portal.mentoring.workflow.guards import has_somebody_left


def end_pairs_of_dismissed(by: Actor) -> int:
    """SM-3 active → terminated on the day of dismissal of a mentee, or of a mentor without a successor."""
    running = Pair.objects.filter(
        state__in=(PairState.ACTIVE, PairState.SUSPENDED, PairState.TERMINATION_NOTICE)
    ).with_people()
    over = [pair for pair in running if has_somebody_left(pair)]
    for pair in over:
        PAIR.move(pair, "end_by_dismissal", by=by)
    return len(over)
