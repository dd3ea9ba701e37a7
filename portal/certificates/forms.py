"""The field for a code, and how the register is narrowed."""

from typing import Any

from django import forms
from django.db.models import Q

from portal.certificates.codes import read_code
from portal.certificates.states import CertificateKind, CertificateState
from portal.core.sorting import folded
from portal.core.text import whole_number
from portal.ui.forms import PageForm
from portal.ui.lists import FilterForm


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
