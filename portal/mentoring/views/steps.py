"""The page of a step of a pair that asks something."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portal.accounts.request import PortalRequest
from portal.core.actor import Actor
from portal.core.errors import Forbidden
from portal.mentoring.access import pair_for
from portal.mentoring.forms.steps import PAGES
from portal.mentoring.models import Pair
from portal.mentoring.workflow import PAIR
from portal.ui.shortcuts import done, only_while, page


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: PortalRequest, pk: UUID, name: str) -> HttpResponse:
    by = request.actor
    pair, about = pair_for(by, pk), PAGES[name]
    rows = [row for row in PAIR.transitions if row.page == name]
    if not any(row.rule(by, pair) for row in rows):
        raise Forbidden(about.refused)
    back = reverse("cabinet:pair", args=[pk])
    possible = PAIR.opens(pair.state, *(row.verb for row in rows))
    only_while(request, possible, back, f"{about.closed}. Пара: {pair.get_state_display()}.")
    hindrance = _hindrance(pair, by, name)
    only_while(request, not hindrance, back, hindrance)
    form = about.form(request.POST or None, version=pair.version, **about.given(pair, by))
    if request.method == "POST" and form.is_valid():
        asked = form.asked()
        verb = about.verb(asked) if about.verb else rows[0].verb
        said = PAIR.said(verb, pair.state)
        with form.catching():
            PAIR.move(pair, verb, by=by, version=form.version, asked=asked)
        if not form.refused:
            return done(request, reverse("cabinet:pair", args=[about.shown(pair).uuid]), said)
    return page(
        request,
        "mentoring/task.html",
        form=form,
        title=about.title or rows[0].label,
        submit=about.submit,
        lead=about.lead(pair, by),
        who=pair.title,
        kind=about.kind,
        back=("К паре", back),
    )


def _hindrance(pair: Pair, by: Actor, name: str) -> str:
    """Why no step of the page can be made now: nobody fills in a form that cannot be taken. Whoever has typed
    already hears it beside what was typed.
    """
    unmet = [offer.unmet for offer in PAIR.offers(pair, by) if offer.transition.page == name]
    return unmet[0][0].sentence if unmet and all(unmet) else ""
