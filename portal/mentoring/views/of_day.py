"""The list of pairs: what it is narrowed by, and the list of a past day, as it is known today."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.accounts.request import PortalRequest
from portal.mentor_bank.states import MentoringForm, MentoringKind
from portal.mentoring.models import Pair, PairMentee, PairStage
from portal.mentoring.selectors.figures import working_pairs
from portal.mentoring.states import PairState
from portal.staff.models.names import name_on
from portal.staff.selectors import surname_begins
from portal.ui.lists import FilterForm
from portal.ui.on_day import DayList, PastDayField, nothing_on, word_then


class PairFilters(FilterForm):
    q = forms.CharField(label="Фамилия")
    state = forms.ChoiceField(label="Состояние", choices=[("", "Все"), *PairState.choices])
    form = forms.ChoiceField(label="Форма", choices=[("", "Все"), *MentoringForm.choices])
    kind = forms.ChoiceField(label="Вид", choices=[("", "Все"), *MentoringKind.choices])
    working = forms.ChoiceField(label="Сегодня", choices=[("", "Все"), ("1", "действуют")])
    on = PastDayField()
    state_column = "state"

    def working_of_day(self) -> QuerySet[Pair]:
        return working_pairs()

    def narrow(self, rows: Any) -> Any:
        if self.picked("q"):
            name = self.picked("q") or ""
            mentees = PairMentee.objects.filter(surname_begins(name, through="mentee"), pair=OuterRef("pk"))
            rows = rows.filter(surname_begins(name, through="mentor") | Exists(mentees))
        rows = rows.filter(pk__in=self.working_of_day()) if self.picked("working") else rows
        for field, column in (("state", self.state_column), ("form", "form")):
            rows = rows.filter(**{column: self.picked(field)}) if self.picked(field) else rows
        return rows.filter(kinds__contains=[self.picked("kind")]) if self.picked("kind") else rows


class PairOnDayFilters(PairFilters):
    """The same of a past day: by the state of the day."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["working"].label = "В тот день"
        self.fields["working"].choices = [("", "Все"), ("1", "действовали")]  # type: ignore[attr-defined]

    state_column = "state_then"

    def working_of_day(self) -> QuerySet[Pair]:
        return working_pairs(self.picked("on"))


SORTS = {
    "mentor": ("Наставник", ["mentor__name_key", "id"]),
    "until": ("До", ["planned_to", "id"]),
    "state": ("Состояние", ["state_then", "id"]),
}


@require_safe
def pairs_of_day(request: PortalRequest, day: dt.date) -> HttpResponse:
    """Pairs that were there, in the state of the day."""
    by = request.actor
    there = PairStage.there_on(Pair.objects.visible_to(by).with_names(), day)
    empty = nothing_on(day, "В этот день пар в портале не было.", reverse("mentoring:pairs"))
    listing = DayList(request, there, filters=PairOnDayFilters, sorts=SORTS, default="mentor", empty=empty)
    for pair in listing.rows:
        pair.mentor_then = name_on(pair.mentor, day).short_name
        pair.people_then = ", ".join(name_on(person, day).short_name for person in pair.people)
        pair.word_then = word_then(PairState, pair)
    return listing.of_day("mentoring/pairs_of_day.html", day, today=("Пары", reverse("mentoring:pairs")))
