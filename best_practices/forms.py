"""Forms of the expertise in the city."""

from typing import Any

from django import forms

from best_practices.models import ExpertCandidate, Practice
from best_practices.selectors import assignable_experts, expert_choices, teacher_choices
from best_practices.sheet_form import SheetForm
from best_practices.states import PracticeState
from portal.ui.forms import PageForm
from portal.ui.lists import FilterForm

__all__ = ["AssignForm", "ExpertForm", "PracticeFilters", "SheetForm"]


class AssignForm(PageForm):
    """One more expert for a practice; only those of other schools are offered."""

    expert = forms.ChoiceField(label="Эксперт", help_text="Только из других школ, по одному от школы.")

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {str(candidate.uuid): candidate for candidate in assignable_experts(practice)}
        self.fields["expert"].choices = [("", "Выберите"), *expert_choices(self.candidates.values())]  # type: ignore[attr-defined]

    @property
    def candidate(self) -> ExpertCandidate:
        return self.candidates[self.cleaned_data["expert"]]


class ExpertForm(PageForm):
    """A teacher for the pool of experts."""

    user = forms.ChoiceField(label="Педагог")
    basis = forms.CharField(label="Основание", max_length=250, help_text="Приказ о составе экспертов: номер и дата.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = [("", "Выберите"), *teacher_choices()]  # type: ignore[attr-defined]


class PracticeFilters(FilterForm):
    state = forms.ChoiceField(label="Состояние", choices=[("", "Все"), *PracticeState.choices])

    def narrow(self, rows: Any) -> Any:
        return rows.filter(state=self.picked("state")) if self.picked("state") else rows
