"""Whoever has accepted an invitation under another name: the same person, or another one."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from portal.accounts.request import PortalRequest
from portal.core.errors import Invalid
from portal.staff import access, services
from portal.staff.models import Newcomer
from portal.staff.views.people import crumbs_of, url_of
from portal.ui.shortcuts import done, only_while, page, version_of

SAME, OTHER = "same", "other"


@require_http_methods(["GET", "HEAD", "POST"])
def newcomer(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The two names side by side, and two buttons."""
    found = access.newcomer_for(request.actor, pk)
    back = url_of(found.person)
    only_while(request, found.answered_at is None, back, "На этот вопрос школа уже ответила.")
    if request.method == "POST":
        answer = request.POST.get("answer")
        if answer not in (SAME, OTHER):
            raise Invalid("answer", "Выберите один из двух ответов.")
        services.recognise(found, is_same=answer == SAME, by=request.actor, version=version_of(request))
        return done(request, back, _said(found, answer))
    return page(request, "staff/newcomer.html", newcomer=found, crumbs=crumbs_of(found.person))


def _said(found: Newcomer, answer: str) -> str:
    if answer == SAME:
        return f"Записано. Место откроется через минуту, {found.full_name} узнает об этом из письма."
    return "Записано. По этому приглашению никто не войдёт. Исправьте почту и пригласите заново."
