"""What other schools have not understood of a practice, and the answers."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.core.errors import Forbidden
from portal.school_practices import access
from portal.school_practices.models import UnclearDescription
from portal.school_practices.unclear import LONGEST, answer_unclear
from portal.ui.api import Endpoint, changes


class UnclearOut(serializers.ModelSerializer[UnclearDescription]):
    """A question of another school, which is not named; without `closed_on` it waits."""

    class Meta:
        model = UnclearDescription
        fields = ("uuid", "revision", "words", "asked_on", "closed_on", "answer", "version")


class UnclearIn(serializers.Serializer[Any]):
    answer = serializers.CharField(max_length=LONGEST, help_text="Почему описание менять не нужно")


class UnclearOfPractice(Endpoint):
    """All of one practice, for its authors and whoever keeps it for the school."""

    out = UnclearOut

    @extend_schema(
        operation_id="school_practice_unclear",
        summary="Чего другим школам не хватило в описании",
        responses=UnclearOut(many=True),
    )
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        found = access.practice_for(self.by, pk)
        if not access.can_answer_unclear(self.by, found):
            raise Forbidden
        return Response(UnclearOut(found.unclear.all(), many=True).data)


class UnclearOne(Endpoint):
    """One of them."""

    out = UnclearOut

    @extend_schema(
        operation_id="school_practice_unclear_read",
        summary="Чего одной школе не хватило в описании",
        responses=UnclearOut,
    )
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        row = access.unclear_for(self.by, pk)
        if not access.can_answer_unclear(self.by, row.practice):
            raise Forbidden
        return self.answer(row)

    @changes("school_practice_unclear_answer", "Ответить, что менять нечего", UnclearIn, UnclearOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        row, version = access.unclear_for(self.by, pk), self.version()
        return self.answer(answer_unclear(row, by=self.by, version=version, **self.body(UnclearIn)))
