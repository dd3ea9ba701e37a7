"""«Новый учебный год»: the page of the turn, and its one press."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.request import PortalRequest
from portal.cabinet.selectors import year as about
from portal.cabinet.services.year import confirm
from portal.core.errors import Forbidden
from portal.core.school_year import Turn
from portal.ui.shortcuts import done, page, version_of


@require_safe
def year(request: PortalRequest) -> HttpResponse:
    by, turn = request.actor, Turn.now()
    if not (by.can("pair:lead") or by.can("pair:sign")):
        raise Forbidden("Новый учебный год готовят куратор и директор.")
    sections = about.sections(turn, by)
    return page(
        request,
        "cabinet/year.html",
        turn=turn,
        groups=about.groups(turn),
        sections=[section for section in sections if section.count],
        finished=[section.nothing for section in sections if not section.count],
        links=[("Список сотрудников", "#people"), *(one.jump for one in sections if one.count)],
        left=sum(section.count for section in sections if section.asks),
        may_load=by.can("person:import"),
    )


@require_POST
def year_confirm(request: PortalRequest, what: str, pk: UUID) -> HttpResponse:
    """As it was last year, so it is now."""
    said = confirm(what, pk, by=request.actor, version=version_of(request))
    return done(request, reverse("cabinet:year"), said)
