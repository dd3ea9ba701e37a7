"""Fields that name people of the school."""

from typing import Any

from django import forms

from portal.staff.models import Person
from portal.staff.models.people import stays_now


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for mypy only
    """A person of the school, by uuid."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Person.objects.none(),
            to_field_name="uuid",
            **{"empty_label": "Выберите человека", **kwargs},
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name}, {obj.position_title}" if obj.position_title else str(obj.full_name)


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # the same
    """Several people of the school, by uuid."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Person.objects.none(),
            to_field_name="uuid",
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )

    def label_from_instance(self, obj: Any) -> str:
        stay = stays_now().get(obj.pk)
        return f"{obj.full_name}, {stay.mark}" if stay is not None else str(obj.full_name)
