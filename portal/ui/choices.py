"""What a field offers, where it is known only when the form is made: people, campaigns, experts."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

Label = Callable[[Any], str]


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[str | int, str]]) -> None:
    """Words to choose from."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField), name
    field.choices = list(choices)


def keep_chosen(form: forms.BaseForm, name: str, word: Label) -> None:
    """What the form was begun with can be sent back, though its list offers it no more."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField), name
    begun = form.initial.get(name) or []
    had = [begun] if isinstance(begun, str) else list(begun)
    choices: list[Any] = list(field.choices)  # type: ignore[arg-type]
    offered = {value for value, _ in choices}
    field.choices = [*choices, *((value, word(value)) for value in had if value not in offered)]


def offer_rows(form: forms.BaseForm, name: str, rows: QuerySet[Any], *, label: Label | None = None) -> None:
    """Rows to choose from, and what one of them is called."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField), name
    if label is not None:
        field.label_from_instance = label  # type: ignore[method-assign, assignment]  # Django documents it
    field.queryset = rows


def without_optional(field: forms.Field) -> None:
    """The page does not write «по желанию» at this field."""
    field.hide_optional = True  # type: ignore[attr-defined]  # read by the component `field`
