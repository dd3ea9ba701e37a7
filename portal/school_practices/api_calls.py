"""Which call of the city a practice answers."""

from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.school_practices import access, calls
from portal.school_practices.api import SchoolPracticeOut
from portal.ui.api import Endpoint, changes


class CallNamedIn(serializers.Serializer[Any]):
    call = serializers.UUIDField(allow_null=True, help_text="Поиск города; null, если ни на какой")


class PracticeAnswersCall(Endpoint):
    out = SchoolPracticeOut

    @changes(
        "school_practice_call", "Отметить поиск, на который отвечает практика", CallNamedIn, SchoolPracticeOut
    )
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found, version, said = access.practice_for(self.by, pk), self.version(), self.body(CallNamedIn)
        calls.name_call(found, said["call"], by=self.by, version=version)
        return self.answer(access.practice_for(self.by, pk))
