"""The methodist looks again at a practice that has failed twice in like conditions."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from best_practices.counted import evidence_of
from best_practices.forms_of_rechecks import RecheckForm
from best_practices.models import BankPractice
from best_practices.rechecks import recheck_for
from best_practices.services.adoptions import answer_recheck
from portal.accounts.request import PortalRequest
from portal.ui.shortcuts import done, only_while, page


@require_http_methods(["GET", "HEAD", "POST"])
def recheck(request: PortalRequest, pk: UUID) -> HttpResponse:
    """What schools have told, and the word of the methodist."""
    by, found, back = request.actor, recheck_for(request.actor, pk), reverse("expertise:practices")
    only_while(request, found.answered_on is None, back, "Эту перепроверку уже закрыли.")
    form = RecheckForm(request.POST or None, version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            answer_recheck(found, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(request, back, "Записано. Перепроверка закрыта.")
    card = BankPractice.every.filter(practice=found.practice).first()
    return page(
        request,
        "best_practices/recheck.html",
        form=form,
        recheck=found,
        card=card,
        evidence=evidence_of(card) if card else None,
        crumbs=[("Практики школ", back)],
    )
