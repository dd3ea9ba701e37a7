"""A question of the ORM that every request asks: its SQL is made once a process, for that takes longer than
the answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection, models


@dataclass(frozen=True)
class _Value:
    """A place in the SQL where each call puts its own."""

    name: str


@dataclass(frozen=True)
class _Part:
    """The columns of one model in a row; `relation` leads to it from the first one."""

    model: type[models.Model]
    columns: list[int]
    names: list[str]
    relation: str = ""


M = TypeVar("M", bound=models.Model)


class Prepared(Generic[M]):
    """`build(**values)` gives the query, with `select_related` of one level at most.

    Each value must stand in the SQL as a parameter and nowhere else: neither None nor a list. `stand_ins` are
    values of the same kinds that no other parameter equals; the SQL is made with them.
    """

    def __init__(self, build: Callable[..., models.QuerySet[M]], **stand_ins: Any) -> None:
        self._build = build
        self._stand_ins = stand_ins

    def __call__(self, **values: Any) -> list[M]:
        """The rows as the query itself would give them."""
        sql, parameters = self._sql
        given = [values[each.name] if isinstance(each, _Value) else each for each in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            return [self._object(self._converted(list(row))) for row in cursor.fetchall()]

    @cached_property
    def _compiler(self) -> Any:
        return self._build(**self._stand_ins).query.get_compiler(connection=connection)

    @cached_property
    def _sql(self) -> tuple[str, list[Any]]:
        sql, parameters = self._compiler.as_sql()
        return sql, [self._value_of(each) for each in parameters]

    def _value_of(self, parameter: Any) -> Any:
        named = (name for name, stand_in in self._stand_ins.items() if stand_in == parameter)
        name = next(named, None)
        return parameter if name is None else _Value(name)

    @cached_property
    def _parts(self) -> list[_Part]:
        """Of the model itself and of each related one, as the compiler has put them side by side."""
        self._sql  # noqa: B018  (the compiler knows its columns after it has made the SQL)
        whole = self._compiler.klass_info
        return [self._part(whole), *(self._part(one) for one in whole.get("related_klass_infos", ()))]

    def _part(self, info: dict[str, Any]) -> _Part:
        columns = info["select_fields"]
        names = [self._compiler.select[column][0].target.attname for column in columns]
        return _Part(info["model"], columns, names, info["field"].name if "field" in info else "")

    @cached_property
    def _converters(self) -> dict[int, tuple[list[Any], Any]]:
        self._sql  # noqa: B018
        found: dict[int, tuple[list[Any], Any]] = self._compiler.get_converters(
            [column[0] for column in self._compiler.select]
        )
        return found

    def _converted(self, row: list[Any]) -> list[Any]:
        for column, (converters, expression) in self._converters.items():
            for convert in converters:
                row[column] = convert(row[column], expression, connection)
        return row

    def _object(self, row: Sequence[Any]) -> M:
        first, *related = self._parts
        made: Any = _instance(first, row)
        for part in related:
            setattr(made, part.relation, _instance(part, row))
        return made  # type: ignore[no-any-return]


def _instance(part: _Part, row: Sequence[Any]) -> models.Model | None:
    """None where the relation leads to nothing: the key of what is there is never empty."""
    values = [row[column] for column in part.columns]
    key = part.model._meta.pk
    if key is None or values[part.names.index(key.attname)] is None:
        return None
    return part.model.from_db(connection.alias, part.names, values)
