"""Meetings: planned, told in two taps, answered."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.pair_work.models import MeetingNote
from portal.pair_work.states import MeetingFormat
from portal.pair_work.workflow.meetings import AnotherDay, Held, Opinion
from portal.ui.choices import offer, without_optional
from portal.ui.fields import CardField, DateField, TimeField
from portal.ui.forms import PageForm
from portal.ui.step_form import StepForm

OTHER = "other"
MINUTES_STAND_FOR = {"duration_other": "duration_min"}
MINUTES = [("20", "20 минут"), ("30", "30 минут"), ("45", "45 минут"), ("60", "час"), (OTHER, "по-другому")]
BOUNDS = (5, 480)
ASKED_BY_ANSWER = {"duration_min", "new_day"}
"""Compulsory with one of the answers, so that «по желанию» would be untrue."""
_LASTED = (
    re.compile(r"^(?P<m>\d{1,3})\s*(?:м|мин|минут|минуты|минута)?\.?$"),
    re.compile(r"^(?P<h>\d{1,2}):(?P<m>\d{2})$"),
    re.compile(
        r"^(?P<h>\d{1,2})\s*(?:ч|час|часа|часов)\.?(?:\s*(?P<m>\d{1,2})\s*(?:м|мин|минут|минуты|минута)?\.?)?$"
    ),
)
HOW_NOTES = {
    "held": "как в плане, остальное можно не заполнять",
    "moved": "выберем новый день",
    "no": "так бывает, причину писать не нужно",
}
USEFUL = [(str(n), str(n)) for n in range(1, 6)]


def read_minutes(text: str) -> int:
    """How long it lasted, as people write it: «50», «50 мин», «1 ч 20 мин», «1:20». Raises
    ValidationError.
    """
    found = next((match for rule in _LASTED if (match := rule.match(" ".join(text.lower().split())))), None)
    if found is None:
        raise ValidationError("Напишите, сколько минут длилась встреча: 50, или 1 ч 20 мин.", code="invalid")
    known = {"h": "0", "m": "0", **{name: value for name, value in found.groupdict().items() if value}}
    minutes = int(known["h"]) * 60 + int(known["m"])
    if not BOUNDS[0] <= minutes <= BOUNDS[1]:
        raise ValidationError("Встреча длится от 5 минут до 8 часов: проверьте число.", code="invalid")
    return minutes


def lasted(minutes: int) -> dict[str, str]:
    """What the two fields show of a number of minutes."""
    quick = str(minutes) in dict(MINUTES)
    return {"duration_min": str(minutes) if quick else OTHER, "duration_other": "" if quick else str(minutes)}


def moment(day: dt.date, time: dt.time) -> dt.datetime:
    """A moment on the city's clock."""
    return timezone.make_aware(dt.datetime.combine(day, time))


class PlanForm(PageForm):
    """When, about what, how."""

    topic = forms.CharField(label="О чём встреча", max_length=200)
    day = DateField(label="День")
    time = TimeField(label="Время")
    format = CardField(
        label="Как встречаемся", choices=MeetingFormat.choices, initial=MeetingFormat.IN_PERSON
    )
    place = forms.CharField(label="Где или ссылка", required=False, max_length=200)
    activity = forms.TypedChoiceField(
        label="Из плана программы", required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, activities: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        planned = [(row.number, f"{row.number}. {row.content}") for row in activities]
        offer(self, "activity", [("", "Не из плана"), *planned])

    @property
    def planned_at(self) -> dt.datetime:
        return moment(self.cleaned_data["day"], self.cleaned_data["time"])


class _Told(PageForm):
    """What one may add about a meeting; everything but the minutes is optional."""

    duration_other = forms.CharField(
        label="Сколько минут",
        required=False,
        max_length=40,
        help_text="Если по-другому: 50, или 1 ч 20 мин",
        widget=forms.TextInput({"data-width": "10"}),
    )
    content = forms.CharField(
        label="Что делали", required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=10_000
    )
    recommendations = forms.CharField(
        label="Рекомендации наставника",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=10_000,
    )
    task = forms.CharField(label="Задание до следующей встречи", required=False, max_length=500)
    task_due = DateField(label="Сделать до", required=False)
    note = forms.CharField(
        label="Заметка для себя",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=5000,
    )
    field_order = ("topic", "held_on", "time", "how", "format", "duration_min", "new_day", "new_time")
    """What is chosen stands first, what may be added after it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ASKED_BY_ANSWER & set(self.fields):
            without_optional(self.fields[name])

    def clean_duration_other(self) -> int | None:
        written = str(self.cleaned_data["duration_other"]).strip()
        return read_minutes(written) if written else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("how", "held") == "held" and "duration_other" not in self.errors:
            self._need_minutes(cleaned)
        if cleaned.get("how") == "moved" and not cleaned.get("new_day"):
            self.add_error("new_day", "Выберите новый день.")
        return cleaned

    def _need_minutes(self, cleaned: dict[str, Any]) -> None:
        """What is written wins over the quick choice; «по-другому» wants it written."""
        if cleaned.get("duration_other"):
            return
        if cleaned.get("duration_min") == OTHER:
            self.add_error("duration_other", "Напишите, сколько минут длилась встреча.")
        elif not cleaned.get("duration_min"):
            self.add_error("duration_min", "Выберите, сколько длилась встреча.")

    @property
    def shown_minutes(self) -> str:
        """What the folded line says before it is opened."""
        return str(self["duration_other"].value() or self["duration_min"].value() or 45)

    def asked(self, **instead: Any) -> Held:
        names = ("format", "content", "recommendations", "task", "task_due")
        minutes = self.cleaned_data["duration_other"] or int(self.cleaned_data["duration_min"])
        return Held(duration_min=minutes, **{name: self.cleaned_data[name] for name in names})


class RecordForm(_Told, StepForm[Held]):
    """«Как прошла встреча?»: a choice and a button; the rest is filled in or folded."""

    stands_for = MINUTES_STAND_FOR
    beside = frozenset({"how", "new_day", "new_time", "note"})

    how = CardField(
        label="Выберите ответ",
        choices=[("held", "Состоялась"), ("moved", "Перенесли"), ("no", "Не получилась")],
        notes=HOW_NOTES,
    )
    format = CardField(label="Как встретились", choices=MeetingFormat.choices)
    duration_min = CardField(label="Сколько длилась", choices=MINUTES, required=False, initial="45")
    new_day = DateField(label="Новый день", required=False)
    new_time = TimeField(label="Время", required=False)


class LogForm(_Told, StepForm[Held]):
    """A meeting that was not planned."""

    stands_for = {"held_on": "started_at", "time": "started_at", **MINUTES_STAND_FOR}
    beside = frozenset({"topic", "note"})

    topic = forms.CharField(label="О чём была встреча", max_length=200)
    held_on = DateField(label="День")
    time = TimeField(label="Время")
    format = CardField(
        label="Как встретились", choices=MeetingFormat.choices, initial=MeetingFormat.IN_PERSON
    )
    duration_min = CardField(label="Сколько длилась", choices=MINUTES, initial="45")

    @property
    def started_at(self) -> dt.datetime:
        return moment(self.cleaned_data["held_on"], self.cleaned_data["time"])


class ConfirmForm(StepForm[Opinion]):
    feedback = forms.TypedChoiceField(
        label="Была ли встреча полезной?",
        required=False,
        coerce=int,
        empty_value=None,
        choices=USEFUL,
        widget=forms.RadioSelect,
    )


class DisputeForm(PageForm):
    comment = forms.CharField(
        label="Что было иначе", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class MoveForm(StepForm[AnotherDay]):
    stands_for = {"day": "planned_at", "time": "planned_at"}

    day = DateField(label="Новый день")
    time = TimeField(label="Время")

    def asked(self, **instead: Any) -> AnotherDay:
        return AnotherDay(planned_at=moment(self.cleaned_data["day"], self.cleaned_data["time"]))


class NoteForm(PageForm):
    note = forms.CharField(
        label="Заметка для себя", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=5000
    )

    def stored(self, current: object) -> Mapping[str, Any]:
        """The note is a row of its own, and its page is begun elsewhere."""
        return {"note": current.text} if isinstance(current, MeetingNote) else {}
