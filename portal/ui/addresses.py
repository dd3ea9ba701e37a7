"""Which addresses a room has, and in which contour: the url lists join what rooms give."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, include, path

from portal.core.contour import Contour
from portal.core.wiring import Slot

API = "api/v1/"


@dataclass(frozen=True)
class Addresses:
    """The url module of a room, and what stands before its addresses."""

    module: str
    under: str = ""


IN_SCHOOL: Slot[Addresses] = Slot()
IN_CITY: Slot[Addresses] = Slot()


def paths_of(given: Iterable[Addresses]) -> list[URLPattern | URLResolver]:
    """For the url list of a contour."""
    return [path(one.under, include(one.module)) for one in given]


@dataclass(frozen=True)
class Called:
    """What stands below an address, in words: the read journal says so to whom the data belong."""

    begins: str
    words: str
    contour: Contour | None = None
    """Where the address is called so; None: in both."""
    instead_of_name: str = ""
    """Who has looked there, where the name is not said: experts are not named to authors, ever."""


CALLED: Slot[Called] = Slot()


def in_words(path: str, contour: Contour) -> str | None:
    """The words of the narrowest address of the contour that begins so; None where no room has named it."""
    found = _called(path, contour)
    return found.words if found else None


def instead_of_name(path: str, contour: Contour) -> str:
    """What is said instead of the name of whoever looked there; empty where the name is said."""
    found = _called(path, contour)
    return found.instead_of_name if found else ""


def _called(path: str, contour: Contour) -> Called | None:
    known = [one for one in CALLED if one.contour in (None, contour) and path.startswith(one.begins)]
    return max(known, key=lambda one: len(one.begins)) if known else None
