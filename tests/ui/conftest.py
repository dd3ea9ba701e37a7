"""Frame of the tests of the look: a request with a shell, a fixed moment."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from portal.core import clock
from portal.core.contour import Contour
from portal.ui.shell import MenuGroup, MenuItem, Place, Shell

NOON = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def request_of_anna(rf: RequestFactory) -> HttpRequest:
    """A request of the curator in school 5."""
    request = rf.get("/pairs/")
    menu = [
        MenuGroup([MenuItem("Пары", "/pairs/", "people", 14, False, True)]),
        MenuGroup([MenuItem("Банк практик", "/bank/", "journals")], "Общее для города", "buildings"),
    ]
    request.shell = Shell(  # type: ignore[attr-defined]
        Contour.INTERNAL,
        "Школа № 5",
        menu=menu,
        tabs=[MenuItem("Дальше", "/", "signpost-split", 3, True)],
        person_short="Мельникова А. В.",
        person_full="Мельникова Анна Викторовна",
        office_name="куратор",
        places=[Place("Город", "/")],
        search_url="/search/",
    )
    return request
