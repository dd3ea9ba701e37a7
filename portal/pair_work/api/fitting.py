"""Practices of the bank proposed to a programme, each with the reason."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from best_practices.fitting_needs import Fitting
from portal.accounts.api_request import ApiRequest
from portal.pair_work import access
from portal.pair_work.selectors.fitting import fitting_practices
from portal.ui.api import Endpoint


class FittingOut(serializers.Serializer[Any]):
    """A practice that fits a difficulty or a goal of the programme."""

    card = serializers.UUIDField(source="card.uuid", help_text="Практика банка")
    code = serializers.CharField(source="card.code")
    title = serializers.CharField(source="card.title")
    school_name = serializers.CharField(source="card.school_name")
    revision = serializers.IntegerField(source="card.revision")
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Почему её предлагают")


class FittingPractices(Endpoint):
    """What fits the difficulties and goals of a programme; nothing of it leaves the school."""

    out = FittingOut

    @extend_schema(
        operation_id="programmes_fitting",
        summary="Подходящие практики банка для программы, с причинами",
        responses=FittingOut(many=True),
    )
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        found: list[Fitting] = fitting_practices(self.by, access.programme_for(self.by, pk))
        return Response([FittingOut(one).data for one in found])
