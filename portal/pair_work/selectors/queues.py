"""What of the work of pairs waits for an office that somebody has to hold."""

from portal.accounts.offices import Office
from portal.pair_work.models import Programme
from portal.pair_work.states import ProgrammeState
from portal.staff.queues import Queue

WAITS_FOR_ASSOCIATION = Queue(
    Office.ASSOCIATION_LEAD,
    lambda: Programme.objects.filter(state=ProgrammeState.SMO_REVIEW).count(),
    "программа,программы,программ",
    "Куратор может утвердить программу и без ШМО, написав почему.",
)
