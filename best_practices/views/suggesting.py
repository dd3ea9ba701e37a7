"""Words that continue what is being typed into a box: published ones, so nothing of a school is in them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from best_practices.search import ENGINE
from best_practices.views.bank import for_readers
from portal.accounts.request import PortalRequest

LONGEST = 100
MOST = 8


@require_safe
@for_readers
def suggest(request: PortalRequest) -> HttpResponse:
    """The options of the list beside a box; without JavaScript nobody asks for them."""
    lines = ENGINE.suggest(request.GET.get("q", "")[:LONGEST], MOST)
    return render(request, "best_practices/suggest.html", {"lines": lines})
