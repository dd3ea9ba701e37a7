"""What the room below asks: whether the work of a pair has begun, whether it has come to its end."""

from portal.mentoring.models import Pair
from portal.mentoring.work import Work
from portal.pair_work.ending import is_done
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.states import ProgrammeState


def is_completed(pair: Pair) -> bool:
    """There is a programme, and none is left open. A page that has them in hand asks nothing."""
    if "programmes" in getattr(pair, "_prefetched_objects_cache", {}):
        return is_done(pair)
    rows = Programme.objects.filter(pair=pair).exclude(state=ProgrammeState.CANCELLED)
    return set(rows.values_list("state", flat=True)) == {ProgrammeState.COMPLETED}


def has_begun(pair: Pair) -> bool:
    """A draft of the programme may wait; a text that was sent, or a meeting that was recorded, is work."""
    drafts = (ProgrammeState.DRAFT, ProgrammeState.CANCELLED)
    written = Programme.objects.filter(pair=pair).exclude(state__in=drafts)
    return written.exists() or Meeting.objects.filter(pair=pair).exclude(recorded_at=None).exists()


WORK_OF_PAIRS = Work(is_completed, has_begun)
