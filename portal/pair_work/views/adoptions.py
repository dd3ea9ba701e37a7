"""«Взять в программу» in three presses from the card, and the one question at the end."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from best_practices.access import bank_practice_for
from best_practices.models import BankPractice
from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.pair_work import services
from portal.pair_work.access import adoption_for, programme_for
from portal.pair_work.access import adoptions as access
from portal.pair_work.dated import deeds_of
from portal.pair_work.forms.adoptions import OutcomeForm, SendOutcomeForm, TakeForm
from portal.pair_work.models import Adoption, Programme
from portal.pair_work.selectors import adoptions_going as going
from portal.pair_work.selectors.adoptions import (
    deeds_from,
    indicators_of,
    is_of_this_school,
    places_for,
    why_not,
)
from portal.pair_work.states import ProgrammeState
from portal.pair_work.views.programmes import holds
from portal.ui.shortcuts import done, only_while, page, version_of

WRITES_NOTHING = "Практику берёт в программу её наставник."
NOT_YET = "Как сработала практика, спрашивают, когда программа закончилась."


@require_safe
def take(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Which of one's own programmes the practice goes to."""
    card = _card(request, pk)
    return page(
        request,
        "pair_work/take.html",
        card=card,
        places=places_for(request.actor, card),
        back=("К практике", reverse("bank:practice", args=[pk])),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_into(request: PortalRequest, pk: UUID, programme: UUID) -> HttpResponse:
    """What will be added is shown, and then added."""
    by, row = request.actor, programme_for(request.actor, programme)
    if not access.can_take_practice(by, row):
        raise Forbidden(WRITES_NOTHING)
    url = reverse("pair_work:programme", args=[programme])
    form = TakeForm(request.POST if request.method == "POST" else None, version=row.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            _, is_new = services.take_practice(row, pk, by=by, version=form.version, **form.cleaned_data)
        if not form.refused:
            return done(request, url, _said(by, programme) if is_new else "Эта практика уже в программе.")
    card = _card(request, pk)
    only_while(request, not why_not(row), url, why_not(row))
    if not form.is_bound:
        form = TakeForm(initial={"revision": card.revision}, version=row.version)
    return page(
        request,
        "pair_work/take_into.html",
        form=form,
        deeds=deeds_of(card.text.steps, deeds_from(row), row.ends_on),
        **_known(card, row),
        back=("К выбору программы", reverse("pair_work:take_practice", args=[pk])),
    )


def _known(card: BankPractice, row: Programme) -> dict[str, Any]:
    return {
        "card": card,
        "programme": row,
        "is_own": is_of_this_school(card),
        **going.taken(card, row),
        "is_corrected": row.state == ProgrammeState.IN_PROGRESS,
    }


def _card(request: PortalRequest, pk: UUID) -> BankPractice:
    """Raises NotVisible for whoever does not read the bank, and Gone for what was taken off."""
    return bank_practice_for(request.actor, pk)


def _said(by: Any, programme: UUID) -> str:
    row = programme_for(by, programme)
    if row.state == ProgrammeState.CORRECTION:
        return "Шаги практики в плане. Посмотрите их и отправьте уточнение: пара согласится с новым планом."
    return f"Шаги практики в плане. {holds(row)}"


@require_safe
def adoption(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A practice in a programme: what of it was taken, and what came of it."""
    return _shown(request, adoption_for(request.actor, pk))


def _shown(request: PortalRequest, row: Adoption, form: SendOutcomeForm | None = None) -> HttpResponse:
    by = request.actor
    tells, card = access.can_tell_outcome(by, row), access.card_to_take(by, row.card)
    can_drop = access.can_drop_adoption(by, row) and row.ended_on is None and row.dropped_on is None
    return page(
        request,
        "pair_work/adoption.html",
        adoption=row,
        card=card,
        newer=card if card and can_drop and card.revision > row.revision else None,
        **going.told(row),
        form=form or (_sending(row) if tells else None),
        can_tell=tells and row.ended_on is not None and row.dropped_on is None,
        can_drop=can_drop,
        can_name=access.can_name_school(by, row) and not row.is_own and row.dropped_on is None,
        crumbs=_crumbs(row),
    )


def _sending(row: Adoption) -> SendOutcomeForm | None:
    """While there is an answer that has not left."""
    waits = row.outcome and row.sent_on is None and not row.is_own
    return SendOutcomeForm(adoption=row, version=row.version) if waits else None


@require_POST
def send(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The answer goes to the city."""
    row = adoption_for(request.actor, pk)
    form = SendOutcomeForm(request.POST, adoption=row, version=row.version)
    if form.is_valid():
        with form.catching():
            services.send_outcome(row, by=request.actor, version=form.version, **form.cleaned_data)
    if not form.is_valid():
        return _shown(request, row, form)
    return done(request, reverse("pair_work:adoption", args=[pk]), "Ответ ушёл: его увидят те, кто выбирает.")


def _crumbs(row: Adoption) -> list[tuple[str, str]]:
    pair, url = row.programme.pair, reverse("pair_work:programme", args=[row.programme.uuid])
    return [(pair.title, reverse("cabinet:pair", args=[pair.uuid])), (row.programme.title, url)]


@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: PortalRequest, pk: UUID) -> HttpResponse:
    """How it worked."""
    by, row = request.actor, adoption_for(request.actor, pk)
    if not access.can_tell_outcome(by, row):
        raise Forbidden("Как сработала практика, говорит сама пара.")
    url = reverse("pair_work:adoption", args=[pk])
    only_while(request, row.ended_on is not None and row.dropped_on is None, url, NOT_YET)
    form = OutcomeForm(request.POST or None, indicators=indicators_of(row), adoption=row, version=row.version)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            services.tell_outcome(row, by=by, version=form.version, **form.said())
        if not form.refused:
            return done(request, url, _after_answer(row))
    return page(
        request,
        "mentoring/task.html",
        form=form,
        title="Как сработала практика?",
        submit="Записать ответ",
        lead=row.title,
        who=f"{row.programme.pair.title}. Один вопрос, две минуты.",
        back=("К практике в программе", url),
    )


@require_POST
def renew(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The pair moves to the new text of the practice."""
    row = adoption_for(request.actor, pk)
    services.move_to_new_text(row, by=request.actor, version=version_of(request))
    said = "Теперь у вас новая редакция практики. План поправьте сами: что в нём изменить, видно в банке."
    return done(request, reverse("pair_work:adoption", args=[pk]), said)


def _after_answer(row: Adoption) -> str:
    if row.is_own:
        return "Записано. Спасибо: теперь это знает и школа."
    return "Записано в школе. Ниже видно, что уйдёт в банк, если вы передадите ответ."


@require_POST
def drop(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The practice is taken out of the programme."""
    row = adoption_for(request.actor, pk)
    services.drop_adoption(row, by=request.actor, version=version_of(request))
    url = reverse("pair_work:programme", args=[row.programme.uuid])
    return done(
        request, url, "Практика убрана. Её дела остались в плане: лишние уберите, когда будете править."
    )
