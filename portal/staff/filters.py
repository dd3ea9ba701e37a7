"""What the list of people is narrowed by, of today and of a past day."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet

from portal.municipality.reference import positions, subjects
from portal.staff.age_bands import age_band, age_bands
from portal.staff.models import Person
from portal.staff.selectors import by_access, by_consent, by_presence
from portal.ui.lists import FilterForm
from portal.ui.on_day import PastDayField

ANY = ("", "Все")


class PersonFilters(FilterForm):
    """By name, work, youth, portal and consent."""

    q = forms.CharField(label="Имя или фамилия", max_length=100)
    position = forms.ChoiceField(label="Должность", choices=lambda: [ANY, *positions().all_choices()])
    subject = forms.ChoiceField(label="Предмет", choices=lambda: [ANY, *subjects().all_choices()])
    young = forms.ChoiceField(label="Стаж", choices=[ANY, ("yes", "Молодые педагоги")])
    today = forms.ChoiceField(
        label="Сегодня", choices=[ANY, ("here", "Работают"), ("away", "Надолго отсутствуют")]
    )
    access = forms.ChoiceField(
        label="Портал",
        choices=[
            ANY,
            ("in", "В портале"),
            ("invited", "Приглашены"),
            ("none", "Не приглашены"),
            ("mail", "Не приглашены, почта есть"),
        ],
    )
    consent = forms.ChoiceField(
        label="Согласие", choices=[ANY, ("given", "Согласие есть"), ("none", "Согласия нет")]
    )

    def narrow(self, rows: QuerySet[Person]) -> QuerySet[Person]:
        rows = self.of_work(rows, None)
        return by_consent(by_access(rows, self.picked("access") or ""), self.picked("consent") or "")

    def of_work(self, rows: QuerySet[Person], on: dt.date | None) -> QuerySet[Person]:
        """By what is a matter of the day."""
        if self.picked("q"):
            rows = rows.named(self.picked("q"))  # type: ignore[attr-defined]
        if self.picked("position"):
            rows = rows.holding(self.picked("position"), on)  # type: ignore[attr-defined]
        if self.picked("subject"):
            rows = rows.teaching(self.picked("subject"), on)  # type: ignore[attr-defined]
        if self.picked("young"):
            rows = rows.young(on)  # type: ignore[attr-defined]
        return by_presence(rows, self.picked("today") or "", on)


class KeeperFilters(PersonFilters):
    """Those who keep the list ask for a past day and for the age, too."""

    age = forms.ChoiceField(label="Возраст", choices=lambda: [ANY, *_bands()])
    on = PastDayField()

    def of_work(self, rows: QuerySet[Person], on: dt.date | None) -> QuerySet[Person]:
        band = age_band(self.picked("age") or "")
        rows = super().of_work(rows, on)
        return rows.of_age(band, on) if band else rows  # type: ignore[attr-defined]


def _bands() -> list[tuple[str, str]]:
    return [(band.code, band.label) for band in age_bands()]


class PersonOnDayFilters(KeeperFilters):
    """The same of a past day: who was in the portal then, and what was consented to, is not asked."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["today"].label = "В тот день"
        del self.fields["access"], self.fields["consent"]

    def narrow(self, rows: QuerySet[Person]) -> QuerySet[Person]:
        return self.of_work(rows, self.picked("on"))
