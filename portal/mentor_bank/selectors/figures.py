"""Figures of the bank, each ONE function."""

from django.db.models import QuerySet

from portal.mentor_bank.models import MenteeNeed
from portal.mentor_bank.states import NeedState


def open_needs() -> QuerySet[MenteeNeed]:
    """Needs that still look for a mentor: new, or accepted by the curator."""
    return MenteeNeed.objects.filter(state__in=(NeedState.NEW, NeedState.ACCEPTED))
