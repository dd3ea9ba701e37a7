"""What people type about guests of the school."""

from typing import Any

from django import forms

from portal.core import clock
from portal.core.person_names import FIRST, LAST, MIDDLE
from portal.staff.states import Gender, GuestKind
from portal.ui.fields import CardField, DateField, NameField
from portal.ui.forms import PageForm

NOTES: dict[str, str] = {
    GuestKind.MENTOR: "Видит свою пару, её программу и встречи",
    GuestKind.STUDENT: "Видит свою пару, её программу и встречи",
    GuestKind.PSYCHOLOGIST: "Получает должность педагога-психолога в портале на эти дни",
}


class StayForm(PageForm):
    """For what, from where, by which document and till when."""

    kind = CardField(label="Кем приходит", choices=GuestKind.choices, notes=NOTES)
    home = forms.CharField(
        label="Откуда", max_length=200, help_text="Школа, колледж или центр, где человек работает или учится"
    )
    home_number = forms.IntegerField(
        label="Номер школы", required=False, min_value=1, max_value=999, help_text="Если это школа города"
    )
    post = forms.CharField(
        label="Кто там", required=False, max_length=120, help_text="Например, учитель физики или студент"
    )
    basis = forms.CharField(
        label="Основание", max_length=250, help_text="Например, договор о практике № 14 от 01.09.2026"
    )
    started_on = DateField(label="Первый день", initial=lambda: clock.today())
    ended_on = DateField(
        label="Последний день", help_text="С ним закончатся и права. Портал спросит о нём за 30 и за 7 дней"
    )


class GuestForm(StayForm):
    """A guest who comes for the first time."""

    last_name = NameField(label="Фамилия", part=LAST)
    first_name = NameField(label="Имя", part=FIRST)
    middle_name = NameField(label="Отчество", part=MIDDLE, required=False)
    gender = forms.ChoiceField(label="Пол", choices=[("", "Не указан"), *Gender.choices], required=False)
    birth_date = DateField(
        label="Дата рождения",
        required=False,
        help_text="По ней портал узнает этого человека, если он был здесь раньше или будет принят на работу",
    )
    email = forms.EmailField(label="Почта", required=False, help_text="На неё придёт приглашение в портал")
    field_order = (
        "last_name",
        "first_name",
        "middle_name",
        "gender",
        "birth_date",
        *StayForm.base_fields,
        "email",
    )

    @property
    def name(self) -> dict[str, Any]:
        """How the guest is called, and when born."""
        return {part: self.cleaned_data[part] for part in (LAST, FIRST, MIDDLE, "gender", "birth_date")}
