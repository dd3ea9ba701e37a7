"""The form of a step that asks something: its fields are those of the dataclass which the row names."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Generic, TypeVar, cast, get_args, get_origin

from django.db.models import BooleanField as BooleanColumn
from django.db.models import DateField as DateColumn
from django.db.models import DateTimeField as DateTimeColumn
from django.db.models import Model

from portal.ui.fields import DateField
from portal.ui.forms import PageForm

A = TypeVar("A")


class StepForm(PageForm, Generic[A]):
    """`StepForm[GiveNotice]` is the form of the dataclass that the row asks (`Transition.asks`); a comment is
    a field beside it.
    """

    asks: ClassVar[type[Any]]
    stands_for: ClassVar[Mapping[str, str]] = {}
    """Fields that are asked by another name: a day and an hour make the moment."""
    beside: ClassVar[frozenset[str]] = frozenset()
    """Fields that this step does not ask: another answer of the same page, a note to oneself."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        bases = getattr(cls, "__orig_bases__", ())
        named = [get_args(base)[0] for base in bases if get_origin(base) is StepForm]
        if named:
            cls.asks = named[0]

    def asked(self, **instead: Any) -> A:
        """What was typed, as the step takes it; `instead` gives what is not taken as it was typed: a stored
        file for an upload.
        """
        names = [field.name for field in dataclasses.fields(self.asks)]
        typed = {name: self._typed(name) for name in names}
        return cast("A", self.asks(**(typed | instead)))

    def _typed(self, name: str) -> Any:
        """What is put together of several fields is a property of the form."""
        made = isinstance(getattr(type(self), name, None), property)
        return getattr(self, name) if made else self.cleaned_data.get(name)

    def field_of(self, name: str) -> str | None:
        """A refusal of what is asked is shown where it was typed."""
        typed = (field for field, asked in self.stands_for.items() if asked == name and field in self.fields)
        return super().field_of(name) or next(typed, None)


F = TypeVar("F", bound=StepForm[Any])


def with_columns_of(model: type[Model]) -> Callable[[type[F]], type[F]]:
    """For a form whose step writes columns as they were typed: a field that is not declared is made from the
    column of its name, with its title and its length; it may be left empty when what is asked has a default.
    Those come after the declared ones.
    """

    def add(form: type[F]) -> type[F]:
        for field in dataclasses.fields(form.asks):
            if field.name not in form.base_fields:
                column = model._meta.get_field(field.name)
                form.base_fields[field.name] = _field_of(column, field.default is dataclasses.MISSING)
        return form

    return add


def _field_of(column: Any, wanted: bool) -> Any:
    """A day is typed as everywhere in the portal; a box may always stay empty."""
    is_day = isinstance(column, DateColumn) and not isinstance(column, DateTimeColumn)
    shape = {"form_class": DateField} if is_day else {}
    return column.formfield(required=wanted and not isinstance(column, BooleanColumn), **shape)
