"""Scenes of what time does with experts, and of the letters to them."""

import datetime as dt

from best_practices import minding, services
from best_practices.models import Practice, Review
from best_practices.workflow import PRACTICE
from portal.core import clock
from portal.core.actor import Actor
from tests.cast import BY_KEY
from tests.posts.rows import World
from tests.practices.conftest import expert
from tests.practices.offered import came
from tests.tenancy.killing import Run
from tests.tenancy.run_job import job
from tests.workflows.practice_scenes import content


def _invited(w: World) -> Review:
    practice = PRACTICE.move(came(content()), "receive", by=w.who("darya"))
    return services.assign_expert(practice, expert("nina"), by=w.who("darya"))


def silent_experts(w: World) -> Run:
    """Нина has let her day pass, and Павел stands in the reserve."""
    review = _invited(w)
    expert("pavel")
    Practice.objects.filter(pk=review.practice_id).update(reserve=[BY_KEY["pavel"].uuid])
    Review.objects.filter(pk=review.pk).update(answer_due_on=clock.today() - dt.timedelta(days=1))

    def run() -> None:
        minding.mind_reviews(Actor.system())

    return run


def letter_to_expert(w: World) -> Run:
    return job("best_practices.write_to_expert", None, Actor.system(), review_uuid=str(_invited(w).uuid))
