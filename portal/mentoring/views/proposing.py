"""Proposing: a need, its possible mentors with reasons, the terms."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.request import PortalRequest
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Forbidden, NotVisible
from portal.mentor_bank.access import need_for
from portal.mentor_bank.models import MenteeNeed, MentorCard, MentoringSettings
from portal.mentor_bank.selectors.matching import mentors_for
from portal.mentor_bank.selectors.mentors import ready_mentors
from portal.mentor_bank.states import NeedState
from portal.mentoring import services
from portal.mentoring.forms.pairs import PAY_FIELDS, GroupForm, LedTermsForm, TermsForm, usual_pay
from portal.mentoring.selectors.people import line_about
from portal.staff.models import Person
from portal.ui.parts import lane_of
from portal.ui.shortcuts import done, only_while, page

STEPS = [("need", "Потребность"), ("mentor", "Наставник"), ("terms", "Условия"), ("consent", "Согласия")]


def _proposer(by: Actor, need: MenteeNeed) -> None:
    if not (by.can("pair:propose") or by.is_person(need.person.user)):
        raise Forbidden("Пару предлагает куратор, ШМО или сам человек.")


@require_safe
def mentors(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    need = need_for(by, pk)
    _proposer(by, need)
    crumbs = [
        ("Потребности", reverse("mentor_bank:needs")),
        (need.person.short_name, reverse("mentor_bank:need", args=[pk])),
    ]
    return page(
        request,
        "mentoring/propose.html",
        need=need,
        matches=mentors_for(need),
        steps=lane_of(STEPS, "mentor"),
        crumbs=crumbs,
        shows_score=by.can("pair:propose"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: PortalRequest, pk: UUID, mentor: UUID) -> HttpResponse:
    by = request.actor
    need = need_for(by, pk)
    _proposer(by, need)
    word = f"По этой потребности пару уже не предлагают. Потребность: {need.get_state_display()}."
    only_while(
        request,
        need.state in (NeedState.NEW, NeedState.ACCEPTED),
        reverse("mentor_bank:need", args=[pk]),
        word,
    )
    card = (
        MentorCard.objects.visible_to(by).ready().filter(person__uuid=mentor).select_related("person").first()
    )
    if card is None:
        raise NotVisible
    kind = LedTermsForm if by.can("pair:lead") else TermsForm
    form = kind(request.POST or None, initial=_first_terms(need, card))
    if request.method == "POST" and form.is_valid():
        answer = _propose(request, form, card.person, [need.person])
        if answer is not None:
            return answer
    crumbs = [
        ("Потребности", reverse("mentor_bank:needs")),
        ("Выбор наставника", reverse("mentoring:propose", args=[pk])),
    ]
    return page(
        request,
        "mentoring/terms.html",
        form=form,
        need=need,
        mentor=card.person,
        steps=lane_of(STEPS, "terms"),
        crumbs=crumbs,
        can_ask=by.can("pair:lead"),
    )


def _usual_end(start: dt.date) -> dt.date:
    """The end of the school year, as far as the school's own longest term allows."""
    return min(dt.date(start.year + (start.month >= 6), 5, 31), MentoringSettings.here().longest_until(start))


def _first_terms(need: MenteeNeed, card: MentorCard) -> dict[str, Any]:
    """What the portal knows already; the person confirms or mends."""
    start = max(need.wanted_from or clock.today(), clock.today())
    longest = MentoringSettings.here().longest_until(start)
    end = min(need.wanted_to, longest) if need.wanted_to else _usual_end(start)
    return {
        "goal": need.request[:300],
        "form": need.desired_form or "teacher_teacher",
        "role_model": "experienced_young" if need.category == "young" else "subject_subject",
        "kinds": need.desired_kinds or ["traditional"],
        "selection": line_about(card.person),
        "planned_from": start,
        "planned_to": end,
        **usual_pay(),
    }


def _propose(
    request: PortalRequest, form: TermsForm, mentor: Person, mentees: list[Person]
) -> HttpResponse | None:
    by = request.actor
    ask = by.can("pair:lead") and request.POST.get("ask") == "1"
    values = {name: value for name, value in form.cleaned_data.items() if name not in ("mentor", "mentees")}
    pay = {name: values.pop(name) for name in PAY_FIELDS if name in values}
    with form.catching():
        pair = services.propose_pair(by=by, mentor=mentor, mentees=mentees, ask=ask, **values)
        if pay.get("pay_basis") and by.can("pair:lead"):
            services.settle_pay(pair, by=by, **pay)
    if form.refused:
        return None
    text = (
        f"Записано. Эстафета у пары: {mentor.short_name} и {mentees[0].short_name} ответят сами."
        if ask
        else "Записано. Эстафета у куратора."
    )
    return done(request, reverse("cabinet:pair", args=[pair.uuid]), text)


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: PortalRequest) -> HttpResponse:
    """A group: one mentor, several mentees whose needs are open."""
    by = request.actor
    if not by.can("pair:propose"):
        raise Forbidden("Группу предлагает куратор или ШМО.")
    waiting = MenteeNeed.objects.filter(state__in=(NeedState.NEW, NeedState.ACCEPTED)).values("person")
    people = Person.objects.filter(pk__in=waiting).order_by("name_key", "id")
    today = clock.today()
    initial = {
        "planned_from": today,
        "planned_to": _usual_end(today),
        "kinds": ["group"],
        "form": "teacher_teacher",
        **usual_pay(),
    }
    form = GroupForm(request.POST or None, mentors=ready_mentors(), people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        answer = _propose(request, form, form.cleaned_data["mentor"], list(form.cleaned_data["mentees"]))
        if answer is not None:
            return answer
    return page(
        request,
        "mentoring/terms.html",
        form=form,
        need=None,
        mentor=None,
        steps=lane_of(STEPS, "mentor"),
        crumbs=[("Пары", reverse("mentoring:pairs"))],
        can_ask=by.can("pair:lead"),
    )
