"""What in mentoring waits for an office that somebody has to hold."""

from portal.accounts.offices import Office
from portal.mentoring.models import Pair, Programme
from portal.mentoring.states import PairState, ProgrammeState
from portal.staff.queues import Queue

QUEUES = (
    Queue(
        Office.PSYCHOLOGIST,
        lambda: Pair.objects.filter(state=PairState.PSYCH_CHECK, compatibility=None).count(),
        "пара,пары,пар",
        "Куратор может и обойтись без заключения, написав почему.",
    ),
    Queue(
        Office.ASSOCIATION_LEAD,
        lambda: Programme.objects.filter(state=ProgrammeState.SMO_REVIEW).count(),
        "программа,программы,программ",
        "Куратор может утвердить программу и без ШМО, написав почему.",
    ),
)
