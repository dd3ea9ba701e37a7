"""The list of programmes: what it is narrowed by, and the programmes of a past day, in the state of the day,
as they are known today (docs/adr/0040).
"""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.accounts.request import PortalRequest
from portal.mentoring.models import Pair
from portal.pair_work.models import Programme, ProgrammeStage
from portal.pair_work.states import ProgrammeState
from portal.staff.models.names import name_on
from portal.staff.selectors import surname_begins
from portal.ui.lists import FilterForm
from portal.ui.on_day import DayList, PastDayField, nothing_on, word_then


class ProgrammeFilters(FilterForm):
    """By the mentor's name and state; another day may be asked for."""

    q = forms.CharField(label="Фамилия наставника")
    state = forms.ChoiceField(label="Состояние", choices=[("", "Все"), *ProgrammeState.choices])
    on = PastDayField()
    state_column = "state"

    def narrow(self, rows: Any) -> Any:
        if self.picked("q"):
            rows = rows.filter(surname_begins(self.picked("q") or "", through="pair__mentor"))
        return rows.filter(**{self.state_column: self.picked("state")}) if self.picked("state") else rows


class ProgrammeOnDayFilters(ProgrammeFilters):
    """The same of a past day: by the state of the day."""

    state_column = "state_then"


SORTS = {
    "mentor": ("Пара", ["pair__mentor__name_key", "id"]),
    "until": ("До", ["ends_on", "id"]),
    "state": ("Состояние", ["state_then", "id"]),
}


@require_safe
def programmes_of_day(request: PortalRequest, day: dt.date) -> HttpResponse:
    """Programmes that had been begun."""
    url = reverse("pair_work:programmes")
    rows = (
        Programme.objects.visible_to(request.actor)
        .select_related("pair__mentor")
        .prefetch_related("pair__pair_mentees__mentee")
    )
    listing = DayList(
        request,
        ProgrammeStage.there_on(rows, day),
        filters=ProgrammeOnDayFilters,
        sorts=SORTS,
        default="mentor",
        empty=nothing_on(day, "В этот день программ в портале не было.", url),
    )
    for programme in listing.rows:
        programme.pair_then = _called_then(programme.pair, day)
        programme.word_then = word_then(ProgrammeState, programme)
    return listing.of_day("pair_work/programmes_of_day.html", day, today=("Программы", url))


def _called_then(pair: Pair, day: dt.date) -> str:
    people = ", ".join(name_on(person, day).short_name for person in pair.people)
    return f"{name_on(pair.mentor, day).short_name} и {people}"
