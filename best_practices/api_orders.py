"""Orders of practices: a school orders and reads what was answered, the methodist answers."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from best_practices import access, services
from best_practices.models import PracticeOrder
from best_practices.orders import Ordered, orders_of_school
from portal.accounts.api_request import ApiRequest
from portal.core.actor import Actor
from portal.core.errors import Forbidden
from portal.ui.api import Endpoint, Operation, changes, creates


class PracticeOrderedOut(serializers.Serializer[Ordered]):
    """An order of this school, and the answer of the city when it has come."""

    uuid = serializers.UUIDField()
    text = serializers.CharField()
    ordered_on = serializers.DateField()
    answered_on = serializers.DateField(allow_null=True)
    answer = serializers.CharField()
    card = serializers.UUIDField(allow_null=True, help_text="Практика банка, если она появилась")


class PracticeOrderIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=services.LONGEST_ORDER, help_text="Тема, предмет или трудность")


class PracticeOrderOut(serializers.ModelSerializer[PracticeOrder]):
    """What a school wants, as the methodist sees it."""

    school = serializers.UUIDField(source="school.uuid")

    class Meta:
        model = PracticeOrder
        fields = ("uuid", "school", "text", "ordered_on", "answered_on", "answer", "card", "version")


class PracticeOrderAnswerIn(serializers.Serializer[Any]):
    code = serializers.CharField(
        max_length=20, allow_blank=True, default="", help_text="Номер практики в банке, если она появилась"
    )
    words = serializers.CharField(
        max_length=services.LONGEST_ANSWER, allow_blank=True, default="", help_text="Что ответить школам"
    )


class OrdersOfSchool(Endpoint):
    """Orders of practices of this school."""

    out = PracticeOrderedOut

    @extend_schema(
        operation_id="practice_orders_of_school",
        summary="Что школа заказала и что ответил город",
        responses=PracticeOrderedOut(many=True),
    )
    def get(self, request: ApiRequest) -> Response:
        _serving(self.by)
        return Response([PracticeOrderedOut(order).data for order in orders_of_school()])

    @creates("practice_orders_create", "Заказать практику", PracticeOrderIn, PracticeOrderedOut)
    def post(self, request: ApiRequest) -> Response:
        _serving(self.by)
        uuid, is_new = services.order_practice(self.body(PracticeOrderIn)["text"], by=self.by)
        (order,) = orders_of_school(uuid)
        return Response(PracticeOrderedOut(order).data, status=201 if is_new else 200)


def _serving(by: Actor) -> None:
    if not access.can_order_practice(by):
        raise Forbidden


class Orders(Operation, generics.ListAPIView[PracticeOrder]):
    """What schools have ordered, the latest first; for the methodist."""

    serializer_class = PracticeOrderOut

    def get_queryset(self) -> Any:
        if not access.can_edit_search_words(self.by):
            raise Forbidden
        return PracticeOrder.objects.select_related("school").order_by("-ordered_on", "-pk")

    @extend_schema(operation_id="practice_orders_list", summary="Заказы практик")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class Order(Endpoint):
    """One order."""

    out = PracticeOrderOut

    @extend_schema(operation_id="practice_orders_read", summary="Заказ практики", responses=PracticeOrderOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(access.order_for(self.by, pk))


class OrderAnswer(Endpoint):
    """The answer goes to every school that waits for the same."""

    out = PracticeOrderOut

    @changes("practice_orders_answer", "Ответить на заказ практики", PracticeOrderAnswerIn, PracticeOrderOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        order, version = access.order_for(self.by, pk), self.version()
        services.answer_order(order, **self.body(PracticeOrderAnswerIn), by=self.by, version=version)
        return self.answer(access.order_for(self.by, pk))
