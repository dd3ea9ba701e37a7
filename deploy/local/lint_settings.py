"""The portal's settings with the migration linter, which is a tool of development and no part of the
portal.
"""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS as _PORTAL
from config.settings import LIBRARIES, SHARED_APPS, TENANT_APPS

INSTALLED_APPS = [*_PORTAL, "django_migration_linter"]
_HOUSE = {
    name.split(".")[-1]
    for name in [*SHARED_APPS, *TENANT_APPS, *LIBRARIES]
    if name.split(".")[0] in ("portal", "tenants", "best_practices", "registry")
}
MIGRATION_LINTER_OPTIONS = {
    "include_apps": sorted(_HOUSE),
    "sql_analyser": "postgresql",
    "warnings_as_errors": [],
    "no_cache": True,
}
