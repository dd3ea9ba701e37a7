"""Lines of the menu: each room gives those of its pages that people look for, and says in whose menu they
stand first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from portal.core.contour import Contour
from portal.core.wiring import Slot


@dataclass(frozen=True)
class Count:
    """Of which rows there is how much, for whoever has the permission. All numbers of a menu are one
    question.
    """

    permission: str
    rows: Callable[[], QuerySet[Any]]


@dataclass(frozen=True)
class Entry:
    """A line: its words, the name of its page, its icon, and one permission of these opens it (none:
    everybody).

    `place`: where it stands in the whole menu of its contour. `first`: the offices which have it in their
    side menu, and at which place there; the two first things of an office are tabs of the phone. `tab`: how a
    tab says it; without it, by the first word. `shared`: it stands under «Общее для города». `elsewhere`: a
    page of the city, shown in a school on «Ещё» only.
    """

    label: str
    name: str
    icon: str
    contour: Contour = Contour.INTERNAL
    place: int = 0
    needs: tuple[str, ...] = ()
    first: Mapping[str, int] = field(default_factory=dict)
    tab: str = ""
    shared: bool = False
    elsewhere: bool = False
    count: Count | None = None


MENU: Slot[Entry] = Slot()


def menu_of(contour: Contour) -> list[Entry]:
    """All lines of a contour, in their order."""
    return sorted((entry for entry in MENU if entry.contour is contour), key=lambda entry: entry.place)
