"""Several numbers by one question to the database."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from portal.core import clock
from portal.core.actor import Actor
from portal.core.once import answer_now, once_a_page
from portal.core.wiring import Slot

Rows = dict[str, QuerySet[Any]]
"""What is counted, by the name of its number."""
Meant = Callable[[Actor, str], Rows]
"""What is counted for an actor on the page of this address."""
ON_HOME: Slot[Callable[[Actor], Rows]] = Slot()
"""What rooms of a school count for the home page of an actor; what it means is said where it is shown. It may
depend on who is asking and on the day, never on the hour or on what is in the database: see `how_many_for`.
"""


@dataclass(frozen=True)
class _Question:
    names: tuple[str, ...]
    sql: str
    parameters: tuple[Any, ...]

    def ask(self, given: dict[Any, Any]) -> dict[str, int]:
        """`given`: what stands in the place of a parameter."""
        if not self.names:
            return {}
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [_in_its_place(each, given) for each in self.parameters])
            return dict(zip(self.names, cursor.fetchone(), strict=True))


def _in_its_place(parameter: Any, given: dict[Any, Any]) -> Any:
    """A list is never one of those that are put in (and has no hash)."""
    return given.get(parameter, parameter) if isinstance(parameter, UUID | str) else parameter


def how_many(rows: Rows) -> dict[str, int]:
    """How many rows each of the queries has, by its name. What they mean is said by the figures."""
    return dict.fromkeys(rows, 0) | _question_of(rows).ask({})


def _question_of(rows: Rows) -> _Question:
    asked: dict[str, tuple[str, tuple[Any, ...]]] = {}
    for name, query in rows.items():
        try:
            asked[name] = query.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:  # no row can be meant
            continue
    parts = ", ".join(f"(SELECT count(*) FROM ({sql}) AS counted)" for sql, _ in asked.values())
    return _Question(
        tuple(asked), f"SELECT {parts}", tuple(v for _, values in asked.values() for v in values)
    )


# ── for every page ──────────────────────────────────────────────────────────────────────────────────
_SOMEBODY, _SOME_SCHOOL, _SOME_PAGE = UUID(int=1), UUID(int=2), "/a page that no contour has/"


def how_many_for(by: Actor, url: str, meant: Meant) -> dict[str, int]:
    """The same for numbers of every page: their SQL is made once a day for actors with the same rights, which
    takes longer than the answer. In it the person, the school and the address are put in their places.
    """
    like = replace(by, user=by.user and _SOMEBODY, school=by.school and _SOME_SCHOOL)
    names, question = _made(meant, like, clock.today())
    given = {_SOMEBODY: by.user, _SOME_SCHOOL: by.school, _SOME_PAGE: url}
    return dict.fromkeys(names, 0) | question.ask(given)


@lru_cache(maxsize=256)
def _made(meant: Meant, like: Actor, day: dt.date) -> tuple[tuple[str, ...], _Question]:
    rows = meant(like, _SOME_PAGE)
    return tuple(rows), _question_of(rows)


# ── the home page ───────────────────────────────────────────────────────────────────────────────────
@once_a_page
def home_numbers(by: Actor) -> dict[str, int]:
    """All numbers of the home page, by one question."""
    return how_many_for(by, "", on_home)


def on_home(by: Actor, url: str) -> Rows:
    return {name: rows for count in ON_HOME for name, rows in count(by).items()}


def home_numbers_are(found: dict[str, int], by: Actor) -> None:
    """They have come together with others."""
    answer_now(home_numbers, found, by)
