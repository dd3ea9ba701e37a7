"""Reads of people and of uploads."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.core.errors import Forbidden
from portal.staff import access
from portal.staff.models import Employee, EmployeePosition, ImportRow, PersonalConsent, StaffImport
from portal.staff.selectors import employees_visible_to
from portal.ui.api import Operation


class PositionOut(serializers.ModelSerializer[EmployeePosition]):
    """A position with its subjects, by codes of the reference lists."""

    title = serializers.CharField()

    class Meta:
        model = EmployeePosition
        fields = ("position", "subjects", "rate", "title")


class EmployeeNameOut(serializers.ModelSerializer[Employee]):
    """A person in a list: name and work."""

    full_name = serializers.CharField()
    positions = PositionOut(many=True)
    in_portal = serializers.SerializerMethodField()

    class Meta:
        model = Employee
        fields = ("uuid", "full_name", "positions", "in_portal")

    def get_in_portal(self, employee: Employee) -> bool:
        return employee.user is not None


class EmployeeOut(EmployeeNameOut):
    """A person for those who keep the list and for the person."""

    is_young = serializers.BooleanField()

    class Meta:
        model = Employee
        fields = (
            "uuid",
            "full_name",
            "last_name",
            "first_name",
            "middle_name",
            "gender",
            "birth_date",
            "hired_on",
            "dismissed_on",
            "ped_stage_years",
            "education_level",
            "is_ped_education",
            "category",
            "category_on",
            "rate",
            "hours_week",
            "email",
            "positions",
            "in_portal",
            "is_young",
            "version",
        )


class ImportOut(serializers.ModelSerializer[StaffImport]):
    """How far an upload has come."""

    class Meta:
        model = StaffImport
        fields = (
            "uuid",
            "state",
            "total",
            "checked",
            "good",
            "bad",
            "known",
            "accepted",
            "trouble",
            "created_at",
            "finished_at",
            "version",
        )


class ImportErrorOut(serializers.Serializer[Any]):
    column = serializers.CharField()
    field = serializers.CharField()
    sentence = serializers.CharField()


class ImportRowOut(serializers.ModelSerializer[ImportRow]):
    """A row of an upload with what must be mended."""

    errors = ImportErrorOut(many=True)  # type: ignore[assignment]

    class Meta:
        model = ImportRow
        fields = ("number", "verdict", "raw", "errors", "note", "employee")


@extend_schema_view(get=extend_schema(operation_id="employees_list", summary="Сотрудники школы"))
class Employees(Operation, generics.ListAPIView[Employee]):
    serializer_class = EmployeeNameOut

    def get_queryset(self) -> Any:
        return employees_visible_to(self.by).order_by("name_key", "id")


class EmployeeRead(Operation):
    @extend_schema(operation_id="employees_read", summary="Сотрудник", responses=EmployeeOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        found = access.employee_for(self.by, pk)
        kind = EmployeeOut if access.can_read_details(self.by, found) else EmployeeNameOut
        return Response(kind(found).data, headers={"ETag": f'"{found.version}"'})


class PersonalConsentOut(serializers.ModelSerializer[PersonalConsent]):
    """A consent to the processing or distribution of one's data, without the words about why it was
    refused.
    """

    employee = serializers.UUIDField(source="employee.uuid")

    class Meta:
        model = PersonalConsent
        fields = (
            "uuid",
            "version",
            "employee",
            "kind",
            "state",
            "given_on",
            "valid_until",
            "withdrawn_on",
            "resources",
            "data_allowed",
            "conditions",
        )


@extend_schema_view(
    get=extend_schema(
        operation_id="personal_consents_list", summary="Согласия на обработку персональных данных"
    )
)
class Consents(Operation, generics.ListAPIView[PersonalConsent]):
    serializer_class = PersonalConsentOut

    def get_queryset(self) -> Any:
        return access.consents_visible_to(self.by).order_by("-id")


class ConsentRead(Operation):
    @extend_schema(
        operation_id="personal_consents_read",
        summary="Согласие на обработку персональных данных",
        responses=PersonalConsentOut,
    )
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        found = access.consent_for(self.by, pk)
        return Response(PersonalConsentOut(found).data, headers={"ETag": f'"{found.version}"'})


@extend_schema_view(
    get=extend_schema(operation_id="staff_imports_list", summary="Загрузки списка сотрудников")
)
class Imports(Operation, generics.ListAPIView[StaffImport]):
    serializer_class = ImportOut

    def get_queryset(self) -> Any:
        if not access.can_import_staff(self.by):
            raise Forbidden
        return StaffImport.objects.all()


class ImportRead(Operation):
    @extend_schema(
        operation_id="staff_imports_read", summary="Загрузка списка сотрудников", responses=ImportOut
    )
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        found = access.import_for(self.by, pk)
        return Response(ImportOut(found).data, headers={"ETag": f'"{found.version}"'})


class ImportRowsRead(Operation):
    @extend_schema(
        operation_id="staff_import_rows_list", summary="Строки загрузки", responses=ImportRowOut(many=True)
    )
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        rows = access.rows_of(access.import_for(self.by, pk), self.by)
        return Response(ImportRowOut(rows, many=True).data)
