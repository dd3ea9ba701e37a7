"""Telling people. Rows only; what leaves by mail is sent by a job."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.text import Truncator

from portal.core import clock
from portal.core.current_contour import record_model
from portal.core.reading import subjects_of

LONGEST = 300
People = Iterable[UUID | None]
"""Whom to tell; who has no account is passed by."""


def tell(recipients: People, code: str, text: str, url: str = "", *, about: Any = None) -> None:
    """A notice to each recipient that has an account; `code` names the event of domain.md §9. `about`: the
    row whose people the text names.

    A text that is too long for its line ends in «…»: what must be read stands first in it.
    """
    model, people = record_model("Notice"), [r for r in recipients if r]
    line = Truncator(text).chars(LONGEST)
    whose = sorted(subjects_of(about)) if about is not None and people else []
    model.objects.bulk_create(
        [model(recipient=r, code=code, text=line, url=url[:300], about=whose) for r in people]
    )


def notices_of(person: UUID) -> Any:
    """Notices of the person in this contour, the newest first."""
    return record_model("Notice").objects.filter(recipient=person).order_by("-created_at", "-pk")


def unread_notices(person: UUID) -> Any:
    """Notices of the person that wait to be read."""
    return notices_of(person).filter(read_at=None)


def unread(person: UUID | None) -> int:
    """How many of them there are."""
    return int(unread_notices(person).count()) if person else 0


def read_by_opening(person: UUID, url: str) -> int:
    """Whoever has opened the page that a notice leads to has read it, whichever way the person came; returns
    how many were waiting.
    """
    return int(notices_of(person).filter(read_at=None, url=url).update(read_at=clock.now()))


def mark_read(person: UUID, only: UUID | None = None) -> int:
    """All waiting notices of the person are read now (or `only` one); returns how many."""
    waiting = notices_of(person).filter(read_at=None)
    return int((waiting.filter(uuid=only) if only else waiting).update(read_at=clock.now()))
