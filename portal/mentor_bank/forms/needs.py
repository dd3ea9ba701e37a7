"""Forms of needs and mentors' cards."""

from typing import Any

from django import forms

from portal.mentor_bank import difficulties
from portal.mentor_bank.states import (
    MenteeCategory,
    MentoringForm,
    MentoringKind,
    SupportArea,
    Urgency,
)
from portal.municipality.reference import catalogue
from portal.municipality.states import Book
from portal.staff.fields import PersonField
from portal.ui.choices import keep_chosen, offer_rows, without_optional
from portal.ui.fields import CardField, DateField
from portal.ui.forms import PageForm


class NeedForm(PageForm):
    """What help is needed; the person is chosen only by who records for others."""

    person = PersonField(label="Кому нужна помощь")
    category = forms.ChoiceField(label="Кто это", choices=MenteeCategory.choices)
    reason = forms.ChoiceField(label="Почему сейчас", choices=lambda: catalogue(Book.NEEDS).choices())
    request = forms.CharField(
        label="С чем нужна помощь",
        help_text="Одним-двумя предложениями, как сказали бы коллеге",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    difficulty_items = forms.MultipleChoiceField(
        label="Что даётся трудно",
        help_text="Отметьте два-три главных. Из них вырастут цели программы.",
        required=False,
        choices=list(difficulties.ITEMS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    free_difficulty = forms.CharField(label="Или своими словами", required=False, max_length=200)
    desired_form = forms.ChoiceField(
        label="Форма наставничества",
        required=False,
        choices=[("", "Пусть предложит куратор"), *MentoringForm.choices],
    )
    desired_kinds = forms.MultipleChoiceField(
        label="Как удобнее работать",
        required=False,
        choices=MentoringKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    desired_mentor = PersonField(
        label="Есть ли наставник на примете", required=False, empty_label="Пока никого"
    )
    wanted_from = DateField(label="С какого дня", required=False)
    wanted_to = DateField(label="До какого дня", required=False)
    urgency = CardField(label="Насколько срочно", choices=Urgency.choices, initial=Urgency.MONTH)

    def __init__(self, *args: Any, people: Any = None, mentors: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is None:
            del self.fields["person"]
        else:
            offer_rows(self, "person", people)
        offer_rows(self, "desired_mentor", mentors)
        keep_chosen(self, "reason", catalogue(Book.NEEDS).title)
        for name in ("difficulty_items", "free_difficulty"):  # one of the two is needed
            without_optional(self.fields[name])


class CardForm(PageForm):
    """The card of a mentor."""

    person = PersonField(label="Кто готов быть наставником")
    confirmed_results = forms.CharField(
        label="Подтверждённые результаты",
        help_text="Что получилось у учеников и у самого педагога: 2–3 факта",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3000,
    )
    strengths = forms.MultipleChoiceField(
        label="В чём поможет",
        required=False,
        choices=list(difficulties.ITEMS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    support_areas = forms.MultipleChoiceField(
        label="Направления", required=False, choices=SupportArea.choices, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.CharField(label="О чём спрашивать", required=False, max_length=250)
    max_mentees = forms.IntegerField(
        label="Сколько наставляемых удобно вести", initial=2, min_value=1, max_value=15
    )
    recommendation = forms.CharField(
        label="Кто рекомендует",
        required=False,
        max_length=250,
        help_text="Например, протокол ШМО № 2 от 01.09.2026",
    )
    waiver = forms.CharField(
        label="Почему порог стажа или категории не применяется",
        required=False,
        max_length=300,
        help_text="Заполните, если стаж или категория ниже порога школы",
    )
    willing = forms.BooleanField(label="Готов быть наставником", required=False, initial=True)
    no_disciplinary = forms.BooleanField(label="Взысканий нет", required=False, initial=True)

    def __init__(self, *args: Any, people: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is None:
            del self.fields["person"]
        else:
            offer_rows(self, "person", people)
