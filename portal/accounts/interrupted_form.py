"""A form that was posted after the session had ended: its fields travel signed through the sign-in page, and
nothing is lost.

Nothing is kept in the browser's storage; on the server only after the password was right, in the person's own
session.
"""

from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware

FIELD = "carried"
RESUME = "/accounts/resume/"
MAX_BYTES = 256 * 1024
MAX_AGE_SECONDS = 2 * 3600
_SALT = "a form carried through sign-in"
_LEFT_OUT = ("csrfmiddlewaretoken", FIELD)


def carried_of(request: HttpRequest) -> str:
    """The signed fields of a visitor's POST; empty when it is not a form of ours or too large to carry."""
    fields = fields_of(request)
    if fields is None:
        return ""
    return signing.dumps(
        {"path": request.get_full_path(), "fields": fields, "files": bool(request.FILES)},
        salt=_SALT,
        compress=True,
    )


def fields_of(request: HttpRequest) -> list[list[str]] | None:
    """What was typed into a form of ours; None for a foreign form (its fields are not shown back) and for one
    too large to carry.
    """
    if CsrfViewMiddleware(lambda r: r).process_view(request, None, (), {}) is not None:  # type: ignore[arg-type]
        return None
    fields = [
        [name, value] for name, values in request.POST.lists() if name not in _LEFT_OUT for value in values
    ]
    return fields if sum(len(name) + len(value) for name, value in fields) <= MAX_BYTES else None


def opened(carried: str) -> dict[str, Any] | None:
    """`path`, `fields` and whether `files` were left behind; None for a foreign or old one."""
    try:
        form: dict[str, Any] = signing.loads(carried, salt=_SALT, max_age=MAX_AGE_SECONDS)
    except signing.BadSignature:
        return None
    return form
