"""The pattern of every write: ETag out, If-Match in (428 without it), Idempotency-Key, 409 with both
texts.
"""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from django.db import models
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.field_mapping import get_field_kwargs
from rest_framework.views import APIView

from portal.core.actor import Actor
from portal.core.errors import DomainError, Invalid, Stale
from portal.core.workflow import M, Nothing, Workflow
from portal.ui.hidden_fields import read_version

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description='ETag прочитанной записи: «"3"». Без него ответ 428.',
)


REPEAT = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Ключ повтора: тот же ключ с тем же телом получит первый ответ, ничего не сделав второй раз.",
)


class VersionWanted(DomainError):
    """428: a change of what exists must say which version it was made from."""

    status = 428


class ActorRequest(Request):
    """What an operation gets. For annotations only: DRF reads from its own request what the middleware has
    put on Django's.
    """

    actor: Actor


# What every operation begins with: `self.by`. A list names it before `generics.ListAPIView`.
# A comment, because the printed API takes the docstring of a base for the words of its operations.
class Operation(APIView):
    @property
    def by(self) -> Actor:
        return cast(ActorRequest, self.request).actor


class Endpoint(Operation):
    """The base: `self.by`, and the 409 that carries the record as it is now beside what was sent."""

    out: type[serializers.BaseSerializer[Any]]

    def body(self, form: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """What came in, checked. Raises ValidationError (422)."""
        found = form(data=self.request.data)
        unknown = (
            sorted(set(self.request.data) - set(found.fields)) if isinstance(self.request.data, dict) else []
        )
        if unknown:
            raise serializers.ValidationError(
                {name: ["Такого поля нет. Проверьте имя по описанию API."] for name in unknown}
            )
        found.is_valid(raise_exception=True)
        return dict(found.validated_data)

    def version(self) -> int:
        """The version of If-Match. Raises VersionWanted."""
        sent = read_version(self.request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"'))
        if sent is None:
            raise VersionWanted(
                "version_wanted", "Передайте заголовок If-Match с ETag записи, которую вы прочитали."
            )
        return sent

    def answer(self, obj: Any, status: int = 200) -> Response:
        return Response(self.out(obj).data, status=status, headers={"ETag": f'"{obj.version}"'})

    def handle_exception(self, exc: Exception) -> Response:
        answer = super().handle_exception(exc)
        if isinstance(exc, Stale):
            answer.data = {
                **(answer.data or {}),
                "current": self.out(exc.current).data,
                "sent": self.request.data,
            }
            answer["ETag"] = f'"{getattr(exc.current, "version", "")}"'
        return answer


F = TypeVar("F", bound=Callable[..., Response])


def creates(operation: str, summary: str, form: Any, out: Any) -> Callable[[F], F]:
    """Documents an operation that makes something."""
    return extend_schema(
        operation_id=operation,
        summary=summary,
        request=form,
        responses={201: out, 403: RefusalOut, 404: RefusalOut, 409: RefusalOut, 422: RefusalOut},
        parameters=[REPEAT],
    )


def changes(operation: str, summary: str, form: Any, out: Any) -> Callable[[F], F]:
    """Documents an operation that changes what exists."""
    codes = {200: out, 403: RefusalOut, 404: RefusalOut, 409: RefusalOut, 422: RefusalOut, 428: RefusalOut}
    return extend_schema(
        operation_id=operation, summary=summary, request=form, responses=codes, parameters=[IF_MATCH, REPEAT]
    )


YEARS = (2000, 2199)
"""Days outside belong to no school year: a mistyped year is told at its field."""


class Day(serializers.DateField):
    def to_internal_value(self, value: Any) -> Any:
        return _sensible(super().to_internal_value(value))


class Moment(serializers.DateTimeField):
    def to_internal_value(self, value: Any) -> Any:
        return _sensible(super().to_internal_value(value))


def _sensible(day: Any) -> Any:
    """Raises ValidationError for a year that no pair lives in."""
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise serializers.ValidationError(f"Проверьте год: {day.year}.")
    return day


class MoveIn(serializers.Serializer[Any]):
    """A step of a workflow by its verb; the reason where the step needs one."""

    verb = serializers.CharField(max_length=40)
    comment = serializers.CharField(max_length=2000, allow_blank=True, default="")


def asked_by(workflow: Workflow[M], verb: str, obj: M, body: Mapping[str, Any]) -> object:
    """What the step asks, from the fields of the same names. Raises Invalid at the first that is wanting."""
    row = workflow.row(verb, cast("Any", obj).state)
    if row is None:
        return Nothing()
    for field in dataclasses.fields(row.asks):
        if field.name not in body and field.default is dataclasses.MISSING:
            raise Invalid(
                "wanted",
                "Без этого поля шаг не сделать. Если его нет в описании API, сделайте шаг на странице.",
                field.name,
            )
    names = [field.name for field in dataclasses.fields(row.asks) if field.name in body]
    return row.asks(**{name: body[name] for name in names})


B = TypeVar("B", bound=serializers.Serializer[Any])


def with_columns_asked_by(workflow: Workflow[Any]) -> Callable[[type[B]], type[B]]:
    """For the body of its steps: every column that a step asks, with the length of the column. A step that
    cannot be made without a person or a scan is left to the pages of the portal.
    """
    columns = {column.name: column for column in workflow.model._meta.concrete_fields if _kind_of(column)}

    def add(body: type[B]) -> type[B]:
        for row in workflow.transitions:
            asked = dataclasses.fields(row.asks)
            if all(field.name in columns for field in asked if field.default is dataclasses.MISSING):
                found = {
                    field.name: _field_of(columns[field.name]) for field in asked if field.name in columns
                }
                cast("Any", body)._declared_fields.update(found)
        return body

    return add


TYPES: dict[Any, Any] = serializers.ModelSerializer.serializer_field_mapping | {
    models.DateField: Day,
    models.DateTimeField: Moment,
}


def _kind_of(column: "models.Field[Any, Any]") -> Any:
    return next((TYPES[kind] for kind in type(column).__mro__ if kind in TYPES), None)


def _field_of(column: "models.Field[Any, Any]") -> Any:
    options = get_field_kwargs(column.name, column)
    taken = {name: options[name] for name in ("max_length", "allow_blank", "choices") if name in options}
    kind = serializers.ChoiceField if "choices" in taken else _kind_of(column)
    return kind(required=False, help_text=column.verbose_name, **taken)


class ErrorOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()
    fields = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))  # type: ignore[assignment]


class RefusalOut(serializers.Serializer[Any]):
    error = ErrorOut()
