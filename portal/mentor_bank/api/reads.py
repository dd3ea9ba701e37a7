"""Reads: the same doors and the same visibility as the pages."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.mentor_bank import access
from portal.mentor_bank.api import serializers as s
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.ui.api import Endpoint, Operation


@extend_schema_view(get=extend_schema(operation_id="needs_list", summary="Потребности"))
class Needs(Operation, generics.ListAPIView[Any]):
    serializer_class = s.NeedOut

    def get_queryset(self) -> Any:
        return MenteeNeed.objects.visible_to(self.by).select_related("person").order_by("-id")


@extend_schema_view(get=extend_schema(operation_id="mentor_cards_list", summary="Наставники школы"))
class Cards(Operation, generics.ListAPIView[Any]):
    serializer_class = s.CardOut

    def get_queryset(self) -> Any:
        return MentorCard.objects.visible_to(self.by).select_related("person").order_by("-id")


class NeedRead(Endpoint):
    out = s.NeedOut

    @extend_schema(operation_id="needs_read", summary="Потребность", responses=s.NeedOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(access.need_for(self.by, pk))


class CardRead(Endpoint):
    out = s.CardOut

    @extend_schema(operation_id="mentor_cards_read", summary="Наставник", responses=s.CardOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(access.card_for(self.by, pk))
