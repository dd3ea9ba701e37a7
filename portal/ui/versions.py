"""A stale form against what is stored now: cleaned values on both sides, in words, and only where they differ."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Manager, Model, QuerySet

from portal.core import clock
from portal.ui import words
from portal.ui.parts import Difference


def differences(form: Any, current: object) -> list[Difference]:
    """Fields of the form that the person had before them and that are stored otherwise; what to keep is chosen in the field itself."""
    found = []
    for name, field in form.fields.items():
        if not hasattr(current, name) or isinstance(field, forms.FileField) or _was_not_there(form, name):
            continue
        mine, theirs = _cleaned(form, name), _plain(getattr(current, name))
        if _compared(mine) != _compared(theirs):
            found.append(Difference(name, str(field.label), _in_words(field, mine), _in_words(field, theirs), form[name]))
    return found


def _was_not_there(form: Any, name: str) -> bool:
    """A box that is not ticked sends nothing, too; its widget knows."""
    bound = form[name]
    return bool(bound.field.disabled or bound.field.widget.value_omitted_from_data(form.data, form.files, bound.html_name))


def _cleaned(form: Any, name: str) -> Any:
    cleaned = getattr(form, "cleaned_data", {})
    return _plain(cleaned[name] if name in cleaned else form[name].data)


def _plain(value: Any) -> Any:
    """Several values as a list; managers and querysets are read."""
    if isinstance(value, Manager | QuerySet):
        return list(value.all())
    return list(value) if isinstance(value, tuple | set | frozenset) else value


def _compared(value: Any) -> Any:
    """Equal for what a person would call the same: spaces, the order of ticks, 3 and 3.0, nothing and an empty text."""
    if isinstance(value, list):
        return sorted(str(_compared(one)) for one in value)
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return Decimal(str(value)).normalize()
    return "" if value is None else value


def _in_words(field: forms.Field, value: Any) -> list[str]:
    """Each value as people say it; several stay several."""
    labels = _labels(field)
    values = value if isinstance(value, list) else [value]
    return [said for one in values if (said := _said(field, labels, one))]


def _said(field: forms.Field, labels: Mapping[str, str], value: Any) -> str:
    if isinstance(value, bool):
        return labels.get(str(value)) or ("да" if value else "нет")
    if isinstance(value, Model):
        return str(field.label_from_instance(value)) if isinstance(field, forms.ModelChoiceField) else str(value)
    if isinstance(value, dt.datetime):
        return f"{clock.local(value):%d.%m.%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, Decimal | float):
        return words.decimal(value)
    return labels.get(str(value), str(value)) if value is not None else ""


def _labels(field: forms.Field) -> dict[str, str]:
    """The words of choices, by their codes; rows of the database say themselves who they are."""
    if isinstance(field, forms.ModelChoiceField):
        return {}
    return dict(_flat(getattr(field, "choices", ())))


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, str]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(key), str(label)
