"""What every request goes through outside the rooms: its number and log line, its size, its shell, its
refusals.
"""

import time
import uuid
from collections.abc import Callable
from functools import partial
from typing import cast

import structlog
from django.conf import settings
from django.http import HttpResponse
from django.utils.functional import SimpleLazyObject

from config import errors, navigation
from config.buffering import CROWDED, LONG
from portal.accounts.limits import API, over
from portal.accounts.request import PortalRequest
from portal.audit.journal import request_id
from portal.core.errors import Conflict, DomainError
from portal.core.text import plain, whole_number
from portal.ui.shell import Shell as Frame
from tenants.middleware import ONLY_READ

Handler = Callable[[PortalRequest], HttpResponse]
log = structlog.get_logger("estafeta.web")


class RequestLog:
    """A number for each request (shown small on error pages) and one line of log: who by uuid, where, how
    long.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        number, started = uuid.uuid4().hex[:12], time.perf_counter()
        structlog.contextvars.clear_contextvars()
        request.id = number
        token = request_id.set(number)
        try:
            response = self.get_response(request)
            self._line(request, response, started)
            response["X-Request-ID"] = number
            return response
        finally:
            request_id.reset(token)

    def _line(self, request: PortalRequest, response: HttpResponse, started: float) -> None:
        milliseconds = round((time.perf_counter() - started) * 1000, 1)
        facts = {
            "method": request.method,
            "path": request.path_info,
            "status": response.status_code,
            "ms": milliseconds,
        }
        log.info("request", **{**facts, **_who_and_where(request)})


def _who_and_where(request: PortalRequest) -> dict[str, str | None]:
    """The person by uuid and the school by its code; nothing that names a person."""
    actor, school = getattr(request, "actor", None), getattr(request, "school", None)
    return {
        "school": school.code if school else None,
        "actor": str(actor.user) if actor and actor.user else None,
    }


class PressAnswer:
    """A form that the page's script sends (portal/ui/front/js/press.js) is told where to go: a script cannot
    read a redirect, and would eat its flash.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.headers.get("X-Press") and response.has_header("Location"):
            response["X-Go"] = response["Location"]
            del response["Location"]
            response.status_code = 200
        return response


class BodyLimit:
    """Django answers 400 to an oversized body; people are told 413 and that nothing was lost. A body that was
    not taken in is a 503.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        if request.META.get(CROWDED):
            return errors.crowded(request)
        if (whole_number(request.META.get("CONTENT_LENGTH") or "0", LONG) or 0) > settings.REQUEST_MAX_BYTES:
            return errors.too_large(request)
        return self.get_response(request)


class ApiRate:
    """So many calls a minute for each person; counted before the school is entered, since its role cannot
    read the cache.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        person = getattr(request, "person", None)
        if person is None or not request.path_info.startswith("/api/v"):
            return self.get_response(request)
        if not over(API, str(person.pk)):
            return self.get_response(request)
        refusal = errors.api_error(429, "throttled", "Слишком много запросов. Подождите минуту.")
        refusal["Retry-After"] = "60"
        return refusal


class Shell:
    """Who and where, for every line of log from here on; and what surrounds each page: menu, switch, tools.

    The steps in the city are asked before a school is entered. The frame asks nothing of the database, and is
    made when a page is drawn: a call of the API, a file and a redirect have none.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        structlog.contextvars.bind_contextvars(**_who_and_where(request))
        request.shell = cast(Frame, SimpleLazyObject(partial(navigation.shell_of, request)))
        request.city_steps = navigation.steps_in_city(request)
        return self.get_response(request)


class HaltedSchool:
    """A school that is halted (`tenants.halts`) is read and exported; whatever would write is refused with
    the reason and whom to ask.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        school = request.school
        halt = school.halt if school is not None else None
        if halt is None or request.method in ONLY_READ:
            return self.get_response(request)
        return errors.refusal(request, Conflict(halt.code, halt.sentence))


class PlainText:
    """What a form brings is taken as text is kept (portal.core.text): no room need think of line ends and of
    signs that turn the direction.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        if request.method == "POST" and request.POST:
            typed = request.POST.copy()
            for name, texts in request.POST.lists():
                typed.setlist(name, [plain(text) for text in texts])
            typed._mutable = False
            request.POST = typed  # type: ignore[assignment]  # Django has no public type of what it froze
        return self.get_response(request)


class DomainErrors:
    """The domain's «no» becomes a page (or the API's error shape) with the right status."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        saved_at: str | None = getattr(request, "saved_at", None)
        if saved_at is not None:
            return errors.already_saved(request, saved_at)
        response = self.get_response(request)
        return (
            errors.wrong_method(request, response)
            if response.status_code == 405 and not response.content
            else response
        )

    def process_exception(self, request: PortalRequest, exception: Exception) -> HttpResponse | None:
        refused = exception if isinstance(exception, DomainError) else errors.of_database(exception)
        return errors.refusal(request, refused) if refused is not None else None
