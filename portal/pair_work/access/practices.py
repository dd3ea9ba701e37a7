"""Practices that grow out of programmes."""

from portal.core.actor import Actor
from portal.mentoring.access.pairs import is_of_pair
from portal.pair_work.models import Programme
from portal.school_practices.access import can_draft_practice


def can_tell_programme(by: Actor, programme: Programme) -> bool:
    """Whoever took part in it and may write practices."""
    return is_of_pair(by, programme.pair) and can_draft_practice(by)
