"""Who is asking, settled as the city before any school is entered: session or token, memberships, second
factor.
"""

import datetime as dt
from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse

from portal.accounts.actors import actor_in, memberships_of
from portal.accounts.hashes import hash_of
from portal.accounts.left import OPEN_TO_LEFT, LeftPlace, left_places
from portal.accounts.limits import REFUSED_KEY, network_of, over
from portal.accounts.models import Membership, PersonalToken, User
from portal.accounts.offices import MFA_OFFICES
from portal.accounts.request import PortalRequest
from portal.core import clock
from tenants.addresses import is_api
from tenants.lookup import facts_of
from tenants.models import School

Handler = Callable[[PortalRequest], HttpResponse]
OPEN_PATHS = (
    "/accounts/",
    "/healthz",
    "/readyz",
    "/static/",
    "/ui/",
    "/demo/",
    "/invitation/",
    "/api/docs/",
    "/api/schema/",
    "/help/",
    "/personal-data/",
    "/accessibility/",
    "/feed/",
    "/searches/stop/",
    "/verify/",
    "/api/v1/verify/",
)
"""Addresses of the city that a visitor may open; all others lead to sign-in."""


class SettleActor:
    """Sets `request.actor` and `request.memberships`; sends visitors to sign-in and shows strangers of a
    school a 404.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        token, refused = _token_of(request)
        if refused is not None:
            return refused
        user = token.user if token else _person(request)
        memberships = _places_of(user) if user else []
        request.person, request.memberships = user, memberships
        request.school = _as_it_is_now(request.school, memberships)
        request.actor = actor_in(user, memberships, request.school, via="token" if token else "session")
        request.left = _left(request)
        with facts_of(getattr(next(iter(memberships), None), "facts_mark", None)):
            return self._gate(request, user, memberships) or self.get_response(request)

    def _gate(
        self, request: PortalRequest, user: User | None, memberships: list[Membership]
    ) -> HttpResponse | None:
        school, api = request.school, is_api(request.path_info)
        if user is None:
            return self._for_visitor(request, school is None and request.path_info.startswith(OPEN_PATHS))
        if school is not None and not request.actor.offices and request.left is None:
            raise Http404  # a stranger is not told whether the school exists
        if _second_factor_is_fine(request, user, memberships):
            return None
        if api:
            return refused_api("second_factor", "Сначала подключите второй шаг входа.", 403)
        return HttpResponseRedirect(f"/accounts/2fa/totp/activate/?next={quote(request.get_full_path())}")

    def _for_visitor(self, request: PortalRequest, is_open: bool) -> HttpResponse | None:
        if is_api(request.path_info) and not is_open:
            return refused_api("sign_in", "Войдите в портал или передайте ключ доступа.", 401)
        if is_open:
            return None
        if request.method == "POST" and not request.headers.get("HX-Request"):
            # pages read models, which are not there when middleware is loaded
            from portal.accounts.views.signin import (
                sign_in_again,
            )

            return sign_in_again(request)
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={quote(request.get_full_path())}")


def _left(request: PortalRequest) -> LeftPlace | None:
    """Whoever has left the school reads the own papers there for a year: by a session, and never writes."""
    is_door = request.method in ("GET", "HEAD") and request.path_info.startswith(OPEN_TO_LEFT)
    if not is_door or request.school is None or request.person is None or request.actor.serves:
        return None
    return next(iter(left_places(request.person, request.school)), None)


def _as_it_is_now(school: School | None, memberships: list[Membership]) -> School | None:
    """The lookup by address is remembered for a minute; memberships are asked each time and bring the state
    in which the school is now.
    """
    return next((m.school for m in memberships if school is not None and m.school_id == school.pk), school)


def _places_of(user: User) -> list[Membership]:
    return memberships_of(user) if user.memberships_read is None else user.memberships_read


def _person(request: PortalRequest) -> User | None:
    user = request.user
    return user if user.is_authenticated and user.is_active else None


def _second_factor_is_fine(request: PortalRequest, user: User, memberships: list[Membership]) -> bool:
    """Principals, curators and the city's officials sign in with a second factor (outside the demo)."""
    if not settings.MFA_REQUIRED or (
        request.path_info.startswith(
            (
                "/accounts/",
                "/static/",
                "/ui/",
                "/demo/",
                "/help/",
                "/personal-data/",
                "/accessibility/",
                "/verify/",
                "/api/v1/verify/",
            )
        )
        and request.school is None
    ):
        return True
    if request.actor.via == "token" or not any(m.office in MFA_OFFICES for m in memberships):
        return True  # a key was issued in a session with the second factor
    from allauth.mfa.utils import is_mfa_enabled

    return bool(is_mfa_enabled(user))


def refused_api(code: str, message: str, status: int) -> HttpResponse:
    """A refusal in the error shape of the API."""
    answer = JsonResponse(
        {"error": {"code": code, "message": message, "fields": {}}},
        status=status,
        json_dumps_params={"ensure_ascii": False},
    )
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def _refused_key(request: PortalRequest) -> HttpResponse:
    """A key that does not fit; whoever tries many of them is slowed down. A key that fits is not counted."""
    if not over(REFUSED_KEY, network_of(request)):
        return refused_api(
            "token_refused", "Ключ доступа не подходит: отозван, истёк или выдан для другого места.", 401
        )
    slow = refused_api(
        "throttled", "Слишком много попыток с ключом, который не подходит. Подождите минуту.", 429
    )
    slow["Retry-After"] = "60"
    return slow


def _token_of(request: PortalRequest) -> tuple[PersonalToken | None, HttpResponse | None]:
    """The personal token of the request, checked against its contour and its end; or the refusal."""
    header = request.headers.get("Authorization", "")
    if header[:7].lower() != "bearer " or not is_api(request.path_info):
        return None, None
    found = (
        PersonalToken.objects.select_related("user")
        .filter(token_hash=hash_of(header[7:].strip()), revoked_at=None, expires_at__gt=clock.now())
        .first()
    )
    school = request.school.pk if request.school else None
    if found is None or found.school_id != school or not found.user.is_active:
        return None, _refused_key(request)
    if found.used_at is None or clock.now() - found.used_at > dt.timedelta(minutes=10):
        PersonalToken.objects.filter(pk=found.pk).update(used_at=clock.now())
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    return found, None
