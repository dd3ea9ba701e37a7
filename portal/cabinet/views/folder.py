"""«Папка пары»."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from portal.cabinet.exports import folder
from portal.core.actor import Actor
from portal.mentoring.access import pair_for


@require_GET
def pair_folder(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Every paper of the pair that may be opened, in one press."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    return folder.pair_folder(pair_for(by, pk), by)
