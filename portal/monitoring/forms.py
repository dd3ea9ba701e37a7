"""The form of a campaign, built from the catalogue: figures by their keys, and a word for each indicator."""

from django import forms

from portal.monitoring.models import FormValue
from portal.monitoring.workflow.numbers import Numbers
from portal.municipality.indicators import Figures
from portal.ui.forms import PageForm
from portal.ui.step_form import StepForm


class ValuesForm(StepForm[Numbers]):
    """Fields `<code>_<key>` and `<code>_explanation` for each value of the school's form; made by
    `values_form`.
    """

    begins_with_stored = True
    values: list[FormValue] = []

    @property
    def declared(self) -> dict[str, Figures]:
        return {
            v.indicator: {key: self.cleaned_data[f"{v.indicator}_{key}"] for key in v.row.keys}
            for v in self.values
        }

    @property
    def explanations(self) -> dict[str, str]:
        return {v.indicator: self.cleaned_data[f"{v.indicator}_explanation"] for v in self.values}

    @property
    def groups(self) -> list[tuple[FormValue, list[forms.BoundField]]]:
        """For the page: each indicator with its fields."""
        return [
            (v, [self[name] for name in self.fields if name.startswith(f"{v.indicator}_")])
            for v in self.values
        ]


class LateForm(PageForm):
    """Why a form comes after its time: the department reads it with the numbers."""

    comment = forms.CharField(
        label="Почему позже",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text="Это прочитает специалист Управления",
    )


def values_form(values: list[FormValue]) -> type[ValuesForm]:
    """The class of the form for these values."""
    fields: dict[str, object] = {"values": values}
    for value in values:
        for key, label in value.row.figures:
            fields[f"{value.indicator}_{key}"] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=100_000,
                initial=value.declared.get(key),
                help_text=_hint(value.counted.get(key)),
            )
        fields[f"{value.indicator}_explanation"] = forms.CharField(
            label="Пояснение",
            required=False,
            max_length=2000,
            initial=value.explanation,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="Нужно, если число отличается от посчитанного больше чем на 5 % или портал его не "
            "считает. Пишите без имён",
        )
    return type("FilledForm", (ValuesForm,), fields)


def _hint(counted: int | None) -> str:
    return "Портал посчитать не может: впишите сами" if counted is None else f"Портал посчитал: {counted}"
