"""One box for everything: what the rooms find (`portal.core.finding`), a few of each kind, on one page."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.core.finding import finders_for
from portal.core.text import plain
from portal.ui.shortcuts import page

LONGEST = 500
"""So much of a question is asked; what is longer was pasted by mistake."""


@require_safe
def find(request: PortalRequest) -> HttpResponse:
    """A few of each kind, and the way to the rest. The address that stands in a letter or in the history asks
    again.
    """
    finders = finders_for(request.actor)
    if not finders:
        raise Forbidden("Поиск открыт тем, кто работает в школе города или в Управлении.")
    text = " ".join(plain(request.GET.get("q", "")).split())[:LONGEST]
    groups = [(finder, finder.find(request.actor, text)) for finder in finders] if text else []
    return page(
        request,
        "ui/find.html",
        q=text,
        found=[(finder, lines) for finder, lines in groups if lines.first],
        nothing=[(finder.title, lines.rest) for finder, lines in groups if not lines.first],
        kinds=[finder.title for finder in finders],
        own_search=True,
    )
