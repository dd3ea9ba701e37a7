"""An expert's assignment: assigned, then a sheet or a refusal; or the methodist takes it away, with a
reason.
"""

from best_practices import access
from best_practices.interest import is_interested
from best_practices.models import Review
from best_practices.states import ReviewState as S
from best_practices.verdict import UNDER_REVIEW
from portal.core import clock
from portal.core.actor import Actor
from portal.core.old_workflow import Extra, Guard, Transition, Workflow, by_time


def may(by: Actor, obj: Review) -> bool:
    return access.is_expert_of(by, obj)


def fill(obj: Review, by: Actor, extra: Extra) -> None:
    obj.scores = dict(extra["scores"])
    obj.comment = str(extra["comment"])
    obj.recommendation = str(extra["recommendation"])
    obj.total, obj.submitted_at = sum(obj.scores.values()), clock.now()


def say_why(obj: Review, by: Actor, extra: Extra) -> None:
    obj.gone_because = str(extra["comment"]).strip()[:300]


def _has_no_interest(obj: Review, by: Actor, extra: Extra) -> bool:
    return not is_interested(obj.practice, obj.expert)


def _has_interest(obj: Review, by: Actor, extra: Extra) -> bool:
    return is_interested(obj.practice, obj.expert)


def _is_not_decided(obj: Review, by: Actor, extra: Extra) -> bool:
    return obj.practice.state in UNDER_REVIEW


FREE = Guard(
    "interest",
    "Эту практику вам больше нельзя оценивать: за это время вы стали связаны с её авторами. Откажитесь, "
    "методист попросит другого.",
    _has_no_interest,
)
BOUND = Guard(
    "no_interest",
    "Сданный лист снимают, только когда эксперт связан с практикой: работает в её школе или назван среди "
    "тех, кого не спрашивать.",
    _has_interest,
)
UNDECIDED = Guard("decided", "По этой практике уже решено: листы остаются в протоколе.", _is_not_decided)
LEAD = access.can_lead_review

REVIEW = Workflow("review", "Экспертный лист", Review, (
    Transition("submit", "Сдать лист", (S.ASSIGNED,), S.SUBMITTED, may, (FREE,), effects=(fill,),
        document="T-36"),
    Transition("decline", "Отказаться", (S.ASSIGNED,), S.DECLINED, may, quiet=True),
    Transition("withdraw", "Снять эксперта", (S.ASSIGNED,), S.WITHDRAWN, LEAD, effects=(say_why,),
        needs_comment=True, quiet=True),
    Transition("set_aside", "Снять сданный лист", (S.SUBMITTED,), S.WITHDRAWN, LEAD, (UNDECIDED, BOUND),
        (say_why,), needs_comment=True, quiet=True),
    Transition("close", "Практику решили без этого листа", (S.ASSIGNED,), S.WITHDRAWN, by_time,
        effects=(say_why,), quiet=True),
))  # fmt: skip
