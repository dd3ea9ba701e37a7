"""A practice from a programme, by one press."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from portal.accounts.request import PortalRequest
from portal.pair_work import services
from portal.pair_work.access import programme_for
from portal.school_practices.access import can_edit_practice
from portal.ui.shortcuts import done

MADE = (
    "Черновик составлен из программы, имена и школа убраны. Прочитайте его, поправьте и внизу подтвердите, "
    "что данных о людях не осталось."
)
THERE = "Практика из этой программы уже есть: вот она."


@require_POST
def practice(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Make the draft, or open the one there is."""
    by = request.actor
    told, is_new = services.draft_from_programme(programme_for(by, pk), by=by)
    name = "edit" if can_edit_practice(by, told) else "practice"
    return done(request, reverse(f"school_practices:{name}", args=[told.uuid]), MADE if is_new else THERE)
