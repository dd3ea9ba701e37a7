"""Pairs that the turn of the school year asks about."""

import datetime as dt

from portal.mentoring.models import Pair
from portal.mentoring.models.pairs import PairQuerySet
from portal.mentoring.states import PairState

AHEAD = dt.timedelta(days=30)
"""So long before its last day a pair is asked about."""
MAY_GO_ON = (PairState.ACTIVE, PairState.SUSPENDED)
"""One under notice has its day already, one between two mentors its new pair."""


def pairs_at_their_day(day: dt.date) -> PairQuerySet:
    """Working pairs whose planned day is over or near."""
    rows = Pair.objects.filter(state__in=MAY_GO_ON, planned_to__lte=day + AHEAD)
    return rows.order_by("planned_to", "pk")
