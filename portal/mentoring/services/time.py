"""What time does with pairs. Every function may run any number of times a day to the same end."""

from django.db.models import Exists, OuterRef

from portal.core.actor import Actor
from portal.mentoring.models import Pair, PairMentee
from portal.mentoring.states import PairState
from portal.mentoring.workflow import PAIR
from portal.staff.models import Person


def end_pairs_of_dismissed(by: Actor) -> int:
    """SM-3 active → terminated after the last day of a mentee, or of a mentor without a successor."""
    here = Person.objects.of_school()
    staying = PairMentee.objects.filter(pair=OuterRef("pk"), mentee__in=here)
    running = Pair.objects.filter(
        state__in=(PairState.ACTIVE, PairState.SUSPENDED, PairState.TERMINATION_NOTICE)
    )
    over = list(running.exclude(Exists(staying), mentor__in=here).with_people())
    for pair in over:
        PAIR.move(pair, "end_by_dismissal", by=by)
    return len(over)
