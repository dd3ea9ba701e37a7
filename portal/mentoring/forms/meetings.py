"""Meetings: planned, told in two taps, answered."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from portal.mentoring.states import MeetingFormat
from portal.ui.forms import CardField, DateField, PageForm, TimeField

MINUTES = [("20", "20 минут"), ("30", "30 минут"), ("45", "45 минут"), ("60", "час")]
HOW_NOTES = {"held": "как в плане, остальное можно не заполнять", "moved": "выберем новый день", "no": "так бывает, причину писать не нужно"}
USEFUL = [(str(n), str(n)) for n in range(1, 6)]


def moment(day: dt.date, time: dt.time) -> dt.datetime:
    """A moment on the city's clock."""
    return timezone.make_aware(dt.datetime.combine(day, time))


class PlanForm(PageForm):
    """When, about what, how."""

    topic = forms.CharField(label="О чём встреча", max_length=200)
    day = DateField(label="День")
    time = TimeField(label="Время")
    format = CardField(label="Как встречаемся", choices=MeetingFormat.choices, initial=MeetingFormat.IN_PERSON)
    place = forms.CharField(label="Где или ссылка", required=False, max_length=200)
    activity = forms.TypedChoiceField(label="Из плана программы", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, activities: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = [("", "Не из плана"), *((row.number, f"{row.number}. {row.content}") for row in activities)]  # type: ignore[attr-defined]

    @property
    def planned_at(self) -> dt.datetime:
        return moment(self.cleaned_data["day"], self.cleaned_data["time"])


class _Told(PageForm):
    """What one may add about a meeting; everything but the minutes is optional."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["content"] = forms.CharField(label="Что делали", required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=10_000)
        self.fields["recommendations"] = forms.CharField(
            label="Рекомендации наставника", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=10_000
        )
        self.fields["task"] = forms.CharField(label="Задание до следующей встречи", required=False, max_length=500)
        self.fields["task_due"] = DateField(label="Сделать до", required=False)
        self.fields["note"] = forms.CharField(label="Заметка для себя", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=5000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("how", "held") == "held" and not cleaned.get("duration_min"):
            self.add_error("duration_min", "Выберите, сколько длилась встреча.")
        if cleaned.get("how") == "moved" and not cleaned.get("new_day"):
            self.add_error("new_day", "Выберите новый день.")
        return cleaned

    def told(self) -> dict[str, Any]:
        names = ("format", "content", "recommendations", "task", "task_due")
        return {**{name: self.cleaned_data[name] for name in names}, "duration_min": int(self.cleaned_data["duration_min"])}


class RecordForm(_Told):
    """«Как прошла встреча?»: a choice and a button; the rest is filled in or folded."""

    how = CardField(label="Выберите ответ", choices=[("held", "Состоялась"), ("moved", "Перенесли"), ("no", "Не получилась")], notes=HOW_NOTES)
    format = CardField(label="Как встретились", choices=MeetingFormat.choices)
    duration_min = CardField(label="Сколько длилась", choices=MINUTES, required=False, initial="45")
    new_day = DateField(label="Новый день", required=False)
    new_time = TimeField(label="Время", required=False)


class LogForm(_Told):
    """A meeting that was not planned."""

    topic = forms.CharField(label="О чём была встреча", max_length=200)
    held_on = DateField(label="День")
    time = TimeField(label="Время")
    format = CardField(label="Как встретились", choices=MeetingFormat.choices, initial=MeetingFormat.IN_PERSON)
    duration_min = CardField(label="Сколько длилась", choices=MINUTES, initial="45")


class ConfirmForm(PageForm):
    feedback = forms.TypedChoiceField(label="Была ли встреча полезной?", required=False, coerce=int, empty_value=None, choices=USEFUL, widget=forms.RadioSelect)


class DisputeForm(PageForm):
    comment = forms.CharField(label="Что было иначе", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class MoveForm(PageForm):
    day = DateField(label="Новый день")
    time = TimeField(label="Время")


class NoteForm(PageForm):
    note = forms.CharField(label="Заметка для себя", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=5000)
