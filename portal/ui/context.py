"""The context processor of the frame."""

from typing import Any

from django.http import HttpRequest

from portal.ui.prefs import prefs_of
from portal.ui.shell import ANONYMOUS


def look(request: HttpRequest) -> dict[str, Any]:
    """`shell` and `prefs`, present in every template."""
    return {"shell": getattr(request, "shell", None) or ANONYMOUS, "prefs": prefs_of(request)}
