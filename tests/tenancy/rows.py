"""Rows for lists, made without the rooms' services: a list must ask the same number of questions for few and
for many of them.
"""

import datetime as dt
from typing import Any
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.core import clock

LETTERS = "абвгдежзик"


def word(number: int) -> str:
    """Of letters only, another for each number."""
    return "Ряд" + "".join(LETTERS[int(digit)] for digit in str(number))


def row(model: type[Any], nth: int, /, **given: Any) -> Any:
    """One row whose required fields are filled by their kind; what matters to the list is given."""
    values = {
        f.name: _value(f, nth)
        for f in model._meta.concrete_fields
        if f.name not in given and f.attname not in given and _is_wanted(f)
    }
    made = model(**{**values, **given})
    made.save()
    return made


def _is_wanted(field: Any) -> bool:
    return not (field.primary_key or field.null or field.has_default() or hasattr(field, "source"))


def _value(field: Any, number: int) -> Any:
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.ForeignKey):
        return row(field.related_model, number)
    kinds: list[tuple[type[Any], Any]] = [
        (models.DateTimeField, clock.now()),
        (models.DateField, clock.today()),
        (models.UUIDField, uuid4()),
        (models.BooleanField, False),
        (models.DecimalField, 1),
        (models.IntegerField, number),
        (models.JSONField, {}),
        (ArrayField, []),
        (models.EmailField, f"p{number}@school.example"),
        (models.TextField, word(number)),
    ]
    found = [value for kind, value in kinds if isinstance(field, kind)]
    return found[0] if found else (f"r{number}" if (field.max_length or 99) < 12 else word(number))


def in_days(number: int) -> dt.date:
    return clock.today() + dt.timedelta(days=number)
