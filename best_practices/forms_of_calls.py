"""Forms of the city's calls: which orders are gathered, what is looked for, till which day."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from best_practices.models.calls import LONGEST_CALL, LONGEST_WORDS
from best_practices.orders import Wanted
from portal.ui.fields import DateField, ManyBoxes
from portal.ui.forms import PageForm
from portal.ui.words import plural


class CallForm(PageForm):
    """What the city looks for; every school reads it."""

    begins_with_stored = True
    text = forms.CharField(
        label="Какую практику ищем",
        max_length=LONGEST_CALL,
        help_text="Одним предложением: его увидят все школы города",
    )
    words = forms.CharField(
        label="Что в ней важно",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Для кого, с какой трудностью, что уже пробовали. Школы, которые её заказали, не называйте",
    )
    due_on = DateField(label="Ждём до")


class AnnounceForm(CallForm):
    """The same, with the orders that it gathers."""

    begins_with_stored = False
    orders = forms.MultipleChoiceField(
        label="Какие заказы собрать",
        widget=ManyBoxes,
        help_text="Похожие заказы с теми же словами присоединятся сами",
        error_messages={"required": "Выберите хотя бы один заказ, который ждёт ответа."},
    )
    field_order = ("orders", "text", "words", "due_on")

    def __init__(self, *args: Any, waiting: Sequence[Wanted], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["orders"].choices = [(str(one.first.uuid), _label(one)) for one in waiting]  # type: ignore[attr-defined]

    def clean_orders(self) -> list[UUID]:
        return [UUID(value) for value in self.cleaned_data["orders"]]


def _label(one: Wanted) -> str:
    many = len(one.schools)
    return f"{one.text} ({many} {plural(many, 'школа,школы,школ')})"
