"""Steps of an expert's assignment: the expert agrees, the methodist replaces or gives more time; and the
reserve of a practice.
"""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from best_practices import access, services
from best_practices.forms import FindExpertForm
from best_practices.forms_of_reviews import DeclineForm, ProlongForm, ReplaceForm, ReserveForm
from best_practices.models import Practice, Review
from best_practices.proposing import proposals
from best_practices.reserve import next_of_reserve
from best_practices.selectors import names_of
from best_practices.verdict import UNDER_REVIEW
from best_practices.workflow import REVIEW
from portal.accounts.models import User
from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.ui.shortcuts import done, only_while, page, version_of


def _practice_url(practice: Practice) -> str:
    return reverse("expertise:practice", args=[practice.uuid])


def _waited(request: PortalRequest, found: Review, verb: str) -> None:
    """A form of a step that is over leads to the practice. Raises Passed."""
    word = f"Этого эксперта уже не ждут: {found.get_state_display()}."
    only_while(request, REVIEW.opens(found.state, verb), _practice_url(found.practice), word)


@require_POST
def accept(request: PortalRequest, pk: UUID) -> HttpResponse:
    """One press: the expert will judge."""
    found = access.review_for(request.actor, pk)
    said = REVIEW.said("accept", found.state)
    services.move_review(found, "accept", by=request.actor, version=version_of(request))
    return done(request, reverse("expertise:review", args=[found.uuid]), said)


@require_POST
def decline(request: PortalRequest, pk: UUID) -> HttpResponse:
    """One press, with a reason or without it."""
    found = access.review_for(request.actor, pk)
    said, form = REVIEW.said("decline", found.state), DeclineForm(request.POST)
    asked = form.asked() if form.is_valid() else DeclineForm.asks()
    services.move_review(found, "decline", by=request.actor, version=version_of(request), asked=asked)
    return done(request, reverse("expertise:reviews"), said)


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The next of the reserve is invited instead, with a reason."""
    by = request.actor
    found = access.led_review_for(by, pk)
    _waited(request, found, "replace")
    form = ReplaceForm(request.POST or None, version=found.version)
    if request.method == "POST" and form.is_valid():
        said = REVIEW.said("replace", found.state)
        with form.catching():
            services.move_review(
                found, "replace", by=by, version=form.version, comment=form.cleaned_data["reason"]
            )
        if not form.refused:
            return done(request, _practice_url(found.practice), said)
    upcoming = next_of_reserve(found.practice, instead_of=found)
    return page(
        request,
        "best_practices/replace.html",
        form=form,
        review=found,
        person=_person(found.expert),
        instead=_person(upcoming[0].user_id) if upcoming else None,
        back_url=_practice_url(found.practice),
    )


def _person(user: UUID) -> User | None:
    return names_of([user]).get(user)


@require_http_methods(["GET", "HEAD", "POST"])
def prolong(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A later day for the answer or for the sheet, with a reason."""
    by = request.actor
    found = access.led_review_for(by, pk)
    _waited(request, found, "prolong")
    form = ProlongForm(request.POST or None, version=found.version)
    if request.method == "POST" and form.is_valid():
        said, comment = REVIEW.said("prolong", found.state), form.cleaned_data["comment"]
        with form.catching():
            services.move_review(
                found, "prolong", by=by, version=form.version, comment=comment, asked=form.asked()
            )
        if not form.refused:
            return done(request, _practice_url(found.practice), said)
    return page(
        request,
        "best_practices/prolong.html",
        form=form,
        review=found,
        person=_person(found.expert),
        back_url=_practice_url(found.practice),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reserve(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Whom the portal invites by itself, in order."""
    by = request.actor
    found = access.practice_for(by, pk)
    if not access.can_lead_practice(by, found):
        raise Forbidden("Экспертов и резерв назначает методист.")
    is_open = found.state in UNDER_REVIEW
    word = "Резерв называют, пока практика на проверке или на экспертизе."
    only_while(request, is_open, _practice_url(found), word)
    find = FindExpertForm(request.GET or None)
    free = proposals(found, **find.picked).free if is_open else []
    choices = [(one.uuid, one.title) for one in free]
    form = ReserveForm(request.POST or None, practice=found, choices=choices, version=found.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.name_reserve(found, form.people, by=by, version=form.version)
        if not form.refused:
            return done(request, _practice_url(found), _named(form.people))
    return page(
        request,
        "best_practices/reserve.html",
        form=form,
        find=find,
        practice=found,
        back_url=_practice_url(found),
        crumbs=[("Практики школ", reverse("expertise:practices")), (found.title, _practice_url(found))],
    )


def _named(people: list[UUID]) -> str:
    return (
        "Резерв записан: портал пригласит следующего сам."
        if people
        else "В резерве теперь никого: замену назначаете вы."
    )
