"""Reads of people and of uploads."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.core.errors import Forbidden
from portal.staff import access
from portal.staff.models import ImportRow, Person, PersonalConsent, Position, StaffImport
from portal.staff.selectors import people_visible_to
from portal.ui.api import Operation


class PositionOut(serializers.ModelSerializer[Position]):
    """A position with its subjects, by codes of the reference lists."""

    title = serializers.CharField()

    class Meta:
        model = Position
        fields = ("position", "subjects", "rate", "title")


class PersonNameOut(serializers.ModelSerializer[Person]):
    """A person in a list: name and work."""

    full_name = serializers.CharField()
    positions = PositionOut(many=True)
    in_portal = serializers.SerializerMethodField()

    class Meta:
        model = Person
        fields = ("uuid", "full_name", "positions", "in_portal")

    def get_in_portal(self, person: Person) -> bool:
        return person.user is not None


class PersonOut(PersonNameOut):
    """A person for those who keep the list and for the person."""

    is_young = serializers.BooleanField()
    ped_stage_years = serializers.DecimalField(
        max_digits=4, decimal_places=1, allow_null=True, read_only=True, help_text="Сколько лет стажа сегодня"
    )
    rate = serializers.DecimalField(
        max_digits=3, decimal_places=2, read_only=True, help_text="Ставка первой должности"
    )

    class Meta:
        model = Person
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
            "changed",
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
        fields = ("number", "verdict", "raw", "errors", "note", "person")


@extend_schema_view(get=extend_schema(operation_id="people_list", summary="Сотрудники школы"))
class People(Operation, generics.ListAPIView[Person]):
    serializer_class = PersonNameOut

    def get_queryset(self) -> Any:
        return people_visible_to(self.by).order_by("name_key", "id")


class PersonRead(Operation):
    @extend_schema(operation_id="people_read", summary="Сотрудник", responses=PersonOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        found = access.person_for(self.by, pk)
        kind = PersonOut if access.can_read_details(self.by, found) else PersonNameOut
        return Response(kind(found).data, headers={"ETag": f'"{found.version}"'})


class PersonalConsentOut(serializers.ModelSerializer[PersonalConsent]):
    """A consent to the processing or distribution of one's data, without the words about why it was
    refused.
    """

    person = serializers.UUIDField(source="person.uuid")

    class Meta:
        model = PersonalConsent
        fields = (
            "uuid",
            "version",
            "person",
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
