"""Mentors and needs of a past day, in the state of the day, as they are known today (docs/adr/0040)."""

import datetime as dt
from typing import Any

from django.db.models import Choices
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.accounts.request import PortalRequest
from portal.mentor_bank.filters import CardOnDayFilters, NeedOnDayFilters
from portal.mentor_bank.models import CardStage, MenteeNeed, MentorCard, NeedStage
from portal.mentor_bank.states import CardState, NeedState
from portal.staff.models import WORK
from portal.staff.models.names import name_on
from portal.staff.selectors.of_day import told_of
from portal.ui.on_day import DayList, nothing_on, word_then

STATE = ("Состояние", ["state_then", "id"])
BY_NAME = ["person__name_key", "id"]


@require_safe
def cards_of_day(request: PortalRequest, day: dt.date) -> HttpResponse:
    """Cards that were there."""
    url = reverse("mentor_bank:cards")
    rows = MentorCard.objects.select_related("person").prefetch_related(f"person__{WORK}")
    listing = DayList(
        request,
        CardStage.there_on(rows, day).visible_on_day(request.actor),  # type: ignore[attr-defined]
        filters=CardOnDayFilters,
        sorts={"who": ("Наставник", BY_NAME), "state": STATE},
        default="who",
        empty=nothing_on(day, "В этот день карточек наставников в портале не было.", url),
    )
    told = told_of([card.person for card in listing.rows], day)
    for card in listing.rows:
        card.then = told[card.person.pk]
        _say(card, CardState, day)
    return listing.of_day("mentor_bank/cards_of_day.html", day, today=("Наставники школы", url))


@require_safe
def needs_of_day(request: PortalRequest, day: dt.date) -> HttpResponse:
    """Needs that had been written down."""
    url = reverse("mentor_bank:needs")
    listing = DayList(
        request,
        NeedStage.there_on(MenteeNeed.objects.visible_to(request.actor).select_related("person"), day),
        filters=NeedOnDayFilters,
        sorts={"who": ("Кому", BY_NAME), "state": STATE},
        default="who",
        empty=nothing_on(day, "В этот день потребностей в портале не было.", url),
    )
    for need in listing.rows:
        _say(need, NeedState, day)
    return listing.of_day("mentor_bank/needs_of_day.html", day, today=("Потребности", url))


def _say(row: Any, states: type[Choices], day: dt.date) -> None:
    row.who_then = name_on(row.person, day).short_name
    row.word_then = word_then(states, row)
