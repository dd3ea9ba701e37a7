"""Who of a pair has not answered, and from which day on the school may go on without waiting (nobody's
silence stops a pair).
"""

import datetime as dt
from typing import Any

from portal.core import clock
from portal.pair_work.models import Programme

ANSWER_DAYS = 7
"""So long a mentee may read a programme, and a mentor write another text of it; then the curator may go on
without waiting.
"""
RATING_DAYS = 14
"""So long the pair may rate its goals; then the programme may end without the missing ratings."""


def yet_to_agree(programme: Programme) -> list[Any]:
    """Mentees of the school who have not agreed with the present revision, at work or away."""
    said = {row.person_id for row in programme.confirmations.all() if row.revision == programme.revision}
    return [person for person in programme.pair.people if not person.has_left and person.pk not in said]


def to_answer_for(programme: Programme) -> list[Any]:
    """Whose agreement is entered from paper: who has never entered the portal or is away, and after a week
    all who are silent.

    In a group nobody loses the own word because another has no account.
    """
    silent, sent = yet_to_agree(programme), programme.submitted_on
    if sent is None:
        return []
    waited = clock.today() >= sent + dt.timedelta(days=ANSWER_DAYS)
    return [person for person in silent if waited or person.user is None or person.is_away]


def may_enter_agreement(programme: Programme) -> bool:
    """There is somebody whose agreement may be entered from paper."""
    return bool(to_answer_for(programme))


def correction_is_stuck(programme: Programme) -> bool:
    """A correction in which nothing has moved for a week, or whose mentor has left or has never entered the
    portal: the agreed text may go on.
    """
    mentor = programme.pair.mentor
    still = clock.today() >= clock.local(programme.updated_at).date() + dt.timedelta(days=ANSWER_DAYS)
    return bool(programme.agreed_revisions) and (still or mentor.user is None or not mentor.is_available)


def yet_to_rate(programme: Programme) -> list[Any]:
    """Of the pair, those whose half of the goals is not rated: the mentor, or the mentees together."""
    goals = list(programme.goals.all())
    mentor = [programme.pair.mentor] if any(not goal.mentor_rating for goal in goals) else []
    return mentor + (programme.pair.people if any(not goal.mentee_rating for goal in goals) else [])


def may_end_unrated(programme: Programme) -> bool:
    """All who are missing have left or have never entered the portal, or two weeks have passed since the
    results were called for.
    """
    silent = yet_to_rate(programme)
    if not silent:
        return False
    away = all(person.user is None or not person.is_available for person in silent)
    return away or clock.today() >= clock.local(programme.updated_at).date() + dt.timedelta(days=RATING_DAYS)
