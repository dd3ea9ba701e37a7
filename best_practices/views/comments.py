"""Words of readers about practices: who writes them sees them at once, the methodist lets them through, the
author answers.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from best_practices.asked_of_authors import asked_of_author
from best_practices.forms_of_readers import AnswerForm, CommentForm, JudgeForm
from best_practices.models import PracticeComment
from best_practices.readers import card_for_reader, teacher
from best_practices.services import comments as writing
from best_practices.talk import (
    can_judge_comments,
    cards_of,
    comment_to_answer_for,
    judged_comment_for,
    judged_lately,
    marked,
    own_comment_for,
    own_comments,
    waiting_comments,
    with_cards,
)
from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.ui.shortcuts import done, only_while, page
from tenants.addresses import city_url

_SENT = "Записано. Сейчас это видите вы и методист, а когда он проверит, увидят все."
_JUDGED = "Отзыв уже проверили: теперь его можно только убрать."


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Мои данные", reverse("me")), *more]


_OWN = "Мои отзывы"


@require_safe
def comments(request: PortalRequest) -> HttpResponse:
    """One's own words, each with where it is now, and what colleagues have said of one's own practices."""
    by = request.actor
    told: dict[str, Any] = {"own": with_cards(own_comments(by)), "asked": with_cards(asked_of_author(by))}
    return page(request, "best_practices/talk/own.html", **told, crumbs=_crumbs())


@require_http_methods(["GET", "HEAD", "POST"])
def comment_new(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A word about a card of the bank."""
    by, card = request.actor, card_for_reader(request.actor, pk)
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            writing.write_comment(card, **form.cleaned_data, by=by)
        if not form.refused:
            return done(request, reverse("own_bank:comments"), _SENT)
    crumbs = [("Банк практик", city_url("bank:find")), (card.title, city_url("bank:practice", card.uuid))]
    told: dict[str, Any] = {
        "card": card,
        "place": teacher(by).short_name,
        "person": request.person,
        "crumbs": crumbs,
    }
    return page(request, "best_practices/talk/new.html", form=form, **told)


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: PortalRequest, pk: UUID) -> HttpResponse:
    """One's own word, while nobody has judged it."""
    by, found, back = request.actor, own_comment_for(request.actor, pk), reverse("own_bank:comments")
    only_while(request, found.waits, back, _JUDGED)
    kept = {"text": found.text, "is_question": found.is_question}
    kind = CommentForm if found.answers_id is None else AnswerForm
    form = kind(request.POST or None, initial=kept, version=found.version)
    if request.method == "POST" and form.is_valid():
        said = {"is_question": False, **form.cleaned_data}
        with form.catching():
            writing.change_comment(found, **said, by=by, version=form.version)
        if not form.refused:
            return done(request, back, "Записано.")
    return page(
        request, "best_practices/talk/edit.html", form=form, comment=found, crumbs=_crumbs((_OWN, back))
    )


@require_POST
def comment_withdraw(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Gone at once, from the card too."""
    writing.withdraw_comment(own_comment_for(request.actor, pk), by=request.actor)
    return done(request, reverse("own_bank:comments"), "Убрано.")


@require_http_methods(["GET", "HEAD", "POST"])
def comment_answer(request: PortalRequest, pk: UUID) -> HttpResponse:
    """The author answers a colleague."""
    by, asked, back = request.actor, comment_to_answer_for(request.actor, pk), reverse("own_bank:comments")
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.catching():
            writing.answer_comment(asked, text=form.cleaned_data["text"], by=by)
        if not form.refused:
            return done(request, back, _SENT)
    card = cards_of({asked.practice}).first()
    told: dict[str, Any] = {"asked": asked, "card": card, "crumbs": _crumbs((_OWN, back))}
    return page(request, "best_practices/talk/answer.html", form=form, **told)


# ── The methodist ───────────────────────────────────────────────────────────────────────────────────
@require_safe
def queue(request: PortalRequest) -> HttpResponse:
    """What waits, the first written first, and what was judged lately."""
    if not can_judge_comments(request.actor):
        raise Forbidden("Отзывы проверяет методист.")
    told: dict[str, Any] = {"waiting": with_cards(waiting_comments()), "judged": with_cards(judged_lately())}
    crumbs = [("Практики школ", reverse("expertise:practices"))]
    return page(request, "best_practices/talk/queue.html", **told, crumbs=crumbs)


@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A comment with what may tell of people marked; the word may be changed later."""
    by, found, back = request.actor, judged_comment_for(request.actor, pk), reverse("expertise:comments")
    form = JudgeForm(request.POST or None, version=found.version, initial=_begun(found))
    if request.method == "POST" and form.is_valid():
        with form.catching():
            writing.judge_comment(found, **form.said, by=by, version=form.version)  # type: ignore[arg-type]
        if not form.refused:
            return done(request, back, "Записано. Тот, кто писал, узнает.")
    crumbs = [("Практики школ", reverse("expertise:practices")), ("Отзывы о практиках", back)]
    card = cards_of({found.practice}).first()
    pieces = marked(found.text)
    told: dict[str, Any] = {
        "comment": found,
        "card": card,
        "pieces": pieces,
        "asks": any(one.why for one in pieces),
    }
    return page(request, "best_practices/talk/judge.html", form=form, **told, crumbs=crumbs)


def _begun(found: PracticeComment) -> dict[str, str]:
    if found.waits:
        return {}
    return {"word": "show" if found.is_shown else "decline", "reason": found.reason}
