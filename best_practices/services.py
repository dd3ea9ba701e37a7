"""Writes about practices in the city: receiving, assigning experts, sheets, decisions."""

from typing import Any, cast
from uuid import UUID

from django.db import transaction

from best_practices import access
from best_practices.letters import HandedOver, Recalled
from best_practices.models import ExpertCandidate, Practice, Review
from best_practices.review_workflow import REVIEW
from best_practices.sheet import check_sheet
from best_practices.states import EXPERT_WORKDAYS, PracticeState, ReviewState
from best_practices.verdict import Advice, live, verdict
from best_practices.workflow import PRACTICE
from portal import audit
from portal.accounts.models import Membership
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.notify import tell
from tenants.models import School

ASSIGNABLE = (PracticeState.FORMAL_CHECK, PracticeState.REVIEW)


@transaction.atomic
def receive_practice(letter: HandedOver, school: UUID | None, sent_by: UUID | None) -> Practice:
    """A hand-over has come: a new practice, or the corrected revision of a returned one."""
    place = School.objects.get(uuid=cast(UUID, school))
    fields = {"revision": letter.revision, "title": letter.content.title, "content": letter.content.model_dump(), "school_total": letter.school_total,
              "authors": [a.model_dump() for a in letter.authors], "school_reviewed_on": letter.school_reviewed_on}  # fmt: skip
    by = Actor.system(via="post")
    practice, made = Practice.objects.get_or_create(practice=letter.practice, defaults={**fields, "school": place, "created_by": sent_by})
    if made:
        audit.record(by, "received", practice)
    _refuse_foreign(practice, place.uuid)
    if not made and practice.state == PracticeState.RETURNED:
        for name, value in fields.items():
            setattr(practice, name, value)
        practice.save_change(*fields)
        PRACTICE.move(practice, "resubmit", by=by)
    return practice


def _refuse_foreign(practice: Practice, sender: UUID | None) -> None:
    """A letter says which practice it means, the post says which school has sent it: a school reaches its own practices only."""
    if practice.school.uuid != sender:
        raise Forbidden("Эту практику передала другая школа.")


@transaction.atomic
def recall_practice(letter: Recalled, school: UUID | None) -> None:
    """The school takes its practice back: the card leaves the bank at once. Raises Forbidden for another school's practice."""
    practice = Practice.objects.select_related("school").filter(practice=letter.practice).first()
    if practice is None:
        return
    _refuse_foreign(practice, school)
    if PRACTICE.row("recall", practice.state):
        PRACTICE.move(practice, "recall", by=Actor.system(via="post"), comment=letter.reason)


@transaction.atomic
def add_expert(user: UUID, *, basis: str, by: Actor) -> ExpertCandidate:
    """Put a teacher into the pool of experts. Raises Forbidden, Invalid at `basis` or `user`."""
    if not (by.school is None and by.can("practice:lead")):
        raise Forbidden
    if len(basis.strip()) < 5:
        raise Invalid("basis", "Укажите приказ о составе экспертов.", "basis")
    member = Membership.objects.filter(Membership.valid_on(clock.today()), user=user).exclude(school=None).select_related("school").first()
    if member is None:
        raise Invalid("expert", "Экспертом может стать педагог, который работает в одной из школ города.", "user")
    candidate, _ = ExpertCandidate.objects.update_or_create(
        user=user, defaults={"school": cast(School, member.school), "basis": basis.strip(), "left_on": None, "created_by": by.user}
    )
    audit.record(by, "expert_added", candidate)
    return candidate


@transaction.atomic
def assign_expert(practice: Practice, candidate: ExpertCandidate, *, by: Actor, version: int | None = None) -> Review:
    """Ask an expert of another school. Raises Forbidden, Conflict (wrong state, third without a dispute), Invalid at `expert`."""
    locked = lock(Practice, practice.pk)
    locked.check_version(version)
    _check_assignment(locked, candidate, by)
    stage = "arbitration" if len(live(locked)) >= 2 else "municipal"
    review, _ = Review.objects.update_or_create(
        practice=locked, revision=locked.revision, expert=candidate.user,
        defaults={"expert_school": candidate.school, "stage": stage, "due_on": clock.working_days_after(clock.today(), EXPERT_WORKDAYS), "created_by": by.user},
    )  # fmt: skip
    locked.save_change()
    audit.record(by, "expert_assigned", review)
    tell([candidate.user], "review_assigned", f"Вас просят оценить практику до {review.due_on:%d.%m.%Y}", f"/expertise/{review.uuid}/")
    return review


def _check_assignment(practice: Practice, candidate: ExpertCandidate, by: Actor) -> None:
    if not access.can_lead_practice(by, practice):
        raise Forbidden
    if practice.state not in ASSIGNABLE:
        raise Conflict("wrong_state", "Экспертов назначают, когда практика на проверке или на экспертизе.")
    if candidate.left_on or candidate.school_id == practice.school_id:
        raise Invalid("conflict_of_interest", "Практику своей школы эксперт не оценивает. Выберите другого.", "expert")
    schools = {r.expert_school_id for r in live(practice)}
    if candidate.school_id in schools:
        raise Invalid("same_school", "Этот эксперт уже назначен или работает в одной школе с другим экспертом. Выберите третью школу.", "expert")
    if len(schools) >= 2 and verdict(practice).advice is not Advice.ARBITRATE:
        raise Conflict("no_dispute", "Третий эксперт нужен, когда мнения двух расходятся.")


@transaction.atomic
def submit_review(review: Review, *, scores: dict[str, int], comment: str, recommendation: str, by: Actor, version: int | None = None) -> Review:
    """An expert's sheet; once submitted it does not change. Raises Forbidden, Stale, Conflict, Invalid at its field."""
    locked = lock(Review, review.pk)
    locked.check_version(version)
    if not access.is_expert_of(by, locked):
        raise Forbidden
    if locked.state != ReviewState.ASSIGNED:
        raise Conflict("submitted", "Этот лист уже сдан.")
    check_sheet(scores, comment, recommendation)
    REVIEW.move(locked, "submit", by=by, scores=scores, comment=comment.strip(), recommendation=recommendation)
    return cast(Review, locked)


@transaction.atomic
def decline_review(review: Review, *, by: Actor, comment: str = "", version: int | None = None) -> Review:
    """An expert says that there is a conflict of interest or no time; the reason may be left out."""
    moved: Review = REVIEW.move(review, "decline", by=by, version=version, comment=comment)
    return moved


def move_practice(practice: Practice, verb: str, *, by: Actor, version: int | None = None, comment: str = "") -> Any:
    """A step of SM-10 by a person. Raises what `Workflow.move` raises."""
    return PRACTICE.move(practice, verb, by=by, version=version, comment=comment)
