"""What time does with programmes and meetings. Every function may run any number of times a day to the same
end.
"""

from portal.core import clock
from portal.core.actor import Actor
from portal.mentoring.states import PairState
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.states import MeetingState, ProgrammeState
from portal.pair_work.workflow import MEETING, PROGRAMME
from portal.pair_work.workflow.meetings import MISSED_AFTER
from portal.pair_work.workflow.planning import MEETABLE
from portal.pair_work.workflow.programme_guards import confirmed_by_all, onward


def start_programmes(by: Actor) -> int:
    """SM-4 approved → in_progress when the day has come and the pair works."""
    ready = Programme.objects.filter(
        state=ProgrammeState.APPROVED, starts_on__lte=clock.today(), pair__state=PairState.ACTIVE
    )
    return len([PROGRAMME.move(programme, "start", by=by) for programme in ready])


def note_missed_meetings(by: Actor) -> int:
    """SM-5 planned → missed three days after the day. A pair that may not record now is not asked."""
    late = Meeting.objects.filter(
        state=MeetingState.PLANNED, planned_at__lte=clock.now() - MISSED_AFTER, pair__state__in=MEETABLE
    )
    return len([MEETING.move(meeting, "miss", by=by) for meeting in late])


def pass_programmes_on(by: Actor) -> int:
    """SM-4: whoever has left a group is not waited for. Runs after the pairs of those who left have ended."""
    asked = Programme.objects.filter(
        state__in=(ProgrammeState.AGREED_BY_PAIR, ProgrammeState.CORRECTION), pair__state=PairState.ACTIVE
    )
    rows = (
        asked.exclude(submitted_on=None).select_related("pair").prefetch_related("pair__pair_mentees__mentee")
    )
    agreed = [programme for programme in rows if confirmed_by_all(programme, by)]
    return len([PROGRAMME.move(programme, onward(programme), by=by) for programme in agreed])
