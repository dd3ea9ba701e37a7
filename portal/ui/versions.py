"""A stale form against what is stored now: cleaned values on both sides, in words, and only where they
differ.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Manager, Model, QuerySet

from portal.core import clock
from portal.core.current_contour import name_here, record_model
from portal.ui import words
from portal.ui.parts import Difference

JOURNAL_WITHIN = dt.timedelta(seconds=2)
"""A line of the journal is written with the change it tells of; an older one tells of another change."""


def differences(form: Any, current: object) -> list[Difference]:
    """Fields of the form that the person had before them and that are stored otherwise; what to keep is
    chosen in the field itself.
    """
    found = []
    for name, value in form.stored(current).items():
        field = form.fields.get(name)
        if field is None or isinstance(field, forms.FileField) or _was_not_there(form, name):
            continue
        mine, theirs = _cleaned(form, name), _plain(value)
        if not same(mine, theirs):
            words = in_words(field, mine), in_words(field, theirs)
            found.append(Difference(name, _label_of(field), *words, form[name]))
    return [*found, *form.tables_changed()]


def _label_of(field: Any) -> str:
    return str(getattr(field, "label_alone", field.label))


def begun_with(form: Any) -> dict[str, Any]:
    """What the fields are begun with; the view has just read it."""
    return {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}


def kept_in(form: Any, current: object) -> dict[str, Any]:
    """Fields begun with what the object holds. What the page only suggested (today, the next number) and the
    words of an act are stored nowhere.
    """
    held = {
        name: getattr(current, name)
        for name in form.fields
        if name in form.initial and hasattr(current, name)
    }
    return {
        name: value
        for name, value in held.items()
        if same(_plain(value), _plain(form.get_initial_for_field(form.fields[name], name)))
    }


def same(one: Any, other: Any) -> bool:
    """Whether a person would call the two values the same."""
    return bool(_compared(_plain(one)) == _compared(_plain(other)))


def last_saved(current: Any, reader: Any) -> str:
    """Who saved it and when, by the journal; one's own second tab is called so. Empty when nobody can
    tell.
    """
    uuid, moment = getattr(current, "uuid", None), getattr(current, "updated_at", None)
    if uuid is None or moment is None:
        return ""
    line = record_model("JournalLine").objects.filter(object_uuid=uuid).order_by("-created_at", "-pk").first()
    known = line is not None and abs(line.created_at - moment) <= JOURNAL_WITHIN
    when = _when(moment)
    if not known:
        return f"Последнее сохранение: {when}."
    if line.actor is not None and line.actor == getattr(reader, "pk", None):
        return f"Вы сами сохранили это в другой вкладке {when}."
    return f"Последнее сохранение: {_name_of(line.actor)}, {when}."


def _when(moment: dt.datetime) -> str:
    here = clock.local(moment)
    day = "" if here.date() == clock.today() else f"{here:%d.%m.%Y} "
    return f"{day}в {here:%H:%M}"


def _name_of(user: UUID | None) -> str:
    return "портал сам" if user is None else name_here(user) or "сотрудник"


def _was_not_there(form: Any, name: str) -> bool:
    """A box that is not ticked sends nothing, too; its widget knows."""
    bound = form[name]
    return bool(
        bound.field.disabled
        or bound.field.widget.value_omitted_from_data(form.data, form.files, bound.html_name)
    )


def _cleaned(form: Any, name: str) -> Any:
    cleaned = getattr(form, "cleaned_data", {})
    return _plain(cleaned[name] if name in cleaned else form[name].data)


def _plain(value: Any) -> Any:
    """Several values as a list; managers and querysets are read."""
    if isinstance(value, Manager | QuerySet):
        return list(value.all())
    return list(value) if isinstance(value, tuple | set | frozenset) else value


def _compared(value: Any) -> Any:
    """Equal for what a person would call the same: spaces, the order of ticks, 3 and 3.0, nothing and an
    empty text.
    """
    if isinstance(value, list):
        return sorted(str(_compared(one)) for one in value)
    if isinstance(value, Model):
        return str(getattr(value, "uuid", value.pk))
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return Decimal(str(value)).normalize()
    return "" if value is None else value


def in_words(field: forms.Field, value: Any) -> list[str]:
    """Each value as people say it; several stay several."""
    labels = _labels(field)
    values = value if isinstance(value, list) else [value]
    return [said for one in values if (said := _said(field, labels, one))]


def _said(field: forms.Field, labels: Mapping[str, str], value: Any) -> str:
    if isinstance(value, bool):
        return labels.get(str(value)) or ("да" if value else "нет")
    if isinstance(value, Model):
        return (
            str(field.label_from_instance(value)) if isinstance(field, forms.ModelChoiceField) else str(value)
        )
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
    """The words of choices, by their codes."""
    return dict(_flat(getattr(field, "choices", ())))


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, str]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(key), str(label)
