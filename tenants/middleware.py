"""From an address to a contour, and from a POST to a write that happens once.

`SchoolPrefix` only reads the address; the person is settled as the city (accounts); `EnterSchool` is the
innermost: what runs inside it has the school's role and nothing else.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import connection, transaction
from django.db.models import Q
from django.http import HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import set_script_prefix

from portal.audit.journal import note_reading
from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.core.once import page_of_questions
from portal.core.reading import page_of_reading, shown
from portal.files import kept
from tenants.context import in_school
from tenants.lookup import school_by_code
from tenants.request import ContourRequest

Handler = Callable[[ContourRequest], HttpResponse]
_ADDRESS = re.compile(r"^/s/(?P<code>[a-z0-9-]{1,40})(?P<rest>/.*)?$")
REPEAT_KEY, VERSION = "repeat_key", "version"
REPEAT_HEADER = "Idempotency-Key"
ONLY_READ = ("GET", "HEAD", "OPTIONS", "TRACE")


class SchoolPrefix:
    """`/s/<code>/…` is the school's contour: prefix, urlconf and `request.school` are set and restored
    after.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: ContourRequest) -> HttpResponse:
        request.school = None
        match = _ADDRESS.match(request.path_info)
        if match is None:
            return self.get_response(request)
        if match["rest"] is None:
            return HttpResponsePermanentRedirect(f"{request.path}/")
        return self._within(request, match["code"], match["rest"])

    def _within(self, request: ContourRequest, code: str, rest: str) -> HttpResponse:
        outer = request.META.get("SCRIPT_NAME", "")
        request.school_code = code
        request.school = school_by_code(code)
        if request.school is None:
            return self.get_response(request)  # the city has no such address: its 404 answers
        base = f"{outer}/s/{code}"
        request.path_info, request.META["PATH_INFO"], request.META["SCRIPT_NAME"] = rest, rest, base
        request.urlconf = settings.SCHOOL_URLCONF
        set_script_prefix(f"{base}/")
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(f"{outer}/" if outer else "/")


class EnterSchool:
    """Enter the contour with the actor that was settled outside; note the reading of personal data."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: ContourRequest) -> HttpResponse:
        school, actor = request.school, request.actor
        if school is None:
            return self._answer(request, actor)
        with in_school(school):
            return self._answer(request, actor)

    def _answer(self, request: ContourRequest, actor: Actor) -> HttpResponse:
        reads = request.method in ("GET", "HEAD")
        with page_of_reading() as given, page_of_questions() if reads else nullcontext():
            response = self.get_response(request)
            if (
                response.streaming is False
                and hasattr(response, "render")
                and not getattr(response, "is_rendered", True)
            ):
                response.render()
        if _gives_something(response.status_code):
            note_reading(request.path, actor, given, own=_own_numbers(request))
        if actor.user and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache"
        return response


REFUSED = (403, 404, 405)
"""Their pages show nothing of what a door has looked at."""


def _gives_something(status: int) -> bool:
    """Whether an answer carries data to the reader: pages, files, «304: you have it already»; not redirects,
    refusals and failures.
    """
    return (
        (status < 300 and status != 204) or status == 304 or 400 <= status < 500
    ) and status not in REFUSED


def _own_numbers(request: ContourRequest) -> set[UUID]:
    """The numbers under which the reader stands in tables: as an account and as a person of schools."""
    memberships, left = getattr(request, "memberships", []), getattr(request, "left", None)
    cards = left.cards if left is not None else ()
    return {number for number in (request.actor.user, *(m.person for m in memberships), *cards) if number}


class WriteOnce:
    """Every POST is one transaction; its repetition gets the first answer and does nothing (decisions.md,
    repeat keys).

    The key is looked at before versions, so that a double click is not a conflict; only successful answers
    are kept, in the work's own transaction, per person and route; the same key with another body is a new
    attempt. But a form that carries no version and was saved already (Back, an edit, save) would make a
    second object: it is told where the first one is.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: ContourRequest) -> HttpResponse:
        if request.method in ONLY_READ:
            return self.get_response(request)
        if any("\x00" in text for name, texts in request.POST.lists() for text in (name, *texts)):
            # the database would refuse it in the middle of the work
            raise BadRequest("a character that no text has")
        if _exempt(request.path_info):
            return self.get_response(request)
        key = request.headers.get(REPEAT_HEADER) or request.POST.get(REPEAT_KEY, "")
        request.repeat_key = key[:80]
        kept.restore(request, request.actor)
        response = self._in_transaction(request, key)
        if response.status_code >= 400:
            kept.keep_asked(request, request.actor)
        return response

    def _in_transaction(self, request: ContourRequest, key: str) -> HttpResponse:
        with transaction.atomic():
            known = self._known(request, key) if key else None
            request.saved_at = _saved_at(request, key) if key and known is None else None
            return known if known is not None else self._work(request, key)

    def _known(self, request: ContourRequest, key: str) -> HttpResponse | None:
        identity = _identity(request, key)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [json.dumps(identity)])
        row = record_model("RepeatKey").objects.filter(**identity).first()
        return _again(request, row) if row else None

    def _work(self, request: ContourRequest, key: str) -> HttpResponse:
        response = self.get_response(request)
        if hasattr(response, "render") and not getattr(response, "is_rendered", True):
            response.render()
        if response.status_code >= 400:
            transaction.set_rollback(True)
            return response
        kept.forget_used(request, request.actor)
        if key:
            self._keep(request, key, response)
        return response

    def _keep(self, request: ContourRequest, key: str, response: HttpResponse) -> None:
        flash = [
            [m.level, str(m.message)] for m in getattr(messages.get_messages(request), "_queued_messages", [])
        ]
        body = b"" if response.streaming or response.status_code in (302, 303) else response.content
        model = record_model("RepeatKey")
        model.objects.filter(**_identity(request, key)).delete()
        model.objects.create(
            **_identity(request, key),
            status=response.status_code,
            location=response.headers.get("Location", "")[:500],
            flash=flash,
            etag=response.headers.get("ETag", "")[:80],
            body=body,
            content_type=response.headers.get("Content-Type", "")[:80],
            shown=sorted(shown()) if body else [],
        )


def _saved_at(request: ContourRequest, key: str) -> str | None:
    """Where the object is that this very form has made before; None when it has made none, or when its
    version guards it.
    """
    if request.POST.get(VERSION) or request.headers.get("If-Match"):
        return None
    identity = {name: value for name, value in _identity(request, key).items() if name != "body_hash"}
    row = record_model("RepeatKey").objects.filter(**identity).filter(Q(status=201) | ~Q(location="")).first()
    return row.location if row else None


def _exempt(path: str) -> bool:
    return any(path.startswith(prefix) for prefix in settings.REPEAT_KEY_EXEMPT)


def _identity(request: ContourRequest, key: str) -> dict[str, str]:
    actor: Actor = request.actor
    return {
        "person": str(actor.user or ""),
        "route": f"{request.method} {request.path_info}"[:300],
        "key": key[:80],
        "body_hash": _body_hash(request),
    }


def _body_hash(request: ContourRequest) -> str:
    """The same fields and the same files give the same hash, whatever the boundary of the form."""
    if not hasattr(request, "body_hash"):
        request.body_hash = hashlib.sha256(b"\n".join(_body_parts(request))).hexdigest()
    return request.body_hash


def _body_parts(request: ContourRequest) -> Iterator[bytes]:
    if (request.content_type or "").startswith(("multipart/", "application/x-www-form-urlencoded")):
        for name in sorted(request.POST):
            if name != "csrfmiddlewaretoken":
                yield json.dumps([name, request.POST.getlist(name)]).encode()
        for name in sorted(request.FILES):
            for upload in request.FILES.getlist(name):
                yield json.dumps([name, upload.name, hashlib.sha256(upload.read()).hexdigest()]).encode()
                upload.seek(0)
    else:
        yield request.body


def _again(request: ContourRequest, row: Any) -> HttpResponse:
    """The first answer once more: status, address and flash for pages, the body and its ETag for the API."""
    for level, text in row.flash:
        messages.add_message(request, level, text)
    if row.location:
        response: HttpResponse = HttpResponseRedirect(row.location)
        response.status_code = row.status
        return response
    response = HttpResponse(bytes(row.body), status=row.status, content_type=row.content_type or None)
    if row.etag:
        response["ETag"] = row.etag
    return response
