"""What the turn of the school year asks of the bank: needs and cards of mentors that were last confirmed
before this summer (Положение 6.1: at least once a year).
"""

from django.db.models import QuerySet

from portal.core.school_year import Turn
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.mentor_bank.models.cards import READY
from portal.mentor_bank.states import NeedState
from portal.staff.models import Person


def needs_to_renew(turn: Turn) -> QuerySet[MenteeNeed]:
    """Needs that still wait for a pair; one that has a pair is the pair's business."""
    waiting = MenteeNeed.objects.filter(state__in=(NeedState.NEW, NeedState.ACCEPTED))
    old = waiting.filter(actualised_on__lt=turn.fresh_from, person__in=Person.objects.not_left(turn.day))
    return old.select_related("person").order_by("actualised_on", "pk")


def cards_to_reconfirm(turn: Turn) -> QuerySet[MentorCard]:
    """Mentors who may be proposed by a word of last year."""
    rows = MentorCard.objects.filter(state__in=READY, curator_word_on__lt=turn.fresh_from)
    here = rows.filter(person__in=Person.objects.not_left(turn.day))
    return here.select_related("person").order_by("person__name_key", "pk")
