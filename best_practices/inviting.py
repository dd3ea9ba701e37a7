"""An expert is invited: by the methodist, or by the portal out of the named reserve."""

from django.db import transaction

from best_practices.asking import write_to_expert
from best_practices.blinding import blind_title
from best_practices.models import ExpertCandidate, Practice, Review
from best_practices.reserve import next_of_reserve
from best_practices.terms import answer_until, sheet_until
from portal import audit
from portal.accounts.holders import CityHolders
from portal.accounts.offices import Office
from portal.core.actor import Actor
from portal.core.text import quoted
from portal.notify import tell
from tenants.models import School

MUNICIPAL, ARBITRATION = "municipal", "arbitration"


@transaction.atomic
def invite(
    practice: Practice,
    asked: tuple[ExpertCandidate, list[School]],
    *,
    stage: str,
    by: Actor,
    instead_of: Review | None = None,
    again: bool = False,
) -> Review:
    """One is asked to judge, with a notice and a letter by mail; `again`: the mended text of a practice that
    this expert has judged. Whether it may be done is asked before.
    """
    candidate, places = asked
    review = Review.objects.create(
        practice=practice,
        revision=practice.revision,
        expert=candidate.user_id,
        expert_schools=[place.short_name for place in places],
        stage=stage,
        answer_due_on=answer_until(),
        due_on=sheet_until(),
        instead_of=instead_of,
        created_by=by.user,
    )
    practice.reserve = [user for user in practice.reserve if user != candidate.user_id]
    practice.save_change("reserve")
    audit.record(by, "expert_assigned", review)
    tell(
        [review.expert],
        "review_assigned",
        f"{_asks(practice, again)} Ответьте до {review.answer_due_on:%d.%m.%Y}, возьмётесь ли",
        f"/expertise/{review.uuid}/",
    )
    write_to_expert.later(by=by, review_uuid=str(review.uuid))
    return review


def _asks(practice: Practice, again: bool) -> str:
    title = quoted(blind_title(practice)[:120])
    if again:
        return f"Авторы исправили практику {title}, которую вы оценивали: посмотрите её ещё раз."
    return f"Вас просят оценить практику {title}."


@transaction.atomic
def invite_next(practice: Practice, *, stage: str, instead_of: Review | None = None) -> Review | None:
    """The portal invites the next of the reserve; None when there is nobody whom it may ask."""
    found = next_of_reserve(practice)
    if found is None:
        return None
    return invite(practice, found, stage=stage, by=Actor.system(via="workflow"), instead_of=instead_of)


def tell_methodists(practice: Practice, code: str, words: str) -> None:
    """Those who lead the expertise hear what has become of it, with the way to the practice."""
    people = [user.pk for user in CityHolders.here().people.get(Office.METHODIST, ())]
    tell(people, code, f"Практика {quoted(practice.title[:120])}. {words}", f"/practices/{practice.uuid}/")
