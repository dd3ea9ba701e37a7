"""Pages of the department."""

from uuid import UUID

from portal.accounts.request import PortalRequest
from portal.core.actor import Actor
from portal.core.errors import Forbidden, NotVisible
from portal.ui.shortcuts import version_of

__all__ = ["acting", "uuid_of", "version_of"]


def acting(request: PortalRequest, permission: str = "") -> Actor:
    """Who is asking, as middleware settled it. Raises Forbidden without the permission, if one is named."""
    by = request.actor
    if permission and not by.can(permission):
        raise Forbidden
    return by


def uuid_of(text: str) -> UUID:
    """What a field of a form names. Raises NotVisible for a text that is no number of anything."""
    try:
        return UUID(text)
    except ValueError:
        raise NotVisible from None
