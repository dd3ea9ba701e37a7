"""Which two cards are one person, and what of one card is another person's."""

from collections.abc import Sequence
from typing import Any

from django import forms

from portal.core.person_names import FIRST, LAST, MIDDLE
from portal.staff.belongings import Belonging
from portal.staff.models import WORK, Person
from portal.ui.choices import offer, offer_rows
from portal.ui.fields import CardsField, DateField, NameField
from portal.ui.forms import PageForm


class MergeChoiceForm(PageForm):
    """Which card is the same person's; whoever has left is among them."""

    other = forms.ModelChoiceField(
        label="Вторая карточка",
        queryset=Person.objects.none(),
        to_field_name="uuid",
        empty_label="Выберите человека",
        help_text="Среди них и те, кто в школе уже не работает",
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Person.objects.exclude(pk=person.pk).prefetch_related(WORK).order_by("name_key", "pk")
        offer_rows(self, "other", others, label=_with_birth)


class BelongingsField(CardsField):
    """What has gone meanwhile is no fault of who chose it: the service tells that the card has changed."""

    def valid_value(self, value: Any) -> bool:
        return True


class DivideForm(PageForm):
    """Who the other person is, and what of the card is theirs."""

    last_name = NameField(label="Фамилия", part=LAST)
    first_name = NameField(label="Имя", part=FIRST)
    middle_name = NameField(label="Отчество", part=MIDDLE, required=False)
    birth_date = DateField(label="Дата рождения", required=False, help_text="Например, 12.03.1988")
    chosen = BelongingsField(label="Что было у этого человека", choices=())

    def __init__(self, *args: Any, belongings: Sequence[Belonging], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "chosen", [(one.key, one.words) for one in belongings])


def _with_birth(person: Person) -> str:
    """Namesakes are told apart by the day of birth."""
    said = (
        person.full_name,
        f"{person.birth_date:%d.%m.%Y}" if person.birth_date else "",
        person.position_title,
    )
    return ", ".join(part for part in said if part)
