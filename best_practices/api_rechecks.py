"""Practices that have failed twice in like conditions: the methodist looks at them again."""

from typing import Any
from uuid import UUID

from django.db.models import F
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from best_practices.models import PracticeRecheck
from best_practices.rechecks import can_recheck_practices, recheck_for
from best_practices.services.adoptions import answer_recheck
from portal.accounts.api_request import ApiRequest
from portal.core.errors import Forbidden
from portal.ui.api import Endpoint, Operation, changes


class PracticeRecheckOut(serializers.ModelSerializer[PracticeRecheck]):
    """`conditions`: the kind of school and the form of the pair in which it has failed."""

    class Meta:
        model = PracticeRecheck
        fields = (
            "uuid",
            "practice",
            "conditions",
            "asked_on",
            "due_on",
            "answered_on",
            "answer",
            "version",
        )


class PracticeRecheckIn(serializers.Serializer[Any]):
    answer = serializers.CharField(max_length=300, help_text="Что решили, одной фразой")


class Rechecks(Operation, generics.ListAPIView[PracticeRecheck]):
    """What waits, the earliest first, then what was answered."""

    serializer_class = PracticeRecheckOut

    def get_queryset(self) -> Any:
        if not can_recheck_practices(self.by):
            raise Forbidden
        return PracticeRecheck.objects.order_by(F("answered_on").asc(nulls_first=True), "due_on", "pk")

    @extend_schema(operation_id="practice_rechecks_list", summary="Перепроверки практик")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class Recheck(Endpoint):
    """One of them."""

    out = PracticeRecheckOut

    @extend_schema(
        operation_id="practice_rechecks_read", summary="Перепроверка практики", responses=PracticeRecheckOut
    )
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(recheck_for(self.by, pk))


class RecheckAnswer(Endpoint):
    """The methodist has looked."""

    out = PracticeRecheckOut

    @changes("practice_rechecks_answer", "Закрыть перепроверку", PracticeRecheckIn, PracticeRecheckOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found, version = recheck_for(self.by, pk), self.version()
        answer_recheck(found, by=self.by, version=version, **self.body(PracticeRecheckIn))
        return self.answer(recheck_for(self.by, pk))
