"""The operator mends the post: a stopped letter is tried once more, or set aside with a reason so that what
stands behind it goes on.
"""

from uuid import UUID

from django.db import transaction

from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.core.errors import Invalid, NotVisible
from portal.municipality.background import apply_post, mend_letter_of_school
from tenants.context import sending_schools


@transaction.atomic
def retry_letter(uuid: UUID, *, box: UUID | None = None, by: Actor) -> None:
    """Let a stopped or set aside letter try again. Raises NotVisible."""
    _let_go_on(uuid, box, again=True, reason="", by=by)


@transaction.atomic
def set_letter_aside(uuid: UUID, *, reason: str, box: UUID | None = None, by: Actor) -> None:
    """The letter is not applied; it stays, and may be tried again. Raises NotVisible, Invalid at `reason`."""
    if len(reason.strip()) < 5:
        raise Invalid(
            "reason", "Напишите, почему письмо не нужно разбирать: это останется в журнале.", "reason"
        )
    _let_go_on(uuid, box, again=False, reason=reason.strip(), by=by)


def _let_go_on(uuid: UUID, box: UUID | None, *, again: bool, reason: str, by: Actor) -> None:
    if not by.can("post:watch"):
        raise NotVisible
    inbox = record_model("Inbox")
    verb = "letter_retried" if again else "letter_set_aside"
    if box is not None:
        if not sending_schools().filter(uuid=box).exists():
            raise NotVisible
        audit.record(by, verb, inbox(uuid=uuid), changes={"school": str(box)}, comment=reason)
        mend_letter_of_school.later(by=by, school_uuid=str(box), letter_uuid=str(uuid), again=again)
        return
    row = inbox.objects.select_for_update().filter(uuid=uuid, applied_at=None).first()
    if row is None or not (row.stopped or (again and row.set_aside_at)):
        raise NotVisible("letter", "Это письмо уже разобрано.")
    row.stopped, row.attempts, row.set_aside_at = False, 0, None if again else clock.now()
    row.save_change("stopped", "attempts", "set_aside_at")
    audit.record(by, verb, row, comment=reason)
    apply_post.later(by=by)
