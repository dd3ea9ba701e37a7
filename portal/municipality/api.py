"""Reads of the department's room."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.core.actor import Actor
from portal.core.errors import Forbidden
from portal.municipality.access import campaign_for, received_form_for, school_for
from portal.municipality.models import MonitoringCampaign, ReceivedForm, ReferenceEntry, SchoolCounters
from portal.municipality.reference import proposed
from portal.municipality.selectors import campaigns_visible_to, received_forms_visible_to, schools_visible_to
from portal.ui.api import Operation
from tenants.models import School


def _wanted(by: Actor, permission: str) -> None:
    if not by.can(permission):
        raise Forbidden


class SchoolOut(serializers.ModelSerializer[School]):
    """A school as the city knows it."""

    class Meta:
        model = School
        fields = (
            "uuid",
            "code",
            "number",
            "short_name",
            "full_name",
            "kind",
            "state",
            "inn",
            "ogrn",
            "address",
            "site_url",
            "district",
            "agreed_counters",
            "agreement_number",
            "agreement_on",
            "version",
        )


class CampaignOut(serializers.ModelSerializer[MonitoringCampaign]):
    """A campaign with what came of it."""

    asked = serializers.IntegerField(read_only=True, help_text="Скольких школ спросили")
    handed = serializers.IntegerField(read_only=True, help_text="Сколько школ сдали")
    accepted = serializers.IntegerField(read_only=True, help_text="У скольких принято")

    class Meta:
        model = MonitoringCampaign
        fields = (
            "uuid",
            "title",
            "year",
            "indicators",
            "open_from",
            "due_school",
            "state",
            "asked",
            "handed",
            "accepted",
            "version",
        )


class ReceivedFormOut(serializers.ModelSerializer[ReceivedForm]):
    """A form as it was signed: numbers only."""

    campaign = serializers.UUIDField(source="campaign.uuid")
    school = serializers.UUIDField(source="school.uuid")
    values = serializers.ListField(child=serializers.DictField())

    class Meta:
        model = ReceivedForm
        fields = (
            "uuid",
            "campaign",
            "school",
            "revision",
            "values",
            "state",
            "submitted_at",
            "comment",
            "checked_at",
            "version",
        )


class SchoolCountersOut(serializers.ModelSerializer[SchoolCounters]):
    """Agreed numbers of a school on a day; null where the number was not agreed."""

    school = serializers.UUIDField(source="school.uuid")

    class Meta:
        model = SchoolCounters
        fields = ("school", "counted_on", "employees", "young_teachers", "active_pairs", "school_practices")


@extend_schema_view(get=extend_schema(operation_id="schools_list", summary="Школы города"))
class Schools(Operation, generics.ListAPIView[School]):
    serializer_class = SchoolOut

    def get_queryset(self) -> Any:
        _wanted(self.by, "school:read")
        return schools_visible_to(self.by)


class SchoolRead(Operation):
    @extend_schema(operation_id="schools_read", summary="Школа", responses=SchoolOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        found = school_for(self.by, pk)
        return Response(SchoolOut(found).data, headers={"ETag": f'"{found.version}"'})


@extend_schema_view(get=extend_schema(operation_id="campaigns_list", summary="Кампании мониторинга"))
class Campaigns(Operation, generics.ListAPIView[MonitoringCampaign]):
    serializer_class = CampaignOut

    def get_queryset(self) -> Any:
        _wanted(self.by, "received_form:read")
        return campaigns_visible_to(self.by)


class CampaignRead(Operation):
    @extend_schema(operation_id="campaigns_read", summary="Кампания мониторинга", responses=CampaignOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        found = campaign_for(self.by, pk)
        return Response(
            CampaignOut(campaigns_visible_to(self.by).get(pk=found.pk)).data,
            headers={"ETag": f'"{found.version}"'},
        )


@extend_schema_view(get=extend_schema(operation_id="received_forms_list", summary="Сданные формы"))
class ReceivedForms(Operation, generics.ListAPIView[ReceivedForm]):
    serializer_class = ReceivedFormOut

    def get_queryset(self) -> Any:
        _wanted(self.by, "received_form:read")
        return received_forms_visible_to(self.by)


class ReceivedFormRead(Operation):
    @extend_schema(operation_id="received_forms_read", summary="Сданная форма", responses=ReceivedFormOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        found = received_form_for(self.by, pk)
        return Response(ReceivedFormOut(found).data, headers={"ETag": f'"{found.version}"'})


@extend_schema_view(
    get=extend_schema(operation_id="counters_list", summary="Согласованные числа школ по дням")
)
class Counters(Operation, generics.ListAPIView[SchoolCounters]):
    serializer_class = SchoolCountersOut

    def get_queryset(self) -> Any:
        _wanted(self.by, "dashboard:read")
        return SchoolCounters.objects.select_related("school").order_by("-counted_on", "school__number", "pk")


class ReferenceEntryOut(serializers.ModelSerializer[ReferenceEntry]):
    """A line of a reference list: other data name it by its code."""

    cases = serializers.SerializerMethodField(help_text="Как склоняют документы: падеж и слова")

    class Meta:
        model = ReferenceEntry
        fields = ("uuid", "book", "code", "title", "cases", "words", "place", "is_offered", "version")

    def get_cases(self, entry: ReferenceEntry) -> dict[str, str]:
        return {**proposed(entry.book, entry.title), **entry.cases}


@extend_schema_view(
    get=extend_schema(
        operation_id="reference_list",
        summary="Справочники города: должности, предметы, причины, виды организаций",
    )
)
class ReferenceEntries(Operation, generics.ListAPIView[ReferenceEntry]):
    """For everybody who has signed in."""

    serializer_class = ReferenceEntryOut

    def get_queryset(self) -> Any:
        return ReferenceEntry.objects.order_by("book", "place", "pk")
