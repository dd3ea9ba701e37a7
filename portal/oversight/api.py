"""The city's page as numbers."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.core.errors import Forbidden, Invalid, NotVisible
from portal.municipality.models import MonitoringCampaign
from portal.oversight.selectors import campaigns_to_show, overview


class ShareOut(serializers.Serializer[object]):
    """Part and whole; null where there is no data."""

    part = serializers.IntegerField(allow_null=True)
    whole = serializers.IntegerField(allow_null=True)
    percent = serializers.FloatField(allow_null=True)


class SchoolLineOut(serializers.Serializer[object]):
    """A school of the page."""

    school = serializers.UUIDField(source="school.uuid")
    name = serializers.CharField(source="school.short_name")
    state = serializers.CharField(source="school.state")
    young = ShareOut()
    involved = ShareOut()
    pairs = serializers.IntegerField(allow_null=True)
    in_bank = serializers.IntegerField(allow_null=True)
    published = serializers.IntegerField(allow_null=True)
    form = serializers.CharField(source="form_word")


class OverviewOut(serializers.Serializer[object]):
    """The whole city: Σ numerators / Σ denominators."""

    campaign = serializers.UUIDField(source="campaign.uuid", allow_null=True, default=None)
    counted_on = serializers.DateField(allow_null=True)
    young = ShareOut()
    involved = ShareOut()
    pairs = serializers.IntegerField(allow_null=True)
    in_bank = serializers.IntegerField(allow_null=True)
    published = serializers.IntegerField(allow_null=True)
    schools = SchoolLineOut(source="lines", many=True)


class CityRead(APIView):
    @extend_schema(operation_id="city_read", summary="Сводка по городу", responses=OverviewOut,
                   parameters=[OpenApiParameter("campaign", str, description="Номер кампании; без него последняя")])  # fmt: skip
    def get(self, request: Request) -> Response:
        if not request.auth.can("dashboard:read"):
            raise Forbidden
        return Response(OverviewOut(overview(_campaign(request.query_params.get("campaign", "")))).data)


def _campaign(asked: str) -> MonitoringCampaign | None:
    if not asked:
        return campaigns_to_show().first()
    try:
        found = campaigns_to_show().filter(uuid=UUID(asked)).first()
    except ValueError:
        raise Invalid("campaign", "Номер кампании написан не так.", "campaign") from None
    if found is None:
        raise NotVisible
    return found
