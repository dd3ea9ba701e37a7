"""Browsers that have signed in before: a signed, long-lived cookie with a number and fingerprints of the
accounts, no names.

It opens nothing. It only keeps its owner from being held up by strangers who try the owner's password
(docs/adr/0016).
"""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from portal.accounts.request import PortalRequest

COOKIE, PATH = "estafeta_browser", "/accounts/"
DAYS, ACCOUNTS = 400, 8
"""Browsers keep no cookie longer; a computer of the staff room has several people."""
_SALT = "a browser that has signed in"
Handler = Callable[[PortalRequest], HttpResponse]


def fingerprint(email: str) -> str:
    """An account without its name: what the cookie and the counters know it by."""
    return salted_hmac(
        "an account of a known browser", email.strip().lower(), algorithm="sha256"
    ).hexdigest()[:24]


def number_of(request: HttpRequest, account: str) -> str:
    """The number of this browser if it has signed in as the account before; else empty."""
    number, accounts = _read(request)
    return number if account in accounts else ""


def remember(request: PortalRequest, email: str) -> None:
    """The answer to this request will carry the cookie."""
    request.browser_signed_in = fingerprint(email)


class RememberBrowser:
    """Sets the cookie when somebody has signed in, or has proved by a letter that the account is theirs."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        response = self.get_response(request)
        account = getattr(request, "browser_signed_in", "")
        if account:
            number, accounts = _read(request)
            kept = [account, *(other for other in accounts if other != account)][:ACCOUNTS]
            value = signing.dumps([number or secrets.token_hex(8), kept], salt=_SALT)
            response.set_cookie(
                COOKIE,
                value,
                max_age=DAYS * 86400,
                path=PATH,
                secure=settings.HTTPS,
                httponly=True,
                samesite="Lax",
            )
        return response


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        number, accounts = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=DAYS * 86400)
    except (signing.BadSignature, ValueError):
        return "", []
    return str(number), [str(account) for account in accounts]
