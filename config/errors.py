"""Pages for what went wrong: what happened, what is safe, what to do."""

import sys
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from psycopg.errors import DeadlockDetected, SerializationFailure, UniqueViolation

from config import health
from portal.accounts.interrupted_form import fields_of
from portal.core.errors import Conflict, DomainError
from portal.ui import shortcuts
from tenants.addresses import is_api
from tenants.models import School


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The answer to a domain error that no form has caught."""
    if _is_api(request):
        return api_error(error.status, error.code, error.sentence, error.fields)
    return shortcuts.refusal(request, error)


def already_saved(request: HttpRequest, saved_at: str) -> HttpResponse:
    """A form that has made its object before and was changed and sent once more: where the object is, and
    what was typed now.
    """
    if _is_api(request):
        return api_error(
            409,
            "already_saved",
            "С этим ключом повтора запись уже сделана. Для другой записи возьмите новый ключ.",
        )
    return shortcuts.already_saved(request, saved_at)


def of_database(error: Exception) -> DomainError | None:
    """What two people did at the same moment: the database let the first through. None when the trouble is
    another.
    """
    cause = error.__cause__
    if isinstance(cause, UniqueViolation):
        return Conflict(
            "twin",
            "Такая запись только что появилась: её сделали в другой вкладке или ваш коллега. Откройте "
            "список, она уже там.",
        )
    if isinstance(cause, DeadlockDetected | SerializationFailure):
        return Conflict(
            "busy", "Сейчас эту запись меняет кто-то ещё. Ничего не потеряно, повторите через минуту."
        )
    return None


def api_error(
    status: int, code: str, message: str, fields: dict[str, list[str]] | None = None
) -> JsonResponse:
    """The one error shape of the API."""
    body = {"error": {"code": code, "message": message, "fields": fields or {}}}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


def _is_api(request: HttpRequest) -> bool:
    return is_api(request.path_info)


def _page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    return shortcuts.error_page(request, status, **context)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if _is_api(request):
        return api_error(400, "bad_request", "Запрос не удалось прочитать.")
    return _page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if _is_api(request):
        return api_error(403, "forbidden", "Это действие вам недоступно.")
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if _is_api(request):
        return api_error(404, "not_found", "Такой страницы у вас нет.")
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the error is being handled: when it is the database that does not answer, that is said,
    and what was typed is kept.
    """
    error = sys.exc_info()[1]
    if isinstance(error, (OperationalError, InterfaceError)):
        return not_answering(request)
    if (
        isinstance(error, ProgrammingError)
        and (school := getattr(request, "school", None))
        and school.behind_because
    ):
        return _ahead_of_tables(request, school)
    if _is_api(request):
        return api_error(
            500,
            "server_error",
            "У нас что-то сломалось. Записанное раньше на месте, это обращение не записано.",
        )
    return HttpResponse(render_to_string("500.html", {"request_id": getattr(request, "id", "")}), status=500)


def _ahead_of_tables(request: HttpRequest, school: School) -> HttpResponse:
    """503: this page wants a table as it will be when the school's update is finished; the other pages of the
    school are read.
    """
    halt = school.halt
    sentence = halt.sentence if halt else ""
    if _is_api(request):
        return api_error(503, "school_behind", sentence)
    return HttpResponse(
        render_to_string(
            "not_answering.html", {"request_id": getattr(request, "id", ""), "sentence": sentence}
        ),
        status=503,
    )


def not_answering(request: HttpRequest) -> HttpResponse:
    """503 without a single question to the database. A form can be sent again from here, with the same repeat
    key.
    """
    if request.path_info == "/readyz":
        return health.unavailable()
    if _is_api(request):
        response: HttpResponse = api_error(
            503,
            "unavailable",
            "Портал сейчас не отвечает. Ничего не записано, повторите запрос через минуту.",
        )
    else:
        context = {
            "request": request,
            "request_id": getattr(request, "id", ""),
            "action": request.get_full_path(),
            **_typed(request),
        }
        response = HttpResponse(render_to_string("not_answering.html", context), status=503)
    response["Retry-After"] = "30"
    return response


def _typed(request: HttpRequest) -> dict[str, Any]:
    """The fields of a form and its tokens; nothing of sign-in pages (passwords), of foreign forms, or when a
    file would be lost.
    """
    if request.method != "POST" or request.path_info.startswith(settings.REPEAT_KEY_EXEMPT) or request.FILES:
        return {}
    fields = fields_of(request)
    if fields is None:
        return {}
    tokens = SimpleNamespace(
        repeat_key=request.POST.get("repeat_key") or None, version=request.POST.get("version")
    )
    return {
        "kept": tokens,
        "carried": [(name, value) for name, value in fields if name not in ("repeat_key", "version")],
    }


def too_large(request: HttpRequest) -> HttpResponse:
    if _is_api(request):
        return api_error(413, "too_large", "Слишком большой запрос.")
    return _page(request, 413)


def foreign_host(request: HttpRequest) -> HttpResponse:
    """400 without asking for the host again: the page points to the portal's own address."""
    if _is_api(request):
        return api_error(400, "host", FOREIGN_HOST)
    context = {"portal": settings.PORTAL_URL, "request_id": getattr(request, "id", "")}
    return HttpResponse(render_to_string("foreign_host.html", context), status=400)


def crowded(request: HttpRequest) -> HttpResponse:
    """503: so many are sending at once that this one was not listened to."""
    sentence = (
        "Сейчас слишком многие отправляют сразу, ваше не принято. Вернитесь кнопкой «Назад» и отправьте ещё "
        "раз через минуту."
    )
    page = (
        api_error(503, "unavailable", sentence)
        if _is_api(request)
        else _page(request, 503, sentence=sentence)
    )
    page["Retry-After"] = "30"
    return page


def long_address(request: HttpRequest) -> HttpResponse:
    if _is_api(request):
        return api_error(414, "long_address", "Слишком длинный адрес запроса.")
    return _page(request, 414)


def wrong_method(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """An address of a button, opened as a page."""
    page = (
        api_error(405, "method", "Так к этому адресу обращаться нельзя.")
        if _is_api(request)
        else _page(request, 405)
    )
    page["Allow"] = refused.get("Allow", "")
    return page


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Almost always an old tab, or a second click on a sign-in that has just succeeded."""
    if _is_api(request):
        return api_error(403, "csrf", NO_CSRF)
    if request.path_info.startswith(("/accounts/login/", "/invitation/")) and getattr(
        request, "person", None
    ):
        return HttpResponseRedirect("/")
    return _page(request, 403, sentence=OLD_TAB, code="csrf")


FOREIGN_HOST = "Портал не отвечает по этому адресу: проверьте заголовок Host."
NO_CSRF = (
    "Запрос пришёл без защитного ключа. Передайте его в заголовке X-CSRFToken или пользуйтесь ключом доступа."
)
OLD_TAB = (
    "Страница была открыта слишком давно, и мы не уверены, что это вы. Вернитесь назад, обновите её и "
    "повторите. Ничего не изменилось."
)
