"""What the box in the head of a page finds: each room says in its `search.py` how its own things are asked,
through their own door. Nobody else knows them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from portal.core.actor import Actor
from portal.core.wiring import Slot

SHOWN = 5
"""So many of a kind stand on the page of everything; the rest are one press away."""


class Line(NamedTuple):
    """Something found: its name, its page, and what tells it from its namesakes."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Lines:
    """The first `SHOWN` of a kind, how many there are, and the page where all of them stand."""

    first: tuple[Line, ...] = ()
    total: int = 0
    rest: str = ""

    @classmethod
    def of(cls, rows: Any, line: Callable[[Any], Line], rest: str) -> Self:
        """Of ordered rows that have come through their door."""
        return cls(tuple(line(row) for row in rows[:SHOWN]), rows.count(), rest)


@dataclass(frozen=True)
class Finder:
    """How a room's things are found. `what`: one of them, as the box hints («человек»); `title`: all of them;
    `place`: their order on the page; `suggest`: the name of an address that continues a word being typed.
    """

    what: str
    title: str
    icon: str
    place: int
    may: Callable[[Actor], bool]
    find: Callable[[Actor, str], Lines]
    suggest: str = ""


IN_SCHOOL: Slot[Finder] = Slot()
IN_CITY: Slot[Finder] = Slot()


def finders_for(by: Actor) -> list[Finder]:
    """What this actor may ask for, in the order of the page."""
    every: Iterable[Finder] = IN_SCHOOL if by.school else IN_CITY
    return sorted((finder for finder in every if finder.may(by)), key=lambda finder: finder.place)
