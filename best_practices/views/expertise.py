"""The expertise in the city: practices of schools, the pool of experts, and an expert's own sheets."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from best_practices import access, exports, services
from best_practices.blinding import blinded
from best_practices.differences import differences_for
from best_practices.forms import (
    AssignForm,
    FindExpertForm,
    PoolFilters,
    PracticeFilters,
    WithdrawForm,
)
from best_practices.forms_of_remarks import CitySheetForm
from best_practices.interest import is_interested
from best_practices.models import Practice, Review
from best_practices.proposing import Proposals, proposals
from best_practices.reading import sections_of
from best_practices.remarks import of_practice
from best_practices.selectors import (
    address_in_bank,
    draft_of,
    experts_visible_to,
    in_work,
    judged_and_open,
    nameless,
    names_of,
    own_reviews,
    practices_visible_to,
    reserve_of,
    waiting_lines,
    with_schools,
)
from best_practices.states import WAITED, Refusal, ReviewState
from best_practices.states import PracticeState as S
from best_practices.terms import sheet_until
from best_practices.verdict import UNDER_REVIEW, live, submitted, verdict
from best_practices.views.drafts import LATER, tab_of, written_in
from best_practices.workflow import PRACTICE, REVIEW
from portal.accounts.models import User
from portal.accounts.request import PortalRequest
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, NotVisible
from portal.papers import freezing as papers
from portal.ui.lists import ListPage
from portal.ui.parts import Empty, walk_of
from portal.ui.shortcuts import done, only_while, page, version_of
from portal.ui.step_button import pressed


@dataclass(frozen=True)
class Sheet:
    """An assignment as the page shows it."""

    review: Review
    person: User | None
    instead: User | None
    """Whom this expert was invited in place of."""
    ways: list[tuple[str, str]]
    """What the methodist can do with it now: words and addresses."""
    is_begun: bool = False
    """The expert has begun to write; what, is the expert's alone."""

    @property
    def word(self) -> str:
        """Where it is."""
        if self.review.state != ReviewState.ACCEPTED:
            return str(self.review.get_state_display())
        return "в работе" if self.is_begun else "согласился, лист ещё не начат"


def is_bound_sheet(review: Review, practice: Practice) -> bool:
    """A sheet that was handed in by somebody who must not judge this practice."""
    return review.state == ReviewState.SUBMITTED and is_interested(practice, review.expert)


def _url(practice: Practice) -> str:
    return reverse("expertise:practice", args=[practice.uuid])


@require_safe
def practices(request: PortalRequest) -> HttpResponse:
    """What schools have handed over."""
    by = request.actor
    if not by.can("practice:read"):
        raise Forbidden
    empty = Empty(
        "Практик пока нет", "Они появятся, когда директор школы передаст практику из школьного банка."
    )
    sorts = {"new": ("Поступила", ["created_at", "id"]), "title": ("Название", ["title", "id"])}
    listing = ListPage(
        request,
        nameless(practices_visible_to(by)),
        filters=PracticeFilters,
        sorts=sorts,
        empty=empty,
        export=exports.practices_table,
    )
    return listing.answer("best_practices/practices.html", may_lead=by.can("practice:lead"))


@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A practice in the city: its text, its sheets, the next decision. A POST assigns an expert."""
    by = request.actor
    found = access.practice_for(by, pk)
    may_assign = access.can_lead_practice(by, found) and found.state in UNDER_REVIEW
    if request.method == "POST":
        # before the choices, which the other's assignment has changed
        found.check_version(version_of(request))
        if not access.can_lead_practice(by, found):
            raise Forbidden("Назначает экспертов методист.")
        if not may_assign:
            raise Conflict(
                "wrong_state",
                "Экспертов назначают, пока практика на проверке или на экспертизе. Сейчас: "
                f"{found.get_state_display()}.",
            )
    find = FindExpertForm(request.GET or None)
    proposed = proposals(found, **find.picked) if may_assign else Proposals()
    form = (
        AssignForm(request.POST or None, practice=found, choices=proposed.free, version=found.version)
        if may_assign
        else None
    )
    if request.method == "POST" and form is not None and form.is_valid():
        with form.catching():
            services.assign_expert(
                found, form.candidate, by=by, version=form.version, reserve=form.reserve_named
            )
        if not form.refused:
            return done(request, _url(found), _assigned(access.practice_for(by, pk)))
    return page(
        request,
        "best_practices/practice.html",
        practice=found,
        text=found.text,
        sections=sections_of(found.text),
        sheets=_sheets(found, may_assign),
        **_standing(found, may_assign, by),
        form=form,
        find=find if may_assign else None,
        proposed=proposed,
        nobody=may_assign and not proposed.free,
        verdict=verdict(found),
        ready=len(submitted(found)),
        published=address_in_bank(found.code),
        offers=PRACTICE.offers(found, by),
        crumbs=[("Практики школ", reverse("expertise:practices"))],
    )


def _standing(found: Practice, may_assign: bool, by: Actor) -> dict[str, Any]:
    """Whose move it is, until when, what was remarked, and who stands in the reserve."""
    return {
        "lane": walk_of(PRACTICE, found),
        "leads_calls": access.can_announce_call(by),
        "baton": PRACTICE.baton_of(found),
        "waiting": waiting_lines(found) if found.state in UNDER_REVIEW else [],
        "may_assign": may_assign,
        "remarks": of_practice(found),
        "reserve": reserve_of(found) if may_assign else [],
    }


def _sheets(found: Practice, may_lead: bool) -> list[Sheet]:
    """Assignments of this revision with their people; who can be taken away has a way to it."""
    rows = [review for review in found.reviews.all() if review.revision == found.revision]
    people = names_of(review.expert for review in rows)
    experts = {review.pk: people.get(review.expert) for review in rows}
    begun = in_work(rows)
    return [
        Sheet(
            review,
            experts[review.pk],
            experts.get(review.instead_of_id or 0),
            _ways(review, found) if may_lead else [],
            review.pk in begun,
        )
        for review in rows
    ]


def _ways(review: Review, found: Practice) -> list[tuple[str, str]]:
    """From every state in which somebody is waited for there are three ways on."""
    words = [("replace", "Заменить"), ("prolong", "Продлить срок"), ("withdraw", "Снять эксперта")]
    if is_bound_sheet(review, found):
        words = [("withdraw", "Снять эксперта")]
    elif review.state not in WAITED:
        return []
    return [(word, reverse(f"expertise:{name}", args=[review.uuid])) for name, word in words]


def _assigned(found: Practice) -> str:
    """What is next after an expert was named."""
    if found.state != S.FORMAL_CHECK:
        return "Эксперт назначен. Эстафета у него."
    return (
        "Эксперт назначен. Теперь отправьте практику на экспертизу."
        if len(live(found)) >= 2
        else "Эксперт назначен. Нужен ещё один, из другой школы."
    )


@require_POST
def move(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A step of the practice by a button."""
    by = request.actor
    found = access.practice_for(by, pk)
    return done(request, _url(found), pressed(request, PRACTICE, found, by=by))


@require_safe
def protocol(request: PortalRequest, pk: UUID) -> HttpResponseBase:
    """T-37 in Word."""
    by = request.actor
    return papers.answer(exports.PROTOCOL, access.practice_for(by, pk), by)


@require_safe
def pool(request: PortalRequest) -> HttpResponse:
    """The pool of experts, found by subject, load and name."""
    by = request.actor
    if by.school is not None or not by.can("practice:lead"):
        raise Forbidden
    empty = Empty(
        "Экспертов пока нет",
        "Педагог становится экспертом сам, на странице «Мои данные», или соглашается на предложение своей "
        "школы.",
    )
    sorts = {
        "load": ("Ждут листы", ["load", "user__name_key", "id"]),
        "name": ("Эксперт", ["user__name_key", "id"]),
    }
    listing = ListPage(request, experts_visible_to(by), filters=PoolFilters, sorts=sorts, empty=empty)
    with_schools(listing.rows)
    return listing.answer(
        "best_practices/pool.html", crumbs=[("Практики школ", reverse("expertise:practices"))]
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The methodist takes an expert away, with a reason; another is named on the page of the practice."""
    by = request.actor
    found = access.led_review_for(by, pk)
    verb = "set_aside" if found.state == ReviewState.SUBMITTED else "withdraw"
    if not REVIEW.opens(found.state, verb):
        raise Conflict("gone", f"Этого эксперта уже не ждут: {found.get_state_display()}.")
    bound = found.state in WAITED or is_interested(found.practice, found.expert)
    only_while(
        request,
        bound,
        _url(found.practice),
        "Лист уже сдан: снять его можно только с того, кто связан с авторами.",
    )
    form = WithdrawForm(request.POST or None, version=found.version)
    if request.method == "POST" and form.is_valid():
        said = REVIEW.said(verb, found.state)
        with form.catching():
            services.move_review(
                found, verb, by=by, version=form.version, comment=form.cleaned_data["reason"]
            )
        if not form.refused:
            return done(request, _url(found.practice), said)
    return page(
        request,
        "best_practices/withdraw.html",
        form=form,
        review=found,
        person=names_of([found.expert]).get(found.expert),
        back_url=_url(found.practice),
    )


@require_safe
def reviews(request: PortalRequest) -> HttpResponse:
    """One's own assignments."""
    rows = own_reviews(request.actor)
    return page(
        request,
        "best_practices/reviews.html",
        invited=[row for row in rows if row.state == ReviewState.INVITED],
        reviews=[row for row in rows if row.state != ReviewState.INVITED],
        refusals=Refusal.choices,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The practice without names, and the sheet: handed in, or put by for later."""
    by = request.actor
    found = access.review_for(by, pk)
    is_written = found.state == ReviewState.ACCEPTED
    draft = draft_of(found) if is_written else None
    typed = draft.typed if draft else None
    form = CitySheetForm(request.POST or None, typed=typed, version=found.version) if is_written else None
    if request.method == "POST" and form is None:
        raise Conflict("submitted", f"Этот лист сейчас не заполняют. Эксперт: {found.get_state_display()}.")
    if form is not None and LATER in request.POST:
        services.save_draft(found, written_in(request, form), by=by)
        return done(request, reverse("expertise:reviews"), "Черновик листа сохранён. Его видите только вы.")
    if request.method == "POST" and form is not None and form.is_valid():
        said, comment = REVIEW.said("submit", found.state), form.cleaned_data["comment"]
        with form.catching():
            services.move_review(
                found, "submit", by=by, version=form.version, comment=comment, asked=form.asked()
            )
        if not form.refused:
            return done(request, reverse("expertise:reviews"), said)
    return page(request, "best_practices/review.html", form=form, draft=draft, **_read(request, found))


def _read(request: PortalRequest, found: Review) -> dict[str, Any]:
    """What an expert reads of a practice."""
    text = blinded(found.practice)
    return {
        "review": found,
        "text": text,
        "sections": sections_of(text),
        "known": judged_and_open(found),
        "differences": differences_for(found),
        "refusals": Refusal.choices,
        "sheet_until": sheet_until(),
        "tab": tab_of(request) or uuid4(),
        "save_url": reverse("expertise:save", args=[found.uuid]),
        "crumbs": [("Моя экспертиза", reverse("expertise:reviews"))],
    }


@require_safe
def sheet(request: PortalRequest, pk: UUID) -> HttpResponseBase:
    """T-36 in Word."""
    by = request.actor
    found = access.sheet_for(by, pk)
    if found.state != ReviewState.SUBMITTED:
        raise NotVisible
    return papers.answer(exports.SHEET, found, by)
