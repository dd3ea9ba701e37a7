"""The city's page as numbers."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.core.errors import Forbidden, Invalid, NotVisible
from portal.municipality.models import MonitoringCampaign
from portal.oversight.selectors import campaigns_to_show, newest_and_enough, overview
from portal.ui.api import Operation


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
    """The whole city: Σ numerators / Σ denominators, from the campaign and the number of schools that are
    said here.
    """

    campaign = serializers.UUIDField(source="campaign.uuid", allow_null=True, default=None)
    shares_from = serializers.UUIDField(
        source="shares_from.campaign.uuid",
        allow_null=True,
        default=None,
        help_text="Из форм какой кампании доли",
    )
    asked = serializers.IntegerField(source="shares_from.asked", help_text="Скольких школ она спросила")
    accepted = serializers.IntegerField(source="shares_from.accepted", help_text="У скольких принято")
    accepted_on = serializers.DateField(
        source="shares_from.accepted_on", allow_null=True, help_text="Когда приняли последнюю"
    )
    enough = serializers.BooleanField(
        help_text="Довольно ли форм, чтобы сравнивать: принято хотя бы у половины"
    )
    counted_on = serializers.DateField(allow_null=True)
    young = ShareOut()
    involved = ShareOut()
    pairs = serializers.IntegerField(allow_null=True)
    in_bank = serializers.IntegerField(allow_null=True)
    published = serializers.IntegerField(allow_null=True)
    schools = SchoolLineOut(source="lines", many=True)


class CityRead(Operation):
    @extend_schema(
        operation_id="city_read",
        summary="Сводка по городу",
        responses=OverviewOut,
        parameters=[
            OpenApiParameter(
                "campaign",
                str,
                description="Номер кампании; без него формы последней, а доли из последней, где форм "
                "довольно",
            )
        ],
    )
    def get(self, request: ApiRequest) -> Response:
        if not self.by.can("dashboard:read"):
            raise Forbidden
        asked = request.query_params.get("campaign", "")
        view = overview(_campaign(asked)) if asked else overview(*newest_and_enough())
        return Response(OverviewOut(view).data)


def _campaign(asked: str) -> MonitoringCampaign | None:
    try:
        found = campaigns_to_show().filter(uuid=UUID(asked)).first()
    except ValueError:
        raise Invalid("campaign", "Номер кампании написан не так.", "campaign") from None
    if found is None:
        raise NotVisible
    return found
