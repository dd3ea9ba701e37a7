"""The page of one's own consent: the paper, the scan, and the right to say no."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.offices import Office
from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden, Invalid
from portal.files.storing import store
from portal.mentoring import services
from portal.mentoring.access import consent_for
from portal.mentoring.access import pairs as access
from portal.mentoring.forms.pairs import ConsentForm, ProfileForm, RefusalForm
from portal.mentoring.models import MentoringConsent
from portal.mentoring.selectors.people import note_about
from portal.mentoring.states import ConsentState, PairRole, PairState
from portal.mentoring.workflow import CONSENT
from portal.papers import freezing as papers
from portal.staff.models import Person
from portal.staff.selectors import Holders
from portal.ui.shortcuts import done, only_while, page, version_of

CHOICES: dict[bool | None, str] = {True: "yes", False: "no"}


@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row = consent_for(by, pk)
    is_open = _is_asked(row)
    for_mentee, chosen = row.role == PairRole.MENTEE, CHOICES.get(row.shows_profile, "")
    form = ConsentForm(
        request.POST or None,
        request.FILES or None,
        for_mentee=for_mentee,
        version=row.version,
        initial={"shows_profile": chosen},
    )
    if request.method == "POST" and form.is_valid():
        said = CONSENT.said("give", row.state)
        with form.catching():
            asked = form.asked(scan=store(form.cleaned_data["scan"], by=by, field="scan"))
            services.answer_consent(row, "give", by=by, version=form.version, asked=asked)
        if not form.refused:
            row.pair.refresh_from_db()
            return done(request, _pair_page(row), f"{said} Эстафета {_whose(row.pair.state)}.")
    return page(
        request,
        "mentoring/consent.html",
        consent=row,
        pair=row.pair,
        form=form,
        is_open=is_open,
        own=access.is_own_consent(by, row),
        choice=ProfileForm(version=row.version, initial={"shows_profile": chosen})
        if for_mentee and is_open and access.is_own_consent(by, row)
        else None,
        shown=papers.shown(papers.KINDS["T-07" if for_mentee else "T-06"], row),
        back=("К паре", _pair_page(row)),
        other=_other(row),
        other_note=note_about(_other(row)),
    )


@require_POST
def choice(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The mentee's answer about the profile, before the paper is printed."""
    by = request.actor
    row, form = consent_for(by, pk), ProfileForm(request.POST)
    if not form.is_valid():
        raise Invalid("shows_profile", "Выберите один из двух ответов.", "shows_profile")
    services.choose_profile(row, by=by, version=version_of(request), **form.cleaned_data)
    return done(
        request, reverse("mentoring:consent", args=[pk]), "Ответ записан. Теперь согласие можно распечатать."
    )


def _is_asked(row: MentoringConsent) -> bool:
    return bool(row.state == ConsentState.DRAFT and row.pair.state == PairState.CONSENT_PENDING)


def _whose(state: str) -> str:
    if state != PairState.PSYCH_CHECK:
        return "у второго участника"
    return "у психолога" if Holders.here().has(Office.PSYCHOLOGIST) else "у куратора"


def _other(row: MentoringConsent) -> Person:
    return row.pair.mentor if row.role == PairRole.MENTEE else row.pair.mentee


def _pair_page(row: MentoringConsent) -> str:
    return reverse("cabinet:pair", args=[row.pair.uuid])


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: PortalRequest, pk: UUID) -> HttpResponse:
    return _say_no(request, pk, "refuse")


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: PortalRequest, pk: UUID) -> HttpResponse:
    return _say_no(request, pk, "withdraw")


def _say_no(request: PortalRequest, pk: UUID, verb: str) -> HttpResponse:
    by = request.actor
    row = consent_for(by, pk)
    if not access.is_own_consent(by, row):
        raise Forbidden("Ответить за другого человека нельзя.")
    possible = CONSENT.opens(row.state, verb) and (
        _is_asked(row) if verb == "refuse" else row.pair.state != PairState.PROPOSED
    )
    only_while(
        request,
        possible,
        reverse("mentoring:consent", args=[pk]),
        f"Ваше согласие: {row.get_state_display()}. Пара: {row.pair.get_state_display()}.",
    )
    form = RefusalForm(request.POST or None, version=row.version)
    if request.method == "POST" and form.is_valid():
        said = CONSENT.said(verb, row.state)
        with form.catching():
            services.answer_consent(row, verb, by=by, version=form.version, asked=form.asked())
        if not form.refused:
            return done(request, _pair_page(row), said)
    title = "Отказаться от пары?" if verb == "refuse" else "Отозвать согласие?"
    return page(
        request,
        "mentoring/task.html",
        form=form,
        title=title,
        submit="Отказаться" if verb == "refuse" else "Отозвать согласие",
        kind="second",
        who=row.pair.title,
        lead=f"Можно отказаться без объяснений. На работе это никак не отразится. {CONSENT.final(verb)}",
        back=("К согласию", reverse("mentoring:consent", args=[pk])),
    )
