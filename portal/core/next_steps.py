"""«Что дальше»: whose move is it, why, and the link. Rooms contribute, the home page collects."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.core.actor import Actor
from portal.core.contour import Contour


@dataclass(frozen=True)
class NextStep:
    """One thing to be done. `mine` says whether the baton is with the actor; else `who` holds it."""

    situation: str
    title: str
    why: str
    url: str
    button: str = "Открыть"
    mine: bool = True
    who: str = ""
    due: dt.date | None = None
    waiting_since: dt.date | None = None
    icon: str = "signpost-split"
    weight: int = 50

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
