"""Writes of the methodist's own remarks about a practice."""

from collections.abc import Mapping

from django.db import transaction

from best_practices import access
from best_practices.models import Practice, Remark
from best_practices.remarks import fit
from best_practices.sheet import REMARKS
from best_practices.verdict import UNDER_REVIEW
from portal import audit
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden, Invalid


@transaction.atomic
def write_remarks(
    practice: Practice, remarks: Mapping[str, str], *, by: Actor, version: int | None = None
) -> Practice:
    """The methodist's remarks about the present revision, by fields, instead of those before; an empty one is
    gone. They go to the school when the practice is returned. Raises Forbidden, Conflict (wrong state),
    Invalid at `remarks`.
    """
    locked: Practice = lock(Practice, practice.pk)
    locked.check_version(version)
    if not access.can_lead_practice(by, locked):
        raise Forbidden("Замечания от города пишет методист.")
    if locked.state not in UNDER_REVIEW:
        raise Conflict("wrong_state", "Замечания пишут, пока практика на проверке или на экспертизе.")
    written = {field: words.strip() for field, words in remarks.items() if words.strip()}
    if not fit(written.items()):
        raise Invalid("remarks", REMARKS, "remarks")
    if _replaced(locked, written, by):
        locked.save_change()
        audit.record(by, "remarks_written", locked)
    return locked


def _replaced(practice: Practice, written: Mapping[str, str], by: Actor) -> bool:
    """Whether anything has changed."""
    own = Remark.objects.filter(practice=practice, revision=practice.revision, review=None)
    before = {one.field: one for one in own.order_by("pk")}
    if {field: one.text for field, one in before.items()} == dict(written):
        return False
    own.exclude(field__in=written).delete()
    for field, words in written.items():
        known = before.get(field)
        if known is None:
            Remark.objects.create(
                practice=practice,
                revision=practice.revision,
                field=field,
                text=words,
                created_by=by.user,
            )
        elif known.text != words:
            known.text = words
            known.save_change("text")
    return True
