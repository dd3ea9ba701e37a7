"""`.importlinter` guards a room only where it is named, and is silent about a room that is named nowhere: so
the names in its lists are compared with the rooms.
"""

from configparser import ConfigParser

import pytest
from django.apps import apps

from portal.core.contour import Contour, RoomConfig
from tests.database import ROOT

ROOMS = {config.name: config.contour for config in apps.get_app_configs() if isinstance(config, RoomConfig)}
INSIDE = {name for name, contour in ROOMS.items() if contour is Contour.INTERNAL}
CITY = {name for name, contour in ROOMS.items() if contour is Contour.EXTERNAL}
RECORDS = {"portal.school_records", "portal.city_records"}
"""Concrete tables only: they have no layers, and give nothing to menus."""
SEEDS = {"portal.demo"}
"""Seeds both contours through the services of all rooms."""
JOINED_BY_NAME = {"portal.accounts"}
"""Of the menu and the addresses: who asks."""
NAMED_IN: dict[tuple[str, str], set[str]] = {
    ("storeys", "layers"): set(ROOMS),
    ("walls", "source_modules"): CITY - SEEDS,
    ("walls", "forbidden_modules"): INSIDE,
    ("paper", "source_modules"): set(ROOMS) - {"portal.documents"},
    ("layers-of-a-room", "containers"): (INSIDE | CITY) - RECORDS - SEEDS - {"tenants"},
    ("joining", "forbidden_modules"): (INSIDE | CITY) - RECORDS - JOINED_BY_NAME - {"tenants"},
}


@pytest.mark.parametrize(("contract", "names"), NAMED_IN, ids=lambda word: str(word))
def test_each_room_is_named_where_it_is_guarded(contract: str, names: str) -> None:
    lists = ConfigParser()
    lists.read(ROOT / ".importlinter")
    named = set(lists[f"importlinter:contract:{contract}"][names].replace("|", " ").split())
    missing = sorted(NAMED_IN[contract, names] - named)
    assert not missing, f"add to «{names}» of [importlinter:contract:{contract}] in .importlinter: {missing}"
