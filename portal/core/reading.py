"""Which rows of personal data a page was given: each row tells it by itself as it comes from the database
(docs/adr/0020).

A model says whose data its rows are by `Privacy(subjects=…)`; who opens a page of reading (the middleware)
gets the uuids of these people. No door, list, export or form takes part in it, so none of them can forget.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.db.models.fields.related import ForeignKey, ManyToManyField

from portal.core.privacy import columns_of_people

Rows = dict[Any, Any]


@dataclass
class Given:
    """The personal rows that were given to one page: by model, by key."""

    rows: dict[type[Any], Rows] = field(default_factory=lambda: defaultdict(dict))

    def subjects(self) -> set[UUID]:
        """Whose data they are. At most one query, however many rows and models there are."""
        found: set[UUID] = set()
        unknown: list[QuerySet[Any]] = []
        for model, rows in list(self.rows.items()):
            for name in model.privacy.subjects:
                found.update(_in_row(model, rows, name))
                unknown += self._asked(model, rows, name)
        if unknown:
            first, *others = unknown
            found.update(first.union(*others) if others else first)
        return found - {None}

    def _asked(self, model: type[Any], rows: Rows, name: str) -> list[QuerySet[Any]]:
        """Questions about people whom the rows name by relations, except those which the page has been given
        anyway.
        """
        if _is_plain(model, name):  # type: ignore[arg-type]  # a class is hashable
            return []
        relation = model._meta.get_field(name)
        if isinstance(relation, ForeignKey):
            keys = {row.__dict__.get(relation.attname, NOT_LOADED) for row in rows.values()} - {None}
            if keys <= self.rows.get(relation.related_model, {}).keys():
                return []
        if isinstance(relation, ManyToManyField) and self._have_told(relation, rows):
            return []
        return [
            model._base_manager.filter(pk__in=rows).order_by().values_list(path, flat=True)
            for path in paths_of(model, name)  # type: ignore[arg-type]  # a class is hashable
        ]

    def _have_told(self, relation: "ManyToManyField[Any, Any]", rows: Rows) -> bool:
        """The rows between have come to the page with their own subjects."""
        between: Any = relation.remote_field.through
        name = _accessor_between(relation)
        told = self.rows.get(between, {}).keys()
        found = [row.__dict__.get("_prefetched_objects_cache", {}).get(name) for row in rows.values()]
        return all(one is not None and {row.pk for row in one} <= told for one in found)


NOT_LOADED = object()
_given: ContextVar[Given | None] = ContextVar("given", default=None)


@contextmanager
def page_of_reading() -> Iterator[Given]:
    """While it is open, personal rows that come from the database are counted as given to the page."""
    given = Given()
    token = _given.set(given)
    try:
        yield given
    finally:
        _given.reset(token)


@contextmanager
def weighing() -> Iterator[None]:
    """Rows read inside decide something (whom to tell, who comes first) and are not shown: they are not
    counted.
    """
    token = _given.set(None)
    try:
        yield
    finally:
        _given.reset(token)


def shown() -> set[UUID]:
    """Whose data the page that is open was given so far."""
    given = _given.get()
    return given.subjects() if given is not None else set()


def subjects_of(row: Any) -> set[UUID]:
    """Whose data one row is."""
    given = Given()
    given.rows[type(row)][row.pk] = row
    return given.subjects()


def came(row: Any) -> None:
    """A personal row has come from the database: the page that is open has it now."""
    given = _given.get()
    if given is not None and not personal_columns(type(row)).isdisjoint(row.__dict__):  # type: ignore[arg-type]  # a class is hashable
        given.rows[type(row)][row.pk] = row


@cache
def _is_plain(model: type[Any], name: str) -> bool:
    """The subject is in the row itself: a column of uuids, or a property that gives them."""
    try:
        return not model._meta.get_field(name).is_relation
    except FieldDoesNotExist:
        return True


def _in_row(model: type[Any], rows: Rows, name: str) -> Iterable[UUID]:
    if _is_plain(model, name):  # type: ignore[arg-type]  # a class is hashable
        for row in rows.values():
            value = getattr(row, name)
            yield from value if isinstance(value, list | tuple) else (value,)


@cache
def _accessor_between(relation: "ManyToManyField[Any, Any]") -> str:
    """How a row reaches the rows between it and those of the relation."""
    between: Any = relation.remote_field.through
    back = relation.m2m_field_name()
    return str(between._meta.get_field(back).remote_field.get_accessor_name())


@cache
def personal_columns(model: type[Any]) -> frozenset[str]:
    """What makes a row somebody's data: its personal columns and those that say whose. A row read without
    them shows nobody.
    """
    named = {*model.privacy.subjects, *(column.name for column in columns_of_people(model))}
    return frozenset(
        column.attname for column in model._meta.concrete_fields if column.name in named
    ) or frozenset({model._meta.pk.attname})


@cache
def paths_of(model: type[Any], name: str) -> tuple[str, ...]:
    """The lookups that lead from a row to the uuids of its subjects, through the subjects of related
    models.
    """
    if _is_plain(model, name):  # type: ignore[arg-type]  # a class is hashable
        return (name,)
    related: Any = model._meta.get_field(name).related_model
    return tuple(
        f"{name}__{path}" for further in related.privacy.subjects for path in paths_of(related, further)
    )
