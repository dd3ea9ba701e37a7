"""Remarks to fields of a practice, with what the authors have answered."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from best_practices import access, services
from best_practices.api import PracticeOut
from best_practices.differences import Answered, Kind, Part, differences_for
from best_practices.fields import REMARKABLE, TITLES
from best_practices.models import Remark
from best_practices.remarks import of_practice
from best_practices.sheet import LONGEST_REMARK
from portal.accounts.api_request import ApiRequest
from portal.ui.api import Endpoint, Operation, changes


class RemarkOut(serializers.ModelSerializer[Remark]):
    """A remark to one field; whose it is only the number of a sheet says."""

    sheet = serializers.UUIDField(allow_null=True, help_text="Лист эксперта; нет у методиста")

    class Meta:
        model = Remark
        fields = ("uuid", "revision", "sheet", "field", "text", "is_mended", "answer", "answered_on")


class RemarksIn(serializers.Serializer[Any]):
    """The methodist's own, by fields, instead of those before; an empty one is gone."""

    def get_fields(self) -> dict[str, Any]:
        return {
            field: serializers.CharField(
                required=False, allow_blank=True, max_length=LONGEST_REMARK, help_text=TITLES[field]
            )
            for field in REMARKABLE
        }


class PracticeRemarks(Endpoint):
    """Of experts whose sheets are handed in, and of the methodist."""

    out = PracticeOut

    @extend_schema(
        operation_id="practice_remarks",
        summary="Замечания к полям практики",
        responses=RemarkOut(many=True),
    )
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self._answer(pk)

    @changes("practice_remarks_write", "Написать замечания методиста", RemarksIn, RemarkOut(many=True))
    def put(self, request: ApiRequest, pk: UUID) -> Response:
        found, version = access.practice_for(self.by, pk), self.version()
        services.write_remarks(found, self.body(RemarksIn), by=self.by, version=version)
        return self._answer(pk)

    def _answer(self, pk: UUID) -> Response:
        found = access.practice_for(self.by, pk)
        rows = RemarkOut(of_practice(found), many=True).data
        return Response(rows, headers={"ETag": f'"{found.version}"'})


class DifferencePartOut(serializers.Serializer[Part]):
    kind = serializers.ChoiceField(choices=[kind.value for kind in Kind])
    text = serializers.CharField()


class OwnRemarkOut(serializers.Serializer[Answered]):
    text = serializers.CharField()
    is_mended = serializers.BooleanField()
    answer = serializers.CharField()


class DifferenceOut(serializers.Serializer[Any]):
    """A field that has changed since the expert judged it, or about which the expert has remarked."""

    field = serializers.CharField()
    title = serializers.CharField()
    is_changed = serializers.BooleanField()
    parts = DifferencePartOut(many=True)
    remarks = OwnRemarkOut(many=True)


class OwnReviewDifferences(Operation):
    """For the expert who judged an earlier revision; names are put out."""

    @extend_schema(
        operation_id="own_review_differences",
        summary="Что изменилось с прошлой оценки",
        responses=DifferenceOut(many=True),
    )
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        found = access.review_for(self.by, pk)
        return Response(DifferenceOut(differences_for(found), many=True).data)
