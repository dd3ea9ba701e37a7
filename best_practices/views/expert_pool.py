"""One's own place among the experts of the city: asked for, offered by a school, left."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from best_practices import services
from best_practices.expert_figures import record_of
from best_practices.forms import ExpertForm, PauseForm
from best_practices.models import ExpertCandidate, ExpertProposal
from best_practices.selectors import as_expert, proposals_to
from portal.accounts.request import PortalRequest
from portal.accounts.selectors import teaches_in_the_city
from portal.core import clock
from portal.core.errors import NotVisible
from portal.ui.shortcuts import done, page, version_of


@require_http_methods(["GET", "HEAD", "POST"])
def me(request: PortalRequest) -> HttpResponse:
    """What being an expert means, proposals of schools, one's own word, and what one has done."""
    by = request.actor
    expert = as_expert(by.user)
    form = ExpertForm(
        request.POST or None, initial=_begun(expert), version=expert.version if expert else None
    )
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.join_pool(**form.said, by=by, version=form.version)
        if not form.refused:
            return done(
                request,
                reverse("expertise:me"),
                "Записано."
                if expert
                else "Вы эксперт города. Когда понадобится ваша оценка, придёт уведомление.",
            )
    return page(
        request,
        "best_practices/me.html",
        form=form,
        expert=expert,
        pause=expert.coming_pause if expert else None,
        record=record_of(expert.user_id) if expert else None,
        proposals=proposals_to(by.user),
        may=teaches_in_the_city(by.user),
        crumbs=_crumbs(),
    )


def _crumbs() -> list[tuple[str, str]]:
    return [("Мои данные", reverse("me"))]


def _begun(expert: ExpertCandidate | None) -> dict[str, object]:
    """What the form begins with; the word was given before."""
    if expert is None:
        return {}
    return {
        "subjects": expert.subjects,
        "difficulties": expert.difficulties,
        "most_load": expert.most_load,
        "agrees": True,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: PortalRequest) -> HttpResponse:
    """The days on which one is not asked."""
    by = request.actor
    expert = as_expert(by.user)
    if expert is None:
        raise NotVisible
    first, last = expert.coming_pause or (clock.today(), None)
    form = PauseForm(request.POST or None, initial={"first": first, "last": last}, version=expert.version)
    if request.method == "POST" and form.is_valid():
        days = form.cleaned_data
        with form.catching():
            services.pause_as_expert(first=days["first"], last=days["last"], by=by, version=form.version)
        if not form.refused:
            said = f"Записано: до {days['last']:%d.%m.%Y} новых практик не предложат."
            return done(request, reverse("expertise:me"), said)
    return page(
        request,
        "best_practices/pause.html",
        form=form,
        back_url=reverse("expertise:me"),
        crumbs=[*_crumbs(), ("Экспертиза практик города", reverse("expertise:me"))],
    )


@require_POST
def pause_end(request: PortalRequest) -> HttpResponse:
    """May be asked again, from today on."""
    services.end_pause(by=request.actor, version=version_of(request))
    return done(request, reverse("expertise:me"), "Паузы нет: вас снова могут попросить.")


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
