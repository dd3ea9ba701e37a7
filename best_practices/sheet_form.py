"""The form of a reviewer's sheet (T-36): the same in the school and in the city."""

from typing import Any

from django import forms

from best_practices.sheet import Sheet
from best_practices.states import CRITERIA, Recommendation
from portal.ui.fields import CardField
from portal.ui.step_form import StepForm


def _score(code: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=CRITERIA[code], coerce=int, choices=[("", "Балл"), *((n, str(n)) for n in range(1, 11))]
    )


class SheetForm(StepForm[Sheet]):
    """Five criteria, a comment, an advice."""

    c1 = _score("c1")
    c2 = _score("c2")
    c3 = _score("c3")
    c4 = _score("c4")
    c5 = _score("c5")
    comment = forms.CharField(
        label="Заключение",
        help_text="Не меньше 200 знаков: что сильного, чего не хватает, что посоветуете авторам.",
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    recommendation = CardField(label="Что вы советуете", choices=Recommendation.choices)

    @property
    def remarks(self) -> tuple[tuple[str, str], ...]:
        """In the school one says them to the author."""
        return ()

    def sheet(self) -> dict[str, Any]:
        """What the review of a school takes."""
        asked = self.asked()
        return {
            "scores": asked.scores,
            "comment": self.cleaned_data["comment"],
            "recommendation": asked.recommendation,
        }
