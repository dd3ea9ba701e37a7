"""Forms of the expertise in the city."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet

from best_practices.interest import assignable
from best_practices.models import ExpertCandidate, Practice
from best_practices.models.experts import MOST_LOAD, USUAL_LOAD
from best_practices.proposing import Proposal
from best_practices.saved import LONGEST_TITLE
from best_practices.states import Often, PracticeState
from portal.core.sorting import folded
from portal.municipality.difficulties import ITEMS
from portal.municipality.reference import subjects
from portal.ui.choices import keep_chosen, offer, without_optional
from portal.ui.fields import CardField, DateField, ManyBoxes
from portal.ui.forms import PageForm
from portal.ui.lists import FilterForm

__all__ = [
    "AnswerOrderForm",
    "AssignForm",
    "ExpertForm",
    "FindExpertForm",
    "OrderForm",
    "PauseForm",
    "PoolFilters",
    "PracticeFilters",
    "SavedSearchForm",
    "SearchWordForm",
    "WithdrawForm",
]


class AssignForm(PageForm):
    """One more expert for a practice: a few who fit, each with the reasons, or those found by name."""

    expert = CardField(
        label="Эксперт",
        help_text="Из других школ, по одному от школы: сначала те, кто знает тему практики, и кто свободнее.",
        choices=(),
    )
    reserve = forms.ChoiceField(
        label="В резерв",
        required=False,
        help_text="Кого портал пригласит сам, если этот эксперт не ответит или откажется. Встанет в резерв "
        "последним.",
    )

    def __init__(
        self, *args: Any, practice: Practice, choices: Sequence[Proposal] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {str(one.uuid): one for one, _ in assignable(practice)} if self.is_bound else {}
        typed = [(uuid, one.user.full_name) for uuid, one in self.candidates.items()]
        proposed = [(one.uuid, one.title) for one in choices]
        offer(self, "expert", typed or proposed)
        offer(self, "reserve", [("", "Никого"), *(typed or proposed)])
        self.fields["expert"].widget.notes = {one.uuid: one.note for one in choices}

    @property
    def reserve_named(self) -> list[UUID]:
        """Users: the one who was named, if any."""
        named = self.cleaned_data.get("reserve")
        return [self.candidates[named].user_id] if named else []

    @property
    def candidate(self) -> ExpertCandidate:
        return self.candidates[self.cleaned_data["expert"]]


class FindExpertForm(forms.Form):
    """Whom of the pool to offer: by subject, and others by name."""

    subject = forms.ChoiceField(
        label="Предмет", required=False, choices=lambda: [("", "Как у практики"), *subjects().all_choices()]
    )
    name = forms.CharField(
        label="Имя", required=False, max_length=60, help_text="Другого эксперта находят по фамилии"
    )

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
    """One's own word to be an expert of the city, of what, and how many sheets may wait at once."""

    begins_with_stored = True
    subjects = forms.MultipleChoiceField(
        label="По каким предметам вас можно спрашивать",
        choices=lambda: subjects().choices(),
        widget=ManyBoxes,
    )
    difficulties = forms.MultipleChoiceField(
        label="Какие трудности коллег вы хорошо знаете",
        required=False,
        choices=list(ITEMS.items()),
        widget=ManyBoxes,
        help_text="По ним методист видит, какие практики вам ближе",
    )
    most_load = forms.TypedChoiceField(
        label="Сколько листов могут ждать вас сразу",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(number, str(number)) for number in range(1, MOST_LOAD + 1)],
        initial=USUAL_LOAD,
        help_text="Больше не предложат, пока не сдадите один из них",
    )
    agrees = forms.BooleanField(
        label="Город узнает моё имя, школы, где я работаю, эти предметы и трудности",
        error_messages={"required": "Без этого методист не сможет вас попросить."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_chosen(self, "subjects", subjects().title)
        without_optional(self.fields["most_load"])

    @property
    def said(self) -> dict[str, Any]:
        """What `join_pool` takes."""
        return {name: self.cleaned_data[name] for name in ("subjects", "difficulties", "most_load")}


class PauseForm(PageForm):
    """The days on which an expert is not asked; no reason."""

    first = DateField(label="Первый день паузы")
    last = DateField(label="Последний день паузы", help_text="На следующий день вас снова могут попросить")


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
