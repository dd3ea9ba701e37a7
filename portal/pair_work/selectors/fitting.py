"""Practices of the bank that fit what the mentee of a programme finds difficult and wants to reach."""

from best_practices.fitting_needs import DIFFICULTY, GOAL, Fitting, Need, fitting_needs
from portal.core.actor import Actor
from portal.pair_work.models import Programme
from portal.pair_work.selectors.adoptions import OVER


def needs_of(programme: Programme) -> list[Need]:
    """Its difficulties and what its goals want to change, each once."""
    goals = list(programme.goals.all())
    difficulties = [*programme.difficulties, *(goal.difficulty_title for goal in goals)]
    told = [(DIFFICULTY, text) for text in difficulties] + [(GOAL, goal.target) for goal in goals]
    return [Need(kind, text) for kind, text in dict.fromkeys(told) if text.strip()]


def fitting_practices(by: Actor, programme: Programme) -> list[Fitting]:
    """For whoever has come through the programme's door: its difficulties and goals stand on its page. Those
    that are in it already are not proposed again, and nothing once the programme is over.
    """
    if programme.state in OVER:
        return []
    taken = [adoption.practice for adoption in programme.adoptions.live()]
    return fitting_needs(by, needs_of(programme), without=taken)
