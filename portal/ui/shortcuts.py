"""The three answers of a view: a page, a redirect with a word, a refusal; and the version that a form
brings.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from portal.core.errors import DomainError, Forbidden, NotVisible, Passed, Stale
from portal.files.kept import MARK
from portal.ui import versions
from portal.ui.forms import PageForm
from portal.ui.hidden_fields import CAME_FROM, REPEAT_KEY, VERSION, read_version

_GENERAL = (Forbidden().sentence, NotVisible().sentence)
"""Refusals whose sentence says no more than their page does."""
KEEPS_TYPED = (400, 403, 404, 409, 422)
"""Refusals after which what was typed is shown once more: nothing that a person wrote is lost."""
ERROR_PAGES = {
    400: "400.html",
    403: "403.html",
    404: "404.html",
    405: "405.html",
    409: "409.html",
    410: "410.html",
    413: "413.html",
    414: "414.html",
    422: "400.html",
    429: "429.html",
    503: "503.html",
}


def page(request: HttpRequest, template: str, *, status: int | None = None, **context: Any) -> HttpResponse:
    """Renders a page; 422 by itself when a bound form in the context has errors."""
    for form in context.values():
        if isinstance(form, PageForm) and form.is_bound and form.errors:
            form.keep_files(request)
    return render(request, template, context, status=status or _status(context))


def _status(context: dict[str, Any]) -> int:
    bound = (value for value in context.values() if isinstance(value, BaseForm) and value.is_bound)
    return 422 if any(form.errors for form in bound) else 200


def done(request: HttpRequest, url: str, flash: str = "") -> HttpResponse:
    """After a change: says what happened and whose move it is now, and goes on."""
    if flash:
        messages.success(request, flash)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def version_of(request: HttpRequest) -> int | None:
    """The version that a form without fields of its own was drawn from; None when it carries none."""
    return read_version(request.POST.get(VERSION))


def passed(request: HttpRequest, url: str, word: str = "Этот шаг уже сделан.") -> HttpResponse:
    """Instead of a form whose step cannot be made (any more): the page of the object, with a word."""
    messages.info(request, word)
    return HttpResponseRedirect(url)


def only_while(request: HttpRequest, possible: bool, url: str, word: str) -> None:
    """Before a form is shown: whether it can still be sent, else the reader is led to `url` with a word about
    what happened.

    A POST goes on: the service refuses it itself, and what was typed is kept on the page of the refusal.
    Raises Passed.
    """
    if request.method != "POST" and not possible:
        raise Passed(word, url)


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page of a DomainError. A stale form keeps everything typed and shows both texts."""
    if isinstance(error, Stale):
        return stale_page(request, error)
    if isinstance(error, Passed) and request.method != "POST":
        return passed(request, error.url, error.sentence)
    own_words = "" if error.sentence in _GENERAL else error.sentence
    return error_page(request, error.status, sentence=own_words, code=error.code)


def error_page(
    request: HttpRequest, status: int, *, sentence: str = "", code: str = "", **context: Any
) -> HttpResponse:
    """What happened, what is safe, what to do; the number for support small at the end."""
    known = {
        "status": status,
        "sentence": sentence,
        "code": code,
        "request_id": getattr(request, "id", ""),
        "back_url": _back(request),
        "again_url": _again(request),
        "typed": _typed(request) if status in KEEPS_TYPED else [],
    }
    return render(request, ERROR_PAGES.get(status, "400.html"), {**known, **context}, status=status)


def stale_page(request: HttpRequest, error: Stale) -> HttpResponse:
    """409: only fields of the form the person had before them are compared, so nothing new is shown to
    them.
    """
    form = getattr(error, "form", None)
    differences = versions.differences(form, error.current) if isinstance(form, PageForm) else []
    shown = {*_TOKENS, *(d.name for d in differences)}
    carried = [
        (name, value) for name, values in request.POST.lists() if name not in shown for value in values
    ]
    if isinstance(form, PageForm):
        form.keep_files(request)
        carried += [
            (f"{name}{MARK}", str(number))
            for name, (number, _) in form.kept_files.items()
            if f"{name}{MARK}" not in request.POST
        ]
    return error_page(
        request,
        409,
        sentence=error.sentence,
        code=error.code,
        saved=versions.last_saved(error.current, request.user),
        differences=differences,
        carried=carried if form is not None else [],
        files=bool(form.typed_again) if isinstance(form, PageForm) else bool(request.FILES),
        current=error.current,
        version=getattr(error.current, "version", None),
        action=request.get_full_path(),
    )


def already_saved(request: HttpRequest, saved_at: str) -> HttpResponse:
    """409 after Back, an edit and a second press: the way to what was saved, and the text that is not in it
    yet.
    """
    fields = [
        (name, value) for name, values in request.POST.lists() if name not in _TOKENS for value in values
    ]
    known = {
        "saved_at": saved_at,
        "typed": _typed(request),
        "carried": [] if request.FILES else fields,
        "action": request.get_full_path(),
    }
    return render(
        request, "already_saved.html", {**known, "request_id": getattr(request, "id", "")}, status=409
    )


_TOKENS = ("csrfmiddlewaretoken", VERSION, REPEAT_KEY, CAME_FROM)
WORTH_KEEPING = 20
"""Shorter words are typed again sooner than copied."""


def _typed(request: HttpRequest) -> list[str]:
    """The texts of a refused POST, as they were written; never passwords."""
    if request.method != "POST":
        return []
    try:
        sent = [(name, text) for name, texts in request.POST.lists() for text in texts]
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return []
    return [
        text
        for name, text in sent
        if name not in _TOKENS and "password" not in name and len(text) > WORTH_KEEPING and " " in text
    ]


def _back(request: HttpRequest) -> str:
    shell = getattr(request, "shell", None)
    return shell.home_url if shell is not None else "/"


def _again(request: HttpRequest) -> str:
    """The page from which a refused form was sent, at first: a page of ours, or nothing."""
    if request.method != "POST":
        return ""
    came_from = request.POST.get(CAME_FROM) or request.META.get("HTTP_REFERER", "")
    own = url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return came_from if own else ""
