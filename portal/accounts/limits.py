"""How often something may be tried: counted in the shared cache, asked as the city (a school's role cannot read the cache)."""

import time

from django.core.cache import cache
from django.http import HttpRequest


def over(what: str, who: str, *, limit: int, seconds: int) -> bool:
    """Counts one more try of `who` in the present window; True when there were more than `limit`."""
    key = f"limit:{what}:{who}:{int(time.time()) // seconds}"
    if cache.add(key, 1, timeout=seconds):
        return limit < 1
    try:
        return int(cache.incr(key)) > limit
    except ValueError:  # the window has just ended
        return False


def address_of(request: HttpRequest) -> str:
    """Where the request came from, as the web server says."""
    return str(request.META.get("REMOTE_ADDR", ""))
