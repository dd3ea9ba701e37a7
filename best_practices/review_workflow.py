"""An expert's assignment: assigned, then a sheet or a refusal."""

from best_practices import access
from best_practices.models import Review
from best_practices.states import ReviewState
from portal.core import clock
from portal.core.actor import Actor
from portal.core.workflow import Extra, Transition, Workflow


def may(by: Actor, obj: Review) -> bool:
    return access.is_expert_of(by, obj)


def fill(obj: Review, by: Actor, extra: Extra) -> None:
    obj.scores, obj.comment, obj.recommendation = dict(extra["scores"]), str(extra["comment"]), str(extra["recommendation"])
    obj.total, obj.submitted_at = sum(obj.scores.values()), clock.now()


REVIEW = Workflow("review", "Экспертный лист", Review, (
    Transition("submit", "Сдать лист", (ReviewState.ASSIGNED,), ReviewState.SUBMITTED, may, effects=(fill,), document="T-36"),
    Transition("decline", "Отказаться", (ReviewState.ASSIGNED,), ReviewState.DECLINED, may, quiet=True),
))  # fmt: skip
