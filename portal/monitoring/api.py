"""The school's own forms."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.core.errors import Forbidden
from portal.monitoring.access import form_for
from portal.monitoring.models import FormValue, SchoolForm
from portal.monitoring.selectors import disclosure_lines, forms_visible_to
from portal.ui.api import Operation


class FormValueOut(serializers.ModelSerializer[FormValue]):
    """One indicator: counted, declared, explanation."""

    counted = serializers.DictField(child=serializers.IntegerField(allow_null=True))
    declared = serializers.DictField(child=serializers.IntegerField(allow_null=True))

    class Meta:
        model = FormValue
        fields = ("indicator", "counted", "declared", "explanation")


class SchoolFormOut(serializers.ModelSerializer[SchoolForm]):
    """A form of a campaign."""

    values = FormValueOut(many=True)
    is_overdue = serializers.BooleanField()

    class Meta:
        model = SchoolForm
        fields = (
            "uuid",
            "campaign",
            "title",
            "year",
            "indicators",
            "due_on",
            "state",
            "revision",
            "is_overdue",
            "signed_at",
            "submitted_at",
            "answer",
            "values",
            "version",
        )


@extend_schema_view(get=extend_schema(operation_id="forms_list", summary="Формы школы"))
class Forms(Operation, generics.ListAPIView[SchoolForm]):
    serializer_class = SchoolFormOut

    def get_queryset(self) -> Any:
        if not self.by.can("school_form:read"):
            raise Forbidden
        return forms_visible_to(self.by).prefetch_related("values")


class FormRead(Operation):
    @extend_schema(operation_id="forms_read", summary="Форма школы", responses=SchoolFormOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        found = form_for(self.by, pk)
        return Response(SchoolFormOut(found).data, headers={"ETag": f'"{found.version}"'})


class DisclosureLineOut(serializers.Serializer[Any]):
    """What left the school: when, what, to whom, on which basis, and by whose act (uuid of a user; null when
    by itself).
    """

    uuid = serializers.UUIDField()
    created_at = serializers.DateTimeField()
    kind = serializers.CharField()
    title = serializers.CharField()
    carries = serializers.CharField()
    recipient = serializers.CharField()
    basis = serializers.CharField()
    object_uuid = serializers.UUIDField()
    actor = serializers.UUIDField(allow_null=True)


@extend_schema_view(get=extend_schema(operation_id="disclosure_list", summary="Что и когда ушло из школы"))
class Disclosure(Operation, generics.ListAPIView[Any]):
    serializer_class = DisclosureLineOut

    def get_queryset(self) -> Any:
        if not self.by.can("disclosure:read"):
            raise Forbidden
        return disclosure_lines()
