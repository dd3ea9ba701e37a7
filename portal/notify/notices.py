"""Telling people. Rows only; what leaves by mail is sent by a job."""

from collections.abc import Iterable
from uuid import UUID

from portal.core.place import record_model


def tell(recipients: Iterable[UUID | None], code: str, text: str, url: str = "") -> None:
    """A notice to each recipient that has an account; `code` names the event of domain.md §9."""
    model = record_model("Notice")
    model.objects.bulk_create([model(recipient=r, code=code, text=text[:300], url=url[:300]) for r in recipients if r])
