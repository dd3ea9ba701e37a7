"""One's own place among the experts of the city: asked for, offered by a school, left."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from best_practices import services
from best_practices.forms import ExpertForm
from best_practices.models import ExpertProposal
from best_practices.selectors import as_expert, proposals_to
from portal.accounts.request import PortalRequest
from portal.accounts.selectors import teaches_in_the_city
from portal.core.errors import NotVisible
from portal.ui.shortcuts import done, page


@require_http_methods(["GET", "HEAD", "POST"])
def me(request: PortalRequest) -> HttpResponse:
    """What being an expert means, proposals of schools, and one's own word."""
    by = request.actor
    expert = as_expert(by.user)
    form = ExpertForm(
        request.POST or None,
        initial={"subjects": expert.subjects if expert else []},
        version=expert.version if expert else None,
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.join_pool(subjects=form.cleaned_data["subjects"], by=by)
        if not form.refused:
            return done(
                request,
                reverse("expertise:me"),
                "Записано."
                if expert
                else "Вы эксперт города. Когда понадобится ваша оценка, придёт уведомление.",
            )
    crumbs = [("Мои данные", reverse("me"))]
    return page(
        request,
        "best_practices/me.html",
        form=form,
        expert=expert,
        proposals=proposals_to(by.user),
        may=teaches_in_the_city(by.user),
        crumbs=crumbs,
    )


@require_POST
def leave(request: PortalRequest) -> HttpResponse:
    """Out of the pool at once."""
    services.leave_pool(by=request.actor)
    return done(request, reverse("expertise:me"), "Вы больше не эксперт города: новых практик не пришлют.")


@require_POST
def answer(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Yes or no to a school's proposal."""
    by = request.actor
    proposal = ExpertProposal.objects.select_related("school").filter(uuid=pk, user=by.user).first()
    if proposal is None:
        raise NotVisible
    accepted = request.POST.get("answer") == "yes"
    services.answer_proposal(proposal, accepted=accepted, by=by)
    return done(
        request,
        reverse("expertise:me"),
        "Спасибо! Вы эксперт города." if accepted else "Записано: вы отказались. Школа об этом узнает.",
    )
