"""Forms of the expertise in the city."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from best_practices.interest import assignable
from best_practices.models import ExpertCandidate, Practice
from best_practices.saved import LONGEST_TITLE
from best_practices.sheet_form import SheetForm
from best_practices.states import Often, PracticeState
from portal.core.sorting import folded
from portal.municipality.reference import subjects
from portal.ui.choices import keep_chosen, offer
from portal.ui.fields import CardsField
from portal.ui.forms import PageForm
from portal.ui.lists import FilterForm

__all__ = [
    "AnswerOrderForm",
    "AssignForm",
    "ExpertForm",
    "FindExpertForm",
    "OrderForm",
    "PoolFilters",
    "PracticeFilters",
    "SavedSearchForm",
    "SearchWordForm",
    "SheetForm",
    "WithdrawForm",
]


class AssignForm(PageForm):
    """One more expert for a practice; only those who may judge it are offered, the fittest first."""

    expert = forms.ChoiceField(
        label="Эксперт",
        help_text="Из других школ, по одному от школы. Сначала те, кто ведёт предмет практики, и кто "
        "свободнее.",
    )

    def __init__(
        self, *args: Any, practice: Practice, choices: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {str(one.uuid): one for one, _ in assignable(practice)} if self.is_bound else {}
        typed = [(uuid, one.user.full_name) for uuid, one in self.candidates.items()]
        offer(self, "expert", [("", "Выберите"), *(typed or choices)])

    @property
    def candidate(self) -> ExpertCandidate:
        return self.candidates[self.cleaned_data["expert"]]


class FindExpertForm(forms.Form):
    """Whom of the pool to offer: by subject and by name."""

    subject = forms.ChoiceField(
        label="Предмет", required=False, choices=lambda: [("", "Как у практики"), *subjects().all_choices()]
    )
    name = forms.CharField(label="Имя", required=False, max_length=60)

    @property
    def picked(self) -> dict[str, str]:
        """What can be read of the question."""
        told = self.cleaned_data if self.is_valid() else {}
        return {key: told.get(key, "") for key in ("subject", "name")}


class PoolFilters(FilterForm):
    """The pool by subject, load and name."""

    name = forms.CharField(label="Имя", max_length=60)
    subject = forms.ChoiceField(label="Предмет", choices=lambda: [("", "Все"), *subjects().all_choices()])
    free = forms.ChoiceField(label="Занятость", choices=[("", "Любая"), ("yes", "Сейчас свободны")])

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.picked("subject"):
            rows = rows.filter(subjects__contains=[self.picked("subject")])
        if self.picked("name"):
            rows = rows.filter(user__name_key__contains=folded(self.picked("name").strip()))
        return rows.filter(load=0) if self.picked("free") else rows


class ExpertForm(PageForm):
    """One's own word to be an expert of the city, and of what."""

    subjects = CardsField(
        label="По каким предметам вас можно спрашивать", choices=lambda: subjects().choices()
    )
    agrees = forms.BooleanField(
        label="Город узнает моё имя, школы, где я работаю, и эти предметы",
        error_messages={"required": "Без этого методист не сможет вас попросить."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_chosen(self, "subjects", subjects().title)


class WithdrawForm(PageForm):
    """Why an expert is taken away."""

    reason = forms.CharField(
        label="Почему",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Эксперт увидит эти слова. Например: лист не сдан в срок, эксперт болеет, связан с "
        "авторами.",
    )


class PracticeFilters(FilterForm):
    state = forms.ChoiceField(label="Состояние", choices=[("", "Все"), *PracticeState.choices])

    def narrow(self, rows: Any) -> Any:
        return rows.filter(state=self.picked("state")) if self.picked("state") else rows


class SearchWordForm(PageForm):
    """Names of one notion. `sure` is asked only when a name is doubtful."""

    begins_with_stored = True
    names = forms.CharField(
        label="Названия одного и того же",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="По одному в строке, самое обычное первым: сокращение, полное название, как говорят в "
        "учительской. Кто спросит одним словом, найдёт и остальные",
    )

    @property
    def lines(self) -> list[str]:
        return str(self.cleaned_data["names"]).splitlines()

    @property
    def is_sure(self) -> bool:
        return "sure" in self.data

    def ask_if_sure(self) -> None:
        """A second word is asked for where it is wanted."""
        if self.has_error("names", "doubtful"):
            self.fields["sure"] = forms.BooleanField(label="Всё верно, записать так", required=False)


class SavedSearchForm(PageForm):
    """What a saved search is called, and how often to write of what is new."""

    begins_with_stored = True
    title = forms.CharField(label="Название", max_length=LONGEST_TITLE)
    often = forms.ChoiceField(
        label="Письмо о новом",
        choices=Often.choices,
        widget=forms.RadioSelect,
        help_text="Одно письмо обо всех ваших поисках сразу, и только когда в банке появилось подходящее",
    )


class OrderForm(PageForm):
    """What a school has looked for and not found."""

    text = forms.CharField(
        label="Чего не хватает",
        max_length=200,
        help_text="Тема, предмет или трудность: одним предложением, чтобы понял коллега из другой школы",
    )


class AnswerOrderForm(PageForm):
    """What has become of an order: a practice of the bank, or words."""

    code = forms.CharField(
        label="Номер практики в банке",
        required=False,
        max_length=20,
        help_text="Если она появилась. Номер стоит на странице практики: ЛП-2026-0001",
    )
    words = forms.CharField(
        label="Что ответить школам",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Если практики не будет, напишите почему и где посмотреть",
    )
