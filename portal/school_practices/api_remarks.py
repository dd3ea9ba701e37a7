"""Remarks of the city to fields of a practice that came back, and the authors' answers."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.core.errors import Forbidden
from portal.school_practices import access, services
from portal.school_practices.api import SchoolPracticeOut
from portal.school_practices.models import CityRemark
from portal.school_practices.remarks import LONGEST_ANSWER, RemarkAnswer, all_remarks_of
from portal.ui.api import Endpoint, changes


class CityRemarkOut(serializers.ModelSerializer[CityRemark]):
    """A remark to one field of one revision; whose it is the school does not know."""

    class Meta:
        model = CityRemark
        fields = ("uuid", "revision", "field", "text", "is_mended", "answer")


class RemarkAnswerIn(serializers.Serializer[Any]):
    remark = serializers.UUIDField(help_text="Номер замечания")
    is_mended = serializers.BooleanField(default=False, help_text="Исправлено")
    words = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=LONGEST_ANSWER,
        help_text="Что сделали, или почему оставили как есть",
    )


class RemarkAnswersIn(serializers.Serializer[Any]):
    answers = RemarkAnswerIn(many=True)


class CityRemarks(Endpoint):
    """Of all revisions, the latest first; answered are those of a practice that is being mended."""

    out = SchoolPracticeOut

    @extend_schema(
        operation_id="school_practice_remarks",
        summary="Замечания города и ответы на них",
        responses=CityRemarkOut(many=True),
    )
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self._answer(pk)

    @changes(
        "school_practice_remarks_answer",
        "Ответить на замечания города",
        RemarkAnswersIn,
        CityRemarkOut(many=True),
    )
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found, version = access.practice_for(self.by, pk), self.version()
        said = {
            one["remark"]: RemarkAnswer(one["is_mended"], one["words"])
            for one in self.body(RemarkAnswersIn)["answers"]
        }
        services.edit_practice(found, by=self.by, version=version, answers=said)
        return self._answer(pk)

    def _answer(self, pk: UUID) -> Response:
        found = access.practice_for(self.by, pk)
        if not access.can_see_reviews(self.by, found):
            raise Forbidden
        rows = CityRemarkOut(all_remarks_of(found), many=True).data
        return Response(rows, headers={"ETag": f'"{found.version}"'})
