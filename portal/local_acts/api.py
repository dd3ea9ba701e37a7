"""Reads of local acts and orders."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.local_acts import access
from portal.local_acts.models import LocalAct, Order
from portal.local_acts.selectors import orders_visible_to
from portal.ui.api import Operation


class ParagraphOut(serializers.Serializer[Any]):
    """A paragraph; its id is stable."""

    id = serializers.CharField()
    kind = serializers.CharField()
    number = serializers.CharField()
    text = serializers.CharField()


class ChapterOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    number = serializers.CharField()
    title = serializers.CharField()
    paragraphs = ParagraphOut(many=True)


class ActInListOut(serializers.ModelSerializer[LocalAct]):
    """A local act without its text."""

    class Meta:
        model = LocalAct
        fields = ("uuid", "kind", "title", "state", "number", "approved_on", "in_force_from", "version")


class ActOut(ActInListOut):
    """A local act by chapters."""

    chapters = ChapterOut(many=True)

    class Meta(ActInListOut.Meta):
        fields = (
            *ActInListOut.Meta.fields,
            "adopted_by",
            "minutes_number",
            "minutes_on",
            "union_number",
            "union_on",
            "has_no_union",
            "chapters",
        )  # type: ignore[assignment]


class OrderOut(serializers.ModelSerializer[Order]):
    """An order and its registration."""

    class Meta:
        model = Order
        fields = (
            "uuid",
            "code",
            "title",
            "subject",
            "state",
            "number",
            "signed_on",
            "year",
            "created_at",
            "version",
        )


@extend_schema_view(get=extend_schema(operation_id="local_acts_list", summary="Локальные акты школы"))
class Acts(Operation, generics.ListAPIView[LocalAct]):
    serializer_class = ActInListOut

    def get_queryset(self) -> Any:
        return LocalAct.objects.visible_to(self.by).defer("chapters")


class ActRead(Operation):
    @extend_schema(operation_id="local_acts_read", summary="Локальный акт", responses=ActOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        found = access.act_for(self.by, pk)
        return Response(ActOut(found).data, headers={"ETag": f'"{found.version}"'})


@extend_schema_view(get=extend_schema(operation_id="orders_list", summary="Приказы школы"))
class Orders(Operation, generics.ListAPIView[Order]):
    serializer_class = OrderOut

    def get_queryset(self) -> Any:
        return orders_visible_to(self.by)


class OrderRead(Operation):
    @extend_schema(operation_id="orders_read", summary="Приказ", responses=OrderOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        found = access.order_for(self.by, pk)
        return Response(OrderOut(found).data, headers={"ETag": f'"{found.version}"'})
