"""Writes of a sheet that is still written: it saves itself, and is found again."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from best_practices import access
from best_practices.models import Review, SheetDraft
from best_practices.states import ReviewState
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Conflict, Forbidden
from portal.core.text import plain

LONGEST_TYPED = 10_000
"""Signs of one field of a draft that are kept."""


@dataclass(frozen=True)
class Written:
    """What stands on the page: by fields of the form; `tab` is the number of the browser's tab, `version`
    that of the draft which the page has seen.
    """

    typed: Mapping[str, str]
    tab: UUID | None = None
    version: int | None = None


@transaction.atomic
def save_draft(review: Review, written: Written, *, by: Actor) -> SheetDraft | None:
    """Keeps it, while the sheet is written; None when nothing is written yet. A tab goes on where it has
    saved last. Raises Forbidden, Conflict (the sheet is not written now), Stale with the draft as it is
    stored.
    """
    locked: Review = lock(Review, review.pk)
    if not access.is_expert_of(by, locked):
        raise Forbidden
    if locked.state != ReviewState.ACCEPTED:
        raise Conflict("not_written", f"Этот лист сейчас не заполняют: {locked.get_state_display()}.")
    typed = {name: plain(words)[:LONGEST_TYPED] for name, words in written.typed.items() if words.strip()}
    known = SheetDraft.objects.filter(review=locked).first()
    if known is None:
        return _begun(locked, typed, written, by) if typed else None
    if written.tab is None or written.tab != known.written_in:
        known.check_version(written.version)
    if (known.typed, known.written_in) != (typed, written.tab):
        known.typed, known.written_in = typed, written.tab
        known.save_change("typed", "written_in")
    return known


def _begun(review: Review, typed: Mapping[str, str], written: Written, by: Actor) -> SheetDraft:
    return SheetDraft.objects.create(
        review=review, typed=dict(typed), written_in=written.tab, created_by=by.user
    )
