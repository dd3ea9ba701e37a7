"""Pages of the steps of a pair that ask something: a form, and what the row of the step does not say."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portal.accounts.request import PortalRequest
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Forbidden
from portal.mentor_bank.selectors.mentors import ready_mentors
from portal.mentoring.access import pair_for
from portal.mentoring.forms.pairs import ConclusionForm, NoticeForm, ReplaceForm
from portal.mentoring.models import Pair
from portal.mentoring.workflow import PAIR
from portal.mentoring.workflow.guards import earliest_end
from portal.ui.shortcuts import done, only_while, page
from portal.ui.step_form import StepForm


def _nothing_more(pair: Pair, by: Actor) -> dict[str, Any]:
    return {}


def _itself(pair: Pair) -> Pair:
    return pair


@dataclass(frozen=True, kw_only=True)
class StepPage:
    """`title`, `submit`, `lead`: the words of its form; `refused`, `closed`: whose step it is, and what is
    said when its time is over; `given`: what the form needs besides; `shown`: the pair to go on with.
    """

    form: type[StepForm[Any]]
    verb: Callable[[Any], str]
    title: str
    submit: str
    lead: Callable[[Pair, Actor], str]
    refused: str
    closed: str
    given: Callable[[Pair, Actor], dict[str, Any]] = _nothing_more
    shown: Callable[[Pair], Pair] = _itself
    kind: str = "primary"


def _first_day(pair: Pair, by: Actor) -> dt.date:
    return earliest_end(pair.role_of(by) or "school", clock.today())


def _other_mentors(pair: Pair, by: Actor) -> dict[str, Any]:
    return {
        "mentors": ready_mentors().exclude(pk=pair.mentor_id),
        "initial": {"planned_from": clock.today() + dt.timedelta(days=3)},
    }


PAGES = {
    "conclude": StepPage(
        form=ConclusionForm,
        verb=lambda asked: str(asked.verb),
        title="Подходят ли они друг другу?",
        submit="Дать заключение",
        lead=lambda pair, by: (
            "Вывод увидят все, кто видит пару. Совет увидят куратор и директор, сама пара его не видит. "
            "Изменить заключение потом нельзя."
        ),
        refused="Заключение даёт педагог-психолог.",
        closed="Заключение по этой паре сейчас не нужно",
    ),
    "notice": StepPage(
        form=NoticeForm,
        verb=lambda asked: "give_notice",
        title="Закончить раньше срока",
        submit="Подать уведомление",
        lead=lambda pair, by: f"Можно с {_first_day(pair, by):%d.%m.%Y}. Причину писать не нужно.",
        refused="Закончить пару могут её участники и директор.",
        closed="Уведомление сейчас подать нельзя",
        given=lambda pair, by: {"initial": {"ends_on": _first_day(pair, by)}},
        kind="second",
    ),
    "replace": StepPage(
        form=ReplaceForm,
        verb=lambda asked: "replace",
        title="Кто продолжит?",
        submit="Предложить нового наставника",
        lead=lambda pair, by: "Согласие спросим у нового наставника и у наставляемого.",
        refused="Наставника заменяет куратор.",
        closed="Заменить наставника сейчас нельзя",
        given=_other_mentors,
        shown=lambda pair: Pair.objects.get(predecessor=pair),
    ),
}
"""By the name that the row gives its page, which is the end of its address too."""


@require_http_methods(["GET", "POST"])
def step(request: PortalRequest, pk: UUID, name: str) -> HttpResponse:
    by = request.actor
    pair, about = pair_for(by, pk), PAGES[name]
    rows = [row for row in PAIR.transitions if row.page == name]
    if not any(row.rule(by, pair) for row in rows):
        raise Forbidden(about.refused)
    back = reverse("cabinet:pair", args=[pk])
    possible = PAIR.opens(pair.state, *(row.verb for row in rows))
    only_while(request, possible, back, f"{about.closed}. Пара: {pair.get_state_display()}.")
    form = about.form(request.POST or None, version=pair.version, **about.given(pair, by))
    if request.method == "POST" and form.is_valid():
        asked = form.asked()
        said = PAIR.said(about.verb(asked), pair.state)
        with form.catching():
            PAIR.move(pair, about.verb(asked), by=by, version=form.version, asked=asked)
        if not form.refused:
            return done(request, reverse("cabinet:pair", args=[about.shown(pair).uuid]), said)
    return page(
        request,
        "mentoring/task.html",
        form=form,
        title=about.title,
        submit=about.submit,
        lead=about.lead(pair, by),
        who=pair.title,
        kind=about.kind,
        back=("К паре", back),
    )
