"""System checks of the house: contours of apps, and no table name in both."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import Error

from portal.core.contour import Contour, RoomConfig

EXPECTED = {
    Contour.INTERNAL: (True, False),
    Contour.EXTERNAL: (False, True),
    Contour.LIBRARY: (False, False),
}
"""Whether the apps of a contour stand among those of a school, and among those of the city."""


def contours_agree(app_configs: Any = None, **kwargs: Any) -> list[Error]:
    """Each room says its contour; the settings must put it there, and only there."""
    found = []
    for config in apps.get_app_configs():
        if isinstance(config, RoomConfig):
            places = (config.name in settings.TENANT_APPS, config.name in settings.SHARED_APPS)
            if places != EXPECTED[config.contour]:
                said = f"{config.name} says it is {config.contour}, the settings say otherwise"
                found.append(Error(said, id="tenants.E001"))
            if config.contour is Contour.LIBRARY and list(config.get_models()):
                found.append(Error(f"{config.name} is a library and must not have tables", id="tenants.E002"))
    return found


def no_table_twice(app_configs: Any = None, **kwargs: Any) -> list[Error]:
    """A table missing in a school would silently be read from public, if both had it."""
    tables: dict[bool, set[str]] = {True: set(), False: set()}
    for model in apps.get_models(include_auto_created=True):
        tables[apps.get_app_config(model._meta.app_label).name in settings.TENANT_APPS].add(
            model._meta.db_table
        )
    return [
        Error(f"table {name} is in both contours", id="tenants.E003")
        for name in sorted(tables[True] & tables[False])
    ]
