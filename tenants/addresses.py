"""Addresses of the two contours: a school lives under `/s/<code>/`, the city at the root."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse, set_script_prefix, set_urlconf

_API = re.compile(r"^(/s/[^/]+)?/api/")


def is_api(path: str) -> bool:
    """An address that is answered in JSON, of an unknown school too."""
    return _API.match(path) is not None


def city_url(name: str, *args: Any, **kwargs: Any) -> str:
    """An address in the city's contour, from anywhere."""
    return _reversed(name, settings.ROOT_URLCONF, "/", args, kwargs)


def school_url(code: str, name: str, *args: Any, **kwargs: Any) -> str:
    """An address in a school's contour, from anywhere."""
    return _reversed(name, settings.SCHOOL_URLCONF, f"/s/{code}/", args, kwargs)


@contextmanager
def city_addresses() -> Iterator[None]:
    """Everything inside makes addresses of the city, also while a school's page is being answered."""
    urlconf, prefix = get_urlconf(), get_script_prefix()
    set_urlconf(settings.ROOT_URLCONF)
    set_script_prefix("/")
    try:
        yield
    finally:
        set_urlconf(urlconf)
        set_script_prefix(prefix)


def _reversed(name: str, urlconf: str, prefix: str, args: Any, kwargs: Any) -> str:
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        return reverse(name, urlconf=urlconf, args=args, kwargs=kwargs)
    finally:
        set_script_prefix(before)
