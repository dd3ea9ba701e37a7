"""A question of the ORM that every request asks: its SQL is made once a process, for that takes longer than
the answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
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


@dataclass(frozen=True)
class _Made:
    """The question in SQL, and how its rows become objects: of the model itself and of each related one, as
    the compiler has put them side by side.
    """

    sql: str
    parameters: list[Any]
    parts: list[_Part]
    converters: dict[int, tuple[list[Any], Any]]


M = TypeVar("M", bound=models.Model)


class Prepared(Generic[M]):
    """`build(**values)` gives the query, with `select_related` of one level at most.

    Each value must stand in the SQL as a parameter and nowhere else: neither None nor a list. `stand_ins` are
    values of the same kinds that no other parameter equals; the SQL is made with them.
    """

    def __init__(self, build: Callable[..., models.QuerySet[M]], **stand_ins: Any) -> None:
        self._build = build
        self._stand_ins = stand_ins
        self._making = Lock()
        self._kept: _Made | None = None

    def __call__(self, **values: Any) -> list[M]:
        """The rows as the query itself would give them."""
        made = self._kept or self._once()
        given = [values[each.name] if isinstance(each, _Value) else each for each in made.parameters]
        with connection.cursor() as cursor:
            cursor.execute(made.sql, given)
            return [_object(made, row) for row in cursor.fetchall()]

    def _once(self) -> _Made:
        """The first who asks makes it, and whoever asks meanwhile waits: a compiler is of no use to two
        threads.
        """
        with self._making:
            self._kept = self._kept or self._make()
            return self._kept

    def _make(self) -> _Made:
        compiler: Any = self._build(**self._stand_ins).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        whole = compiler.klass_info
        parts = [_part(compiler, info) for info in (whole, *whole.get("related_klass_infos", ()))]
        converters = compiler.get_converters([column[0] for column in compiler.select])
        return _Made(sql, [self._value_of(each) for each in parameters], parts, converters)

    def _value_of(self, parameter: Any) -> Any:
        named = (name for name, stand_in in self._stand_ins.items() if stand_in == parameter)
        name = next(named, None)
        return parameter if name is None else _Value(name)


def _part(compiler: Any, info: dict[str, Any]) -> _Part:
    columns = info["select_fields"]
    names = [compiler.select[column][0].target.attname for column in columns]
    return _Part(info["model"], columns, names, info["field"].name if "field" in info else "")


def _object(made: _Made, given: Sequence[Any]) -> Any:
    row = list(given)
    for column, (converters, expression) in made.converters.items():
        for convert in converters:
            row[column] = convert(row[column], expression, connection)
    first, *related = made.parts
    whole: Any = _instance(first, row)
    for part in related:
        setattr(whole, part.relation, _instance(part, row))
    return whole


def _instance(part: _Part, row: Sequence[Any]) -> models.Model | None:
    """None where the relation leads to nothing: the key of what is there is never empty."""
    values = [row[column] for column in part.columns]
    key = part.model._meta.pk
    if key is None or values[part.names.index(key.attname)] is None:
        return None
    return part.model.from_db(connection.alias, part.names, values)
