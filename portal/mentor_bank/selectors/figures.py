"""Figures of the bank, each ONE function, asked for a day: of today by the present state, of a past day by
the stages (docs/adr/0040).
"""

import datetime as dt

from django.db.models import QuerySet

from portal.core import clock
from portal.mentor_bank.models import CardStage, MenteeNeed, MentorCard, NeedStage
from portal.mentor_bank.models.cards import READY
from portal.mentor_bank.states import NeedState
from portal.staff.models import Person

LOOKING = (NeedState.NEW, NeedState.ACCEPTED)


def open_needs(on: dt.date | None = None) -> QuerySet[MenteeNeed]:
    """Needs that still looked for a mentor on the day: new, or accepted by the curator."""
    if on is None or on >= clock.today():
        return MenteeNeed.objects.filter(state__in=LOOKING)
    return MenteeNeed.objects.alias(state_then=NeedStage.state_on(on)).filter(state_then__in=LOOKING)


def ready_mentors(on: dt.date | None = None) -> QuerySet[MentorCard]:
    """Cards whose mentors might be proposed on the day: confirmed, and at work."""
    if on is None or on >= clock.today():
        return MentorCard.objects.ready()
    then = MentorCard.objects.alias(state_then=CardStage.state_on(on))
    return then.filter(state_then__in=READY, person__in=Person.objects.at_hand(on))
