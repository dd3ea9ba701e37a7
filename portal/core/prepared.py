"""A question of the ORM that every request asks: its SQL is made once a process, for that takes longer than
the answer.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

from portal.core import clock
from portal.core.actor import Actor


@dataclass(frozen=True)
class _Value:
    """A place in the SQL where each call puts its own."""

    name: str


Setter = Callable[[Any, Any], None]


@dataclass(frozen=True)
class _Part:
    """The columns of one model in a row; `relate` gives its object to the first one, `back` the other way."""

    model: type[models.Model]
    columns: list[int]
    names: list[str]
    relate: Setter | None = None
    back: Setter | None = None


@dataclass(frozen=True)
class _Made:
    """The question in SQL, and how its rows become objects: of the model itself and of each related one, as
    the compiler has put them side by side.
    """

    sql: str
    parameters: list[Any]
    parts: list[_Part]
    converters: dict[int, tuple[list[Any], Any]]
    annotations: dict[str, int]


NO_ROWS = _Made("", [], [], {}, {})
M = TypeVar("M", bound=models.Model)


class Prepared(Generic[M]):
    """`build(**values)` gives the query, with `select_related` of one level at most, and with annotations.

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
        if made is NO_ROWS:
            return []
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
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:  # no row can be meant: whoever has no office here has no pairs
            return NO_ROWS
        whole = compiler.klass_info
        parts = [_part(compiler, info) for info in (whole, *whole.get("related_klass_infos", ()))]
        converters = compiler.get_converters([column[0] for column in compiler.select])
        values = [self._value_of(each) for each in parameters]
        return _Made(sql, values, parts, converters, compiler.annotation_col_map or {})

    def _value_of(self, parameter: Any) -> Any:
        named = (name for name, stand_in in self._stand_ins.items() if stand_in == parameter)
        name = next(named, None)
        return parameter if name is None else _Value(name)


def _part(compiler: Any, info: dict[str, Any]) -> _Part:
    columns = info["select_fields"]
    names = [compiler.select[column][0].target.attname for column in columns]
    return _Part(info["model"], columns, names, info.get("local_setter"), info.get("remote_setter"))


def _object(made: _Made, given: Sequence[Any]) -> Any:
    row = list(given)
    for column, (converters, expression) in made.converters.items():
        for convert in converters:
            row[column] = convert(row[column], expression, connection)
    first, *related = made.parts
    whole: Any = _instance(first, row)
    for part in related:
        _relate(whole, part, row)
    for name, column in made.annotations.items():
        setattr(whole, name, row[column])
    return whole


class PreparedFor(Generic[M]):
    """The same for an actor: one SQL for all who have the same rights. `build(by, day)` may ask nothing else
    of the actor than rights and person, and nothing of the clock but the day.
    """

    def __init__(self, build: Callable[[Actor, dt.date], models.QuerySet[M]]) -> None:
        self._build = build
        self._made: dict[Actor, Prepared[M]] = {}

    def __call__(self, by: Actor) -> list[M]:
        like = replace(by, user=None, school=None)
        prepared = self._made.get(like) or self._made.setdefault(like, self._prepared(like))
        return prepared(user=by.user, day=clock.today())

    def _prepared(self, like: Actor) -> Prepared[M]:
        def build(user: UUID, day: dt.date) -> models.QuerySet[M]:
            return self._build(replace(like, user=user), day)

        return Prepared(build, user=UUID(int=1), day=dt.date(1, 1, 1))


def _relate(made: Any, part: _Part, row: Sequence[Any]) -> None:
    found = _instance(part, row)
    if part.relate is not None:
        part.relate(made, found)
    if part.back is not None and found is not None:
        part.back(found, made)


def _instance(part: _Part, row: Sequence[Any]) -> models.Model | None:
    """None where the relation leads to nothing: the key of what is there is never empty."""
    values = [row[column] for column in part.columns]
    key = part.model._meta.pk
    if key is None or values[part.names.index(key.attname)] is None:
        return None
    return part.model.from_db(connection.alias, part.names, values)
