"""What stands beside «Что дальше»: the person's own object in a few numbers, and quiet advice. Rooms
contribute, the home page collects.
"""

from collections.abc import Callable
from dataclasses import dataclass

from portal.core.actor import Actor
from portal.core.wiring import Slot


@dataclass(frozen=True)
class Measure:
    """One line about the object: «2 из 4», or `text` where a number says little. `url` makes a link of its
    name.
    """

    name: str
    value: int = 0
    of: int | None = None
    text: str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Glance:
    """An object in three numbers: a pair, a school. `mentor` and `mentee` (full names) draw the two
    circles.
    """

    title: str
    measures: tuple[Measure, ...]
    note: str = ""
    url: str = ""
    link: str = ""
    mentor: str = ""
    mentee: str = ""
    name: str = ""
    about: str = ""


@dataclass(frozen=True)
class Advice:
    """What may be ignored: dashed, never counted as a task; `later_url` takes the POST of «Не сейчас»."""

    title: str
    text: str
    url: str
    button: str
    later_url: str


@dataclass(frozen=True)
class Aside:
    """Everything a room has to say beside the tasks."""

    glances: tuple[Glance, ...] = ()
    advice: tuple[Advice, ...] = ()


Contribution = Callable[[Actor], Aside]
IN_SCHOOL: Slot[Contribution] = Slot()
IN_CITY: Slot[Contribution] = Slot()


def aside_of(by: Actor) -> Aside:
    """What all rooms of the actor's contour say."""
    said = [function(by) for function in (IN_SCHOOL if by.school else IN_CITY)]
    return Aside(tuple(g for one in said for g in one.glances), tuple(a for one in said for a in one.advice))
