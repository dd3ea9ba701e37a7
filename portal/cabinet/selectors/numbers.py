"""What of mentoring is counted for a home page, asked together with the numbers of the menu."""

import datetime as dt

from django.db.models import Max, Q
from django.db.models.functions import Coalesce

from portal.cabinet.selectors.steps_of_cards import own_needs, waiting_cards
from portal.cabinet.selectors.year import numbers as numbers_of_year
from portal.core import clock
from portal.core.actor import Actor
from portal.core.counting import Rows
from portal.core.school_year import Turn
from portal.mentoring.models.pairs import PairQuerySet
from portal.mentoring.selectors.figures import parts_of_young, working_pairs, young_unspoken
from portal.mentoring.states import PairState
from portal.municipality.indicators import named_parts
from portal.pair_work.selectors.figures import HELD, parts_of_month, parts_of_programmes

QUIET_AFTER = dt.timedelta(days=30)


def numbers(by: Actor) -> Rows:
    """Of what there is none, that is not read; the figures of the school are for those who lead its pairs."""
    found: Rows = {"cards": waiting_cards(by), "own needs": own_needs(by)}
    if by.can("pair:lead") or by.can("pair:sign") or by.can("need:accept"):
        found |= named_parts("young", parts_of_young())
    if by.can("pair:lead") or by.can("pair:sign"):
        found |= named_parts("meetings", parts_of_month())
        found |= named_parts("programmes", parts_of_programmes())
    if by.can("pair:lead"):
        found["quiet pairs"] = quiet_pairs()
    if by.can("pair:lead") and Turn.now().is_its_time:
        found |= numbers_of_year(Turn.now())
    if by.can("need:record"):
        found["young unspoken"] = young_unspoken()
    return found


def quiet_pairs() -> PairQuerySet:
    """Pairs that have not met for a month, with `since` when."""
    since = Coalesce(Max("meetings__planned_at__date", filter=Q(meetings__state__in=HELD)), "started_on")
    active = working_pairs().filter(state=PairState.ACTIVE).annotate(since=since)
    return active.filter(since__lt=clock.today() - QUIET_AFTER)
