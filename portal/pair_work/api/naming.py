"""The school's name on the card of a practice."""

from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.pair_work import access, services
from portal.pair_work.api.adoptions import AdoptionOut
from portal.ui.api import Endpoint, changes


class NameSchoolIn(serializers.Serializer[Any]):
    named = serializers.BooleanField(help_text="Назвать школу на карточке практики; нет: больше не называть")


class AdoptionName(Endpoint):
    """The principal's word, given and taken back."""

    out = AdoptionOut

    @changes("adoptions_name", "Решить, называть ли школу на карточке практики", NameSchoolIn, AdoptionOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        adoption, version = access.adoption_to_name(self.by, pk), self.version()
        named = self.body(NameSchoolIn)["named"]
        return self.answer(services.name_school(adoption, named=named, by=self.by, version=version))
