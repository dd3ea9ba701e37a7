"""The one question about a practice at the end of a programme."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from best_practices.outcomes import Outcome
from portal.core.text import quoted
from portal.pair_work.models import Adoption
from portal.pair_work.selectors.adoptions import Indicator
from portal.pair_work.selectors.adoptions_going import may_tell_of_people
from portal.ui.fields import CardField
from portal.ui.forms import PageForm

NOTES: dict[str, str] = {
    Outcome.WORKED: "Стало так, как обещает описание, или лучше",
    Outcome.PARTLY: "Помогло не всё или не всем",
    Outcome.FAILED: "Сделали по описанию, а лучше не стало. Это такой же нужный ответ",
    Outcome.UNTRIED: "До этих шагов не дошли",
    Outcome.UNCLEAR: "Из описания не понять, что делать. Это задача автору, а не неудача",
}


class TakeForm(PageForm):
    """The last of three presses; the text of the practice that was read comes along."""

    names_school = forms.BooleanField(
        label="Попросить директора назвать школу на карточке практики",
        required=False,
        help_text="Решает директор. Без его слова школу посчитают, но не назовут",
    )

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class SendOutcomeForm(PageForm):
    """The press with which the answer leaves the school."""

    with_words = forms.BooleanField(
        label="Передать и слова",
        required=False,
        help_text="Их прочитают все, кто открывает практику. Проверьте, что в них нет имён",
    )
    kept = forms.MultipleChoiceField(
        label="По этим местам могут узнать человека",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Поправьте ответ или отметьте то, что не имя и не класс: без этого ответ не уйдёт",
    )

    def __init__(self, *args: Any, adoption: Adoption, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not adoption.words:
            del self.fields["with_words"]
        places = [
            (one.key, f"{quoted(one.fragment)}: {one.sentence}") for one in may_tell_of_people(adoption)
        ]
        if places:
            self.fields["kept"].choices = places  # type: ignore[attr-defined]
            self.fields["kept"].hide_optional = True  # type: ignore[attr-defined]
        else:
            del self.fields["kept"]


class OutcomeForm(PageForm):
    """How it worked; figures by the indicators that the practice itself measures, each only if measured."""

    begins_with_stored = True
    outcome = CardField(label="Как сработала практика", choices=Outcome.choices, notes=NOTES)
    words = forms.CharField(
        label="Что помогло или помешало",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Коротко, без имён и классов",
    )
    hours = forms.IntegerField(
        label="Сколько часов ушло у наставника",
        required=False,
        min_value=0,
        max_value=2000,
        help_text="За всё время, примерно",
    )

    def __init__(
        self, *args: Any, indicators: Sequence[Indicator], adoption: Adoption, **kwargs: Any
    ) -> None:
        self.indicators = indicators
        begun = {"outcome": adoption.outcome, "words": adoption.words, "hours": adoption.hours}
        super().__init__(*args, initial={**begun, **_typed(indicators, adoption)}, **kwargs)
        for place, one in enumerate(indicators, 1):
            for name, label in (("before", "было"), ("after", "стало")):
                self.fields[f"{name}_{place}"] = forms.DecimalField(
                    label=f"{one.words}: {label}",
                    required=False,
                    max_digits=9,
                    decimal_places=2,
                    help_text="Если измеряли",
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for place in range(1, len(self.indicators) + 1):
            before, after = cleaned.get(f"before_{place}"), cleaned.get(f"after_{place}")
            if (before is None) != (after is None):
                missing = "before" if before is None else "after"
                self.add_error(f"{missing}_{place}", "Нужны оба числа: сколько было и сколько стало.")
        return cleaned

    def said(self) -> dict[str, Any]:
        """What the service is told."""
        return {
            "outcome": self.cleaned_data["outcome"],
            "words": self.cleaned_data["words"],
            "hours": self.cleaned_data["hours"],
            "measured": list(self._measured()),
        }

    def _measured(self) -> Iterator[dict[str, Any]]:
        for place, one in enumerate(self.indicators, 1):
            before, after = self.cleaned_data[f"before_{place}"], self.cleaned_data[f"after_{place}"]
            if before is not None:
                yield {
                    "indicator": one.name,
                    "unit": one.unit,
                    "before": _short(before),
                    "after": _short(after),
                }


def _short(number: Decimal) -> str:
    """«12.5», «40»: the number as it was typed, without empty places."""
    return f"{number.normalize():f}"


def _typed(indicators: Sequence[Indicator], adoption: Adoption) -> dict[str, Any]:
    rows = {row["indicator"]: row for row in adoption.measured}
    return {
        f"{name}_{place}": rows[one.name][name]
        for place, one in enumerate(indicators, 1)
        if one.name in rows
        for name in ("before", "after")
    }
