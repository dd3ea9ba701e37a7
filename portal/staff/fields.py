"""Fields that name people of the school."""

from typing import Any

from django import forms

from portal.staff.models import Employee


class EmployeeField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for mypy only
    """A person of the school, by uuid."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Employee.objects.none(),
            to_field_name="uuid",
            **{"empty_label": "Выберите человека", **kwargs},
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name}, {obj.position_title}" if obj.position_title else str(obj.full_name)


class EmployeesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # the same
    """Several people of the school, by uuid."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Employee.objects.none(),
            to_field_name="uuid",
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.full_name)
