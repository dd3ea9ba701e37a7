"""What stands around a page: head, plate, menu, tabs. Filled by `config.navigation`, read by the templates as
`request.shell`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from portal.core.contour import Contour
from portal.ui.prefs import Prefs


@dataclass(frozen=True)
class MenuItem:
    """A line of the menu or a tab. `count` is orange only when it waits for this person (`count_mine`).

    A count that must be asked inside the school is a function: the template calls it, when the school has
    been entered.
    """

    label: str
    url: str
    icon: str
    count: "int | Callable[[], int | None] | None" = None
    count_mine: bool = False
    current: bool = False


@dataclass(frozen=True)
class MenuGroup:
    """A group of the side menu; own things have no title, «Общее для города» has one with an icon."""

    items: list[MenuItem]
    title: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Place:
    """A place of the switch (a school or the city) with the offices one has there: (label, membership, is it
    the present one).

    With `Shell.switch_url` each office is a button that chooses its membership; without it the place is one
    link.
    """

    label: str
    url: str
    offices: list[tuple[str, str, bool]] = field(default_factory=list)
    current: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Shell:
    """Everything the frame of a page says. All but the contour may be absent: the frame then shows less."""

    contour: Contour = Contour.EXTERNAL
    place_name: str = ""
    place_hint: str = ""
    halt: str = ""
    """Why nothing can be written in this place now; said on each of its pages before anything is typed."""
    home_url: str = "/"
    menu: list[MenuGroup] = field(default_factory=list)
    tabs: list[MenuItem] = field(default_factory=list)
    person_short: str = ""
    person_full: str = ""
    office_name: str = ""
    person_role: str = ""
    places: list[Place] = field(default_factory=list)
    person_menu: list[tuple[str, str]] = field(default_factory=list)
    sign_out_url: str = ""
    switch_url: str = ""
    search_url: str = ""
    suggest_url: str = ""
    search_hint: str = "Практика, человек, документ"
    more_url: str = ""
    prefs_url: str = "/ui/prefs/"
    foot: list[tuple[str, str]] = field(default_factory=list)
    prefs: Prefs | None = None

    @property
    def is_city(self) -> bool:
        return self.contour == Contour.EXTERNAL

    @property
    def place_note(self) -> str:
        """Who sees what is here, in words: the wall between the contours is visible on each page."""
        return self.place_hint or ("то, что передали школы" if self.is_city else "видят только в школе")

    @property
    def contour_name(self) -> str:
        return "внешний контур" if self.is_city else "внутренний контур"


ANONYMOUS = Shell()
