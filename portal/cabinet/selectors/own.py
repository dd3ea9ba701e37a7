"""The reader's own pairs with what lies in them: the steps of the home page and what stands beside them are
made of the same rows.
"""

from portal.core.actor import Actor
from portal.core.once import once_a_page
from portal.mentoring.models import Pair
from portal.pair_work.models import Meeting, Programme
from portal.pair_work.states import ProgrammeState

LONGEST = 20
"""A home page shows the nearest things; the rest is in the lists."""


@once_a_page
def own_pairs(by: Actor) -> list[Pair]:
    """Open pairs of the person, the newest first."""
    rows = Pair.objects.of_person(by).open().with_people()
    return list(rows.select_related("compatibility").prefetch_related("consents")[:LONGEST])


@once_a_page
def own_programmes(by: Actor) -> list[Programme]:
    """Their programmes with the deeds of the plan."""
    pairs = own_pairs(by)
    rows = Programme.objects.filter(pair__in=pairs).exclude(state=ProgrammeState.CANCELLED)
    return list(rows.prefetch_related("activities")) if pairs else []


@once_a_page
def own_meetings(by: Actor) -> list[Meeting]:
    """Their meetings, by the day."""
    pairs = own_pairs(by)
    return list(Meeting.objects.filter(pair__in=pairs).order_by("planned_at")) if pairs else []
