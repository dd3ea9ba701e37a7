"""Writes about practices in the city: what schools hand over and take back, and the decisions."""

from typing import cast
from uuid import UUID

from django.db import transaction

from best_practices.letters import HandedOver, Recalled
from best_practices.models import PastRevision, Practice, PracticeCall
from best_practices.remarks import keep_answers
from best_practices.standing import keep_ahead
from best_practices.states import PracticeState
from best_practices.workflow import PRACTICE
from portal import audit
from portal.core.actor import Actor
from portal.core.errors import Forbidden
from tenants.models import School

TO_COME_ANEW = (PracticeState.PUBLISHED, PracticeState.ARCHIVED)


@transaction.atomic
def receive_practice(letter: HandedOver, school: UUID | None, sent_by: UUID | None) -> Practice:
    """A hand-over has come: a new practice, the corrected revision of a returned one, or a new one of a
    practice whose former text stands in the bank meanwhile, or was taken off.
    """
    place = School.objects.get(uuid=cast(UUID, school))
    fields = {
        "revision": letter.revision,
        "title": letter.content.title,
        "content": letter.content.model_dump(),
        "school_total": letter.school_total,
        "authors": [a.model_dump(exclude={"person"}) for a in letter.authors],
        "author_people": [a.person for a in letter.authors if a.person],
        "school_reviewed_on": letter.school_reviewed_on,
        "not_ask": list(letter.not_ask),
        "school_told_whom": "not_ask" in letter.model_fields_set,
        "call": PracticeCall.objects.filter(uuid=letter.call).first() if letter.call else None,
        "decided_on": None,
        "without_third": False,
    }
    by = Actor.system(via="post")
    practice, made = Practice.objects.get_or_create(
        practice=letter.practice, defaults={**fields, "school": place, "created_by": sent_by}
    )
    if made:
        keep_ahead(practice)
        audit.record(by, "received", practice)
    _refuse_foreign(practice, place.uuid)
    renews = practice.state in TO_COME_ANEW and letter.revision > practice.revision
    if not made and (renews or practice.state == PracticeState.RETURNED):
        _keep_text(practice)
        for name, value in fields.items():
            setattr(practice, name, value)
        practice.save_change(*fields)
        keep_answers(practice, {str(one.remark): (one.mended, one.words) for one in letter.answers})
        PRACTICE.move(practice, "resubmit", by=by)
    return practice


def _keep_text(practice: Practice) -> None:
    """The text that was judged stays, before another comes in its place."""
    PastRevision.objects.get_or_create(
        practice=practice, revision=practice.revision, defaults={"content": practice.content}
    )


def _refuse_foreign(practice: Practice, sender: UUID | None) -> None:
    """A letter says which practice it means, the post says which school has sent it: a school reaches its own
    practices only.
    """
    if practice.school.uuid != sender:
        raise Forbidden("Эту практику передала другая школа.")


@transaction.atomic
def recall_practice(letter: Recalled, school: UUID | None) -> None:
    """The school takes its practice back: the card leaves the bank at once. Raises Forbidden for another
    school's practice.
    """
    practice = Practice.objects.select_related("school").filter(practice=letter.practice).first()
    if practice is None:
        return
    _refuse_foreign(practice, school)
    if PRACTICE.row("recall", practice.state):
        PRACTICE.move(practice, "recall", by=Actor.system(via="post"), comment=letter.reason)
