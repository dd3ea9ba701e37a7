"""A sheet that is written, for the expert alone."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from best_practices import access, services
from best_practices.fields import REMARKABLE, TITLES
from best_practices.models import SheetDraft
from best_practices.selectors import draft_of
from best_practices.sheet import LONGEST_REMARK
from best_practices.states import CRITERIA, Recommendation
from portal.accounts.api_request import ApiRequest
from portal.ui.api import Endpoint, changes


class SheetDraftOut(serializers.ModelSerializer[SheetDraft]):
    """What was written, by fields; it need not be whole."""

    class Meta:
        model = SheetDraft
        fields = ("typed", "updated_at", "version")


class SheetDraftIn(serializers.Serializer[Any]):
    """The whole draft instead of the one before. Remarks are called `remark_` and the field of the text."""

    comment = serializers.CharField(required=False, allow_blank=True, max_length=services.LONGEST_TYPED)
    recommendation = serializers.ChoiceField(required=False, allow_blank=True, choices=Recommendation.choices)

    def get_fields(self) -> dict[str, Any]:
        scores = {
            code: serializers.IntegerField(required=False, min_value=1, max_value=10, help_text=title)
            for code, title in CRITERIA.items()
        }
        remarks = {
            f"remark_{field}": serializers.CharField(
                required=False, allow_blank=True, max_length=LONGEST_REMARK, help_text=TITLES[field]
            )
            for field in REMARKABLE
        }
        return {**scores, **super().get_fields(), **remarks}


class OwnDraft(Endpoint):
    """Of one's own sheet. `If-Match: "0"` begins it."""

    out = SheetDraftOut

    @extend_schema(operation_id="own_review_draft", summary="Черновик своего листа", responses=SheetDraftOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self._answer(draft_of(access.review_for(self.by, pk)))

    @changes("own_review_draft_save", "Сохранить черновик листа", SheetDraftIn, SheetDraftOut)
    def put(self, request: ApiRequest, pk: UUID) -> Response:
        found, version = access.review_for(self.by, pk), self.version()
        typed = {name: str(value) for name, value in self.body(SheetDraftIn).items()}
        written = services.Written(typed, version=version)
        return self._answer(services.save_draft(found, written, by=self.by))

    def _answer(self, draft: SheetDraft | None) -> Response:
        return self.answer(draft or SheetDraft(version=0))
