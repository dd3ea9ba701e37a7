"""«Что дальше»: whose move is it, why, and the link. Rooms contribute, the home page collects."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from portal.core.actor import Actor
from portal.core.contour import Contour


@dataclass(frozen=True)
class Holder:
    """Who has the baton when it is not the reader's. Made by the two makers only, so that nobody is named who does not hold it."""

    name: str
    users: frozenset[UUID] = frozenset()
    note: str = ""
    beyond: bool = False

    @classmethod
    def of(cls, name: str, users: Iterable[UUID], note: str = "") -> "Holder":
        """People who sign in here: each of `users` finds the matter at home. Raises ValueError for an empty office."""
        people = frozenset(users)
        if not people:
            raise ValueError(f"nobody holds it: {name}")
        return cls(name, people, note)

    @classmethod
    def outside(cls, name: str, note: str = "") -> "Holder":
        """Somebody whose home this contour cannot show: the other contour, a letter to somebody not in the portal, a day that will come."""
        return cls(name, note=note, beyond=True)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class NextStep:
    """One thing to be done: by the reader, or, where `who` is named, by them."""

    situation: str
    title: str
    why: str
    url: str
    button: str = "Открыть"
    who: Holder | None = None
    due: dt.date | None = None
    waiting_since: dt.date | None = None
    icon: str = "signpost-split"
    weight: int = 50

    @property
    def mine(self) -> bool:
        """The baton is the reader's."""
        return self.who is None

    @property
    def order(self) -> tuple[dt.date, int, str]:
        return (self.due or dt.date.max, self.weight, self.title)


Contribution = Callable[[Actor], list[NextStep]]
_contributions: dict[Contour, list[Contribution]] = {Contour.INTERNAL: [], Contour.EXTERNAL: []}


def contribute(contour: Contour, function: Contribution) -> None:
    """Called from a room's `ready()`: its steps appear on the home page of the contour."""
    if function not in _contributions[contour]:
        _contributions[contour].append(function)


def steps_for(by: Actor) -> list[NextStep]:
    """All steps of the actor in the present contour, in order."""
    contour = Contour.INTERNAL if by.school else Contour.EXTERNAL
    steps = [step for function in _contributions[contour] for step in function(by)]
    return in_order(steps)


def in_order(steps: Iterable[NextStep]) -> list[NextStep]:
    """Own steps first, then by due date and weight."""
    return sorted(steps, key=lambda step: (not step.mine, step.order))
