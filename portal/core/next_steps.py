"""«Что дальше»: whose move is it, why, and the link. Rooms give, the home page collects."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from portal.core.actor import Actor
from portal.core.wiring import Slot


@dataclass(frozen=True)
class Holder:
    """Who has the baton when it is not the reader's. Made by the two makers only, so that nobody is named who
    does not hold it.
    """

    name: str
    users: frozenset[UUID] = frozenset()
    note: str = ""
    beyond: bool = False

    @classmethod
    def of(cls, name: str, users: Iterable[UUID], note: str = "") -> "Holder":
        """People who sign in here: each of `users` finds the matter at home. Raises ValueError for an empty
        office.
        """
        people = frozenset(users)
        if not people:
            raise ValueError(f"nobody holds it: {name}")
        return cls(name, people, note)

    @classmethod
    def outside(cls, name: str, note: str = "") -> "Holder":
        """Somebody whose home this contour cannot show: the other contour, a letter to somebody not in the
        portal, a day that will come.
        """
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
        """By the day on which it should be done; where no day is set, by the day since which it waits: the
        oldest work stands first.
        """
        return (self.due or self.waiting_since or dt.date.max, self.weight, self.title)


Contribution = Callable[[Actor], list[NextStep]]
IN_SCHOOL: Slot[Contribution] = Slot()
IN_CITY: Slot[Contribution] = Slot()


def steps_for(by: Actor) -> list[NextStep]:
    """All steps of the actor in the present contour, in order."""
    steps = [step for function in (IN_SCHOOL if by.school else IN_CITY) for step in function(by)]
    return in_order(steps)


SOON = dt.timedelta(days=7)
"""What is due within a week is this week's; what has waited for a week is today's."""
MAY_WAIT = 60
"""Steps without a day that weigh as much are nobody's hurry."""


@dataclass(frozen=True)
class Stretch:
    """Own steps that belong together by their time."""

    title: str
    steps: list[NextStep]


def stretches_of(steps: Iterable[NextStep], today: dt.date) -> list[Stretch]:
    """«Сегодня», «На этой неделе», «Потом»: own steps by when they want to be done. Their order stays; an
    empty stretch is left out.
    """
    now, week, later = Stretch("Сегодня", []), Stretch("На этой неделе", []), Stretch("Потом", [])
    for step in steps:
        day = _day_of(step, today)
        if day <= today:
            now.steps.append(step)
        elif day <= today + SOON:
            week.steps.append(step)
        else:
            later.steps.append(step)
    return [stretch for stretch in (now, week, later) if stretch.steps]


def _day_of(step: NextStep, today: dt.date) -> dt.date:
    """Its due day, a week after it began to wait, or, where there is neither, this week unless it may
    wait.
    """
    if step.due is not None:
        return step.due
    if step.waiting_since is not None:
        return step.waiting_since + SOON
    return dt.date.max if step.weight >= MAY_WAIT else today + SOON


def in_order(steps: Iterable[NextStep]) -> list[NextStep]:
    """Own steps first, then by the day (due, or waiting since), then by weight."""
    return sorted(steps, key=lambda step: (not step.mine, step.order))
