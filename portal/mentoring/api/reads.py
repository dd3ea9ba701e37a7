"""Reads: the same doors and the same visibility as the pages."""

import datetime as dt
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.core.errors import Forbidden, Invalid
from portal.mentoring import access
from portal.mentoring.api import serializers as s
from portal.mentoring.models import Pair
from portal.mentoring.selectors.figures import coverage
from portal.ui.api import Endpoint, Operation


@extend_schema_view(get=extend_schema(operation_id="pair_consents_list", summary="Согласия участников пар"))
class Consents(Operation, generics.ListAPIView[Any]):
    serializer_class = s.PairConsentOut

    def get_queryset(self) -> Any:
        return access.consents_visible_to(self.by).select_related("person", "pair").order_by("-id")


class ConsentRead(Endpoint):
    out = s.PairConsentOut

    @extend_schema(
        operation_id="pair_consents_read", summary="Согласие участника пары", responses=s.PairConsentOut
    )
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(access.consent_for(self.by, pk))


class PairsList(Operation, generics.ListAPIView[Any]):
    """Base of the list; the write of a proposal shares its address (see writes)."""

    serializer_class = s.PairOut

    def get_queryset(self) -> Any:
        return Pair.objects.visible_to(self.by).with_people().order_by("-id")


class CoverageRead(Endpoint):
    @extend_schema(
        operation_id="mentoring_coverage",
        summary="Охват наставничеством на день",
        responses={200: dict},
        parameters=[
            OpenApiParameter("on", dt.date, description="На какой день посчитать; без него на сегодня"),
        ],
    )
    def get(self, request: ApiRequest) -> Response:
        if not self.by.can("pair:read"):
            raise Forbidden
        return Response(coverage(_day(request.query_params.get("on", ""))))


def _day(asked: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(asked) if asked else None
    except ValueError:
        raise Invalid("on", "День пишется так: 2026-11-27.", "on") from None
