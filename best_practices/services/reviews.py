"""Writes about experts' assignments: asked, answered, judged, taken away, and the reserve."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from best_practices import access
from best_practices.interest import assignable, check_may_be_asked
from best_practices.inviting import ARBITRATION, MUNICIPAL, invite
from best_practices.models import ExpertCandidate, Practice, Review
from best_practices.standing import tell_ahead
from best_practices.states import NEEDED, PracticeState
from best_practices.verdict import UNDER_REVIEW, Advice, live, missing, verdict
from best_practices.workflow import PRACTICE, REVIEW
from portal import audit
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.reading import weighing
from portal.core.workflow import Nothing
from tenants.models import School

LONGEST_RESERVE = 5


@transaction.atomic
def move_review(
    review: Review,
    verb: str,
    *,
    by: Actor,
    version: int | None = None,
    comment: str = "",
    asked: object = Nothing(),
) -> Review:
    """A step of an assignment. The practice is locked first: two experts who answer at once are heard one
    after the other, and what follows (the next of the reserve, an arbiter) sees both. Raises what `move`
    raises.
    """
    with weighing():
        lock(Practice, review.practice_id)
    return REVIEW.move(review, verb, by=by, version=version, comment=comment, asked=asked)


@transaction.atomic
def assign_expert(
    practice: Practice,
    candidate: ExpertCandidate,
    *,
    by: Actor,
    version: int | None = None,
    reserve: Sequence[UUID] = (),
) -> Review:
    """Ask an expert of another school, and name whom to ask if this one does not (users, put behind the
    reserve that there is). A third in a dispute takes the practice to arbitration. Raises Forbidden, Conflict
    (wrong state, third without a dispute), Invalid at `expert` or `reserve`.
    """
    locked = lock(Practice, practice.pk)
    locked.check_version(version)
    places = _check_assignment(locked, candidate, by)
    named = [user for user in (*locked.reserve, *reserve) if user != candidate.user_id]
    _keep_reserve(locked, named)
    stage = ARBITRATION if len(live(locked)) >= NEEDED else MUNICIPAL
    review = invite(locked, (candidate, places), stage=stage, by=by)
    if stage == ARBITRATION and locked.state == PracticeState.REVIEW:
        PRACTICE.move(locked, "arbitrate", by=Actor.system(via="workflow"))
    tell_ahead(locked)
    return review


@transaction.atomic
def name_reserve(
    practice: Practice, people: Sequence[UUID], *, by: Actor, version: int | None = None
) -> Practice:
    """Whom the portal invites by itself, users in order, instead of those who were named before; the same
    once more changes nothing. Raises Forbidden, Conflict (wrong state), Invalid at `reserve`.
    """
    locked: Practice = lock(Practice, practice.pk)
    locked.check_version(version)
    _check_leads(locked, by)
    before = list(locked.reserve)
    _keep_reserve(locked, people)
    if locked.reserve != before:
        locked.save_change("reserve")
        audit.record(by, "reserve_named", locked)
    return locked


def _keep_reserve(practice: Practice, people: Sequence[UUID]) -> None:
    """Whoever stands in the reserve already may stay there, though not to be asked today."""
    named = list(dict.fromkeys(people))
    new = [user for user in named if user not in practice.reserve]
    if new:
        with weighing():
            fit = {one.user_id for one, _ in assignable(practice)}
        if not fit.issuperset(new):
            raise Invalid(
                "not_for_reserve",
                "Этого эксперта просить нельзя: он связан с практикой, уже назначен или вышел из экспертов.",
                "reserve",
            )
    if len(named) > LONGEST_RESERVE:
        raise Invalid("long_reserve", f"В резерве может быть до {LONGEST_RESERVE} человек.", "reserve")
    practice.reserve = named


def _check_leads(practice: Practice, by: Actor) -> None:
    if not access.can_lead_practice(by, practice):
        raise Forbidden
    if practice.state not in UNDER_REVIEW:
        raise Conflict("wrong_state", "Экспертов назначают, когда практика на проверке или на экспертизе.")


def _check_assignment(practice: Practice, candidate: ExpertCandidate, by: Actor) -> list[School]:
    """The schools where the expert works."""
    _check_leads(practice, by)
    places = check_may_be_asked(practice, candidate)
    if (
        not missing(practice)
        and len(live(practice)) >= NEEDED
        and verdict(practice).advice is not Advice.ARBITRATE
    ):
        raise Conflict("no_dispute", "Третий эксперт нужен, когда мнения двух расходятся.")
    return places
