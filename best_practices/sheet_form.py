"""The form of a reviewer's sheet (T-36): the same in the school and in the city."""

from typing import Any

from django import forms

from best_practices.states import CRITERIA, Recommendation
from portal.ui.fields import CardField
from portal.ui.forms import PageForm


class SheetForm(PageForm):
    """Five criteria, a comment, an advice."""

    comment = forms.CharField(
        label="Заключение",
        help_text="Не меньше 200 знаков: что сильного, чего не хватает, что посоветуете авторам.",
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    recommendation = CardField(label="Что вы советуете", choices=Recommendation.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, title in CRITERIA.items():
            self.fields[code] = forms.TypedChoiceField(
                label=title, coerce=int, choices=[("", "Балл"), *((n, str(n)) for n in range(1, 11))]
            )
        self.order_fields([*CRITERIA, "comment", "recommendation"])

    def sheet(self) -> dict[str, Any]:
        """What the services take."""
        data = self.cleaned_data
        return {
            "scores": {code: data[code] for code in CRITERIA},
            "comment": data["comment"],
            "recommendation": data["recommendation"],
        }
