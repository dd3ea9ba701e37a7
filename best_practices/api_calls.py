"""Calls of the city: the methodist announces and changes them, schools read what is looked for."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from best_practices import access, services
from best_practices.api_orders import PracticeOrderedOut
from best_practices.models import PracticeCall
from best_practices.models.calls import LONGEST_CALL, LONGEST_WORDS
from best_practices.orders import orders_of_school
from portal.accounts.api_request import ApiRequest
from portal.core.errors import Forbidden, NotVisible
from portal.ui.api import Day, Endpoint, changes, creates


class PracticeCallOut(serializers.ModelSerializer[PracticeCall]):
    """What the city looks for, till which day; closed when the schools were answered."""

    class Meta:
        model = PracticeCall
        fields = ("uuid", "text", "words", "due_on", "announced_on", "closed_on", "version")


class PracticeCallIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST_CALL, help_text="Какую практику ищем")
    words = serializers.CharField(
        max_length=LONGEST_WORDS, allow_blank=True, default="", help_text="Что в ней важно"
    )
    due_on = Day(help_text="До какого дня ждём")


class AnnounceIn(PracticeCallIn):
    orders = serializers.ListField(
        child=serializers.UUIDField(), max_length=200, help_text="Заказы школ; похожие присоединятся сами"
    )


class Calls(Endpoint):
    """Calls of the city, the last announced first; for the methodist."""

    out = PracticeCallOut

    @extend_schema(
        operation_id="practice_calls_list", summary="Объявленные поиски", responses=PracticeCallOut(many=True)
    )
    def get(self, request: ApiRequest) -> Response:
        if not access.can_announce_call(self.by):
            raise Forbidden
        rows = PracticeCall.objects.order_by("-announced_on", "-pk")
        return Response(PracticeCallOut(rows, many=True).data)

    @creates("practice_calls_create", "Объявить поиск практики", AnnounceIn, PracticeCallOut)
    def post(self, request: ApiRequest) -> Response:
        return self.answer(services.announce_call(**self.body(AnnounceIn), by=self.by), status=201)


class Call(Endpoint):
    """One call."""

    out = PracticeCallOut

    @extend_schema(operation_id="practice_calls_read", summary="Поиск практики", responses=PracticeCallOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(access.call_for(self.by, pk))


class CallChange(Endpoint):
    out = PracticeCallOut

    @changes("practice_calls_change", "Изменить или продлить поиск", PracticeCallIn, PracticeCallOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        call, version = access.call_for(self.by, pk), self.version()
        changed = services.change_call(call, **self.body(PracticeCallIn), by=self.by, version=version)
        return self.answer(changed)


class CallsForSchools(Endpoint):
    """What the city looks for now, the nearest day first."""

    out = PracticeCallOut

    @extend_schema(
        operation_id="practice_calls_of_city",
        summary="Какие практики ищет город",
        responses=PracticeCallOut(many=True),
    )
    def get(self, request: ApiRequest) -> Response:
        if not self.by.can("bank:read"):
            raise Forbidden
        return Response(PracticeCallOut(PracticeCall.objects.open(), many=True).data)


class OrderStop(Endpoint):
    """No notice about the answer to this order; pressed again, nothing changes."""

    out = PracticeOrderedOut

    @creates("practice_orders_stop", "Не сообщать об ответе на заказ", None, PracticeOrderedOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        services.stop_waiting(pk, by=self.by)
        found = orders_of_school(pk, by=self.by)
        if not found:
            raise NotVisible
        return Response(PracticeOrderedOut(found[0]).data, status=201)
