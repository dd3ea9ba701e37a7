"""Writes about experts' assignments: asked, judged, declined, taken away."""

from django.db import transaction

from best_practices import access
from best_practices.interest import check_may_be_asked
from best_practices.models import ExpertCandidate, Practice, Review
from best_practices.states import EXPERT_WORKDAYS, NEEDED
from best_practices.verdict import UNDER_REVIEW, Advice, live, missing, verdict
from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden
from portal.notify import tell


@transaction.atomic
def assign_expert(
    practice: Practice, candidate: ExpertCandidate, *, by: Actor, version: int | None = None
) -> Review:
    """Ask an expert of another school. Raises Forbidden, Conflict (wrong state, third without a dispute),
    Invalid at `expert`.
    """
    locked = lock(Practice, practice.pk)
    locked.check_version(version)
    places = _check_assignment(locked, candidate, by)
    stage = "arbitration" if len(live(locked)) >= NEEDED else "municipal"
    review = Review.objects.create(
        practice=locked,
        revision=locked.revision,
        expert=candidate.user_id,
        expert_schools=places,
        stage=stage,
        due_on=clock.working_days_after(clock.today(), EXPERT_WORKDAYS),
        created_by=by.user,
    )
    locked.save_change()
    audit.record(by, "expert_assigned", review)
    tell(
        [review.expert],
        "review_assigned",
        f"Вас просят оценить практику до {review.due_on:%d.%m.%Y}",
        f"/expertise/{review.uuid}/",
    )
    return review


def _check_assignment(practice: Practice, candidate: ExpertCandidate, by: Actor) -> list[str]:
    """Names of the schools where the expert works."""
    if not access.can_lead_practice(by, practice):
        raise Forbidden
    if practice.state not in UNDER_REVIEW:
        raise Conflict("wrong_state", "Экспертов назначают, когда практика на проверке или на экспертизе.")
    places = check_may_be_asked(practice, candidate)
    if (
        not missing(practice)
        and len(live(practice)) >= NEEDED
        and verdict(practice).advice is not Advice.ARBITRATE
    ):
        raise Conflict("no_dispute", "Третий эксперт нужен, когда мнения двух расходятся.")
    return [school.short_name for school in places]
