"""What of pairs waits for an office that somebody has to hold."""

from portal.accounts.offices import Office
from portal.mentoring.models import Pair
from portal.mentoring.states import PairState
from portal.staff.queues import Queue

WAITS_FOR_PSYCHOLOGIST = Queue(
    Office.PSYCHOLOGIST,
    lambda: Pair.objects.filter(state=PairState.PSYCH_CHECK, compatibility=None).count(),
    "пара,пары,пар",
    "Куратор может и обойтись без заключения, написав почему.",
)
