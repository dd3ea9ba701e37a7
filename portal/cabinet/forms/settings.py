"""How mentoring works in this school."""

from typing import Any

from django import forms

from portal.mentor_bank.models import MentoringSettings
from portal.mentor_bank.states import Approver
from portal.staff.states import Category
from portal.ui.fields import CardField
from portal.ui.forms import PageForm


class SettingsForm(PageForm):
    programmes_approved_by = CardField(label="Кто утверждает программы", choices=Approver.choices)
    association_reviews = forms.BooleanField(label="Программы сначала смотрит ШМО", required=False)
    min_stage_years = forms.DecimalField(
        label="Сколько лет стажа нужно наставнику", min_value=0, max_value=40, max_digits=3, decimal_places=1
    )
    min_category = forms.ChoiceField(label="Категория наставника не ниже", choices=Category.choices)
    max_mentees_warn = forms.IntegerField(
        label="Со скольких наставляемых у одного наставника предупреждать куратора", min_value=1, max_value=15
    )
    max_mentees_block = forms.IntegerField(
        label="Наставляемых у одного наставника не больше", min_value=1, max_value=15
    )
    confirm_days = forms.IntegerField(
        label="Сколько дней есть, чтобы подтвердить встречу", min_value=1, max_value=30
    )

    @staticmethod
    def values_of(row: MentoringSettings) -> dict[str, Any]:
        return {name: getattr(row, name) for name in SettingsForm.base_fields}
