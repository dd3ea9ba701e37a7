"""What is difficult for the very person who looks."""

from portal.core.actor import Actor
from portal.mentor_bank.models import MenteeNeed
from portal.mentor_bank.states import OPEN


def difficulties_of(need: MenteeNeed) -> str:
    """In words: what was marked, or else what was asked for."""
    return ". ".join(need.difficulties) or need.request


def own_difficulties(by: Actor) -> str:
    """Of the person's own open need; empty where there is none."""
    need = MenteeNeed.objects.filter(person__user=by.user, state__in=OPEN).first() if by.serves else None
    return difficulties_of(need) if need else ""
