"""Pages of the department."""

from django.http import HttpRequest

from portal.core.actor import Actor
from portal.core.errors import Forbidden


def acting(request: HttpRequest, permission: str = "") -> Actor:
    """Who is asking, as middleware settled it. Raises Forbidden without the permission, if one is named."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    if permission and not by.can(permission):
        raise Forbidden
    return by
