"""The API's common ground: who asks, pages, throttling, and one error shape in Russian with stable codes.

The actor is settled by middleware, before a school is entered; under a school's role DRF's own authentication
and throttling could not read their tables (tenancy.md §8).
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import Http404
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions, pagination, parsers, permissions, status
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response

from config.errors import NO_CSRF, of_database
from portal.core.errors import DomainError, Forbidden
from portal.core.text import plain_all

_CODES = {
    400: "bad_request",
    401: "sign_in",
    403: "forbidden",
    404: "not_found",
    405: "method",
    406: "accept",
    415: "media_type",
    429: "throttled",
}
_SENTENCES = {
    "bad_request": "Запрос не удалось прочитать.",
    "sign_in": "Войдите в портал или передайте ключ доступа.",
    "forbidden": "Это действие вам недоступно.",
    "not_found": "Такой страницы у вас нет.",
    "method": "Так к этому адресу обращаться нельзя.",
    "accept": "Ответ даётся только в JSON.",
    "media_type": "Передайте тело запроса в JSON.",
    "throttled": "Слишком много запросов. Подождите минуту.",
}


class SettledActor(BaseAuthentication):
    """The person that middleware has settled."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        person = getattr(request._request, "person", None)
        if person is None:
            return None
        actor = request._request.actor  # type: ignore[attr-defined]
        if actor.via == "session":
            _same_site(request)
        return person, actor

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class SettledActorScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Session of the browser or a personal key."""

    target_class = SettledActor
    name = ["session", "key"]

    def get_security_definition(self, auto_schema: Any) -> list[dict[str, str]]:
        session = {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "вход в браузере; запись требует X-CSRFToken",
        }
        return [
            session,
            {"type": "http", "scheme": "bearer", "description": "личный ключ со страницы «Ключи доступа»"},
        ]


def _same_site(request: Request) -> None:
    """A browser's session writes only with the protecting key of the page. Raises Forbidden."""
    try:
        SessionAuthentication().enforce_csrf(request)
    except exceptions.PermissionDenied:
        raise Forbidden(NO_CSRF, "csrf") from None


class PersonOnly(permissions.BasePermission):
    """Every endpoint wants a person; what the person may do is said by the doors and rules of the rooms."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return request.user is not None


class Json(parsers.JSONParser):
    """JSON only; brackets without end are unreadable, not a failure of ours."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return plain_all(super().parse(*args, **kwargs))
        except RecursionError:
            raise exceptions.ParseError from None


class Page(pagination.PageNumberPagination):
    """25 a page, up to 100 by `page_size`."""

    page_size_query_param = "page_size"
    max_page_size = 100


def errors_in_russian(error: Exception, context: dict[str, Any]) -> Response | None:
    """`{"error": {"code", "message", "fields"}}` for every refusal."""
    if isinstance(error, DomainError):
        return _shape(error.status, error.code, error.sentence, error.fields)
    if isinstance(error, exceptions.ValidationError):
        return _shape(
            422, "invalid", "Проверьте поля: часть из них принять нельзя.", dict(_flat(error.detail))
        )
    from rest_framework.views import exception_handler  # views read the settings that name this module

    known = of_database(error)
    if known is not None:
        return errors_in_russian(known, context)
    response = exception_handler(error, context)
    if response is None:
        return None
    code = "not_found" if isinstance(error, Http404) else _CODES.get(response.status_code, "error")
    return _shape(
        response.status_code,
        code,
        _SENTENCES.get(code, "Запрос выполнить не удалось."),
        {},
        headers=response.headers,
    )


def _flat(detail: Any, name: str = "") -> Iterator[tuple[str, list[str]]]:
    """Mistakes inside rows are told by their way: `goals.0.target`; of the whole body, by an empty name."""
    if isinstance(detail, dict):
        for key, inner in detail.items():
            own = "" if key == "non_field_errors" else str(key)
            yield from _flat(inner, ".".join(part for part in (name, own) if part))
    elif any(isinstance(inner, dict | list) for inner in detail):
        for number, inner in enumerate(detail):
            yield from _flat(inner, f"{name}.{number}") if inner else ()
    else:
        yield name, [str(sentence) for sentence in detail]


def _shape(code: int, name: str, message: str, fields: Any, *, headers: Any = None) -> Response:
    kept = {k: v for k, v in (headers or {}).items() if k in ("WWW-Authenticate", "Retry-After", "Allow")}
    return Response(
        {"error": {"code": name, "message": message, "fields": fields}}, status=code, headers=kept
    )


OK_CREATED = status.HTTP_201_CREATED
