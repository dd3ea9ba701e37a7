"""The field for a code, and how the register is narrowed."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q

from portal.certificates.codes import read_code
from portal.certificates.models import Certificate
from portal.certificates.states import CertificateKind, CertificateState
from portal.certificates.workflow import RightName
from portal.core.sorting import folded
from portal.core.text import whole_number
from portal.ui.forms import PageForm
from portal.ui.lists import FilterForm
from portal.ui.step_form import StepForm


class CodeForm(PageForm):
    """A code as somebody reads it from a paper: dashes, spaces and the keyboard's language do not matter."""

    code = forms.CharField(
        label="Код проверки",
        max_length=40,
        help_text="Двенадцать знаков внизу сертификата. Чёрточки и большие буквы не важны",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """The code as it is stored."""
        code = read_code(str(self.cleaned_data["code"]))
        if not code:
            raise forms.ValidationError(
                "Такого кода не бывает: где-то описка. В коде нет нулей, единиц и букв О и В. Сверьте с "
                "бумагой.",
                code="slip",
            )
        return code


class ReissueForm(StepForm[RightName]):
    """The name as the new paper will say it; what stands on the present one is there already."""

    name = forms.CharField(
        label="Кому", max_length=300, help_text="Фамилия, имя и отчество целиком, как в паспорте"
    )
    name_dative = forms.CharField(
        label="Выдан кому",
        max_length=300,
        required=False,
        help_text="Только если портал склоняет неверно: «Кравцову Борису Ильичу». Пустое он заполнит сам",
    )

    def stored(self, current: object) -> Mapping[str, Any]:
        """The dative is given anew, or not at all."""
        return {"name": current.name} if isinstance(current, Certificate) else {}


class CertificateFilters(FilterForm):
    """The register by words, by what a certificate is for, by whether it is valid."""

    q = forms.CharField(label="Имя, номер или код", max_length=100)
    kind = forms.ChoiceField(label="Кому", choices=[("", "Всем"), *CertificateKind.choices])
    state = forms.ChoiceField(label="Состояние", choices=[("", "Все"), *CertificateState.choices])

    def narrow(self, rows: Any) -> Any:
        for name in ("kind", "state"):
            if self.picked(name):
                rows = rows.filter(**{name: self.picked(name)})
        asked = str(self.picked("q") or "").strip()
        return rows.filter(_says(asked)) if asked else rows


def _says(asked: str) -> Q:
    year, _, serial = asked.partition("-")
    found = Q(name_key__contains=folded(asked))
    if read_code(asked):
        found |= Q(code=read_code(asked))
    if whole_number(year) is not None and whole_number(serial) is not None:
        found |= Q(year=whole_number(year), serial=whole_number(serial))
    return found
