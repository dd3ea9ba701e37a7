"""«Папка пары»."""

from uuid import UUID

from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from portal.accounts.request import PortalRequest
from portal.cabinet.exports import folder
from portal.mentoring.access import pair_for


@require_safe
def pair_folder(request: PortalRequest, pk: UUID) -> HttpResponseBase:
    """Every paper of the pair that may be opened, in one press."""
    by = request.actor
    return folder.pair_folder(pair_for(by, pk), by)
