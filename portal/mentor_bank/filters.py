"""What the lists of mentors and needs are narrowed by, of today and of a past day."""

from typing import Any

from django import forms

from portal.mentor_bank.states import CardState, MenteeCategory, NeedState
from portal.staff.selectors import surname_begins
from portal.ui.lists import FilterForm
from portal.ui.on_day import PastDayField


class CardFilters(FilterForm):
    """By name and state; another day may be asked for."""

    q = forms.CharField(label="Фамилия")
    state = forms.ChoiceField(label="Состояние", choices=[("", "Все"), *CardState.choices])
    on = PastDayField()
    state_column = "state"

    def narrow(self, rows: Any) -> Any:
        if self.picked("q"):
            rows = rows.filter(surname_begins(self.picked("q") or "", through="person"))
        return rows.filter(**{self.state_column: self.picked("state")}) if self.picked("state") else rows


class CardOnDayFilters(CardFilters):
    """The same of a past day: by the state of the day."""

    state_column = "state_then"


class NeedFilters(CardFilters):
    """By name, state, and who the person is; another day may be asked for."""

    state = forms.ChoiceField(label="Состояние", choices=[("", "Все"), *NeedState.choices])
    category = forms.ChoiceField(label="Кто", choices=[("", "Все"), *MenteeCategory.choices])

    def narrow(self, rows: Any) -> Any:
        rows = super().narrow(rows)
        return rows.filter(category=self.picked("category")) if self.picked("category") else rows


class NeedOnDayFilters(NeedFilters):
    """The same of a past day: by the state of the day."""

    state_column = "state_then"
