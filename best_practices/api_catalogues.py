"""Printed catalogues of the bank: one's own, asked for by the conditions of the search."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from best_practices import access
from best_practices.api_exporting import FileOperation
from best_practices.models import BankCatalogue
from best_practices.own_bank import reader_of_bank
from best_practices.printing import ask_catalogue
from best_practices.questions import FACETS, Asked
from portal.accounts.actors import memberships_of
from portal.accounts.api_request import ApiRequest
from portal.accounts.models import User
from portal.core.errors import Forbidden, NotVisible
from portal.files.storing import KINDS, download
from portal.ui.api import Endpoint, creates


class CatalogueOut(serializers.ModelSerializer[BankCatalogue]):
    """A catalogue: how far it is, and whether its file is there."""

    is_ready = serializers.SerializerMethodField()

    class Meta:
        model = BankCatalogue
        fields = ("uuid", "title", "asked_on", "many", "done", "is_ready", "trouble")

    def get_is_ready(self, row: BankCatalogue) -> bool:
        return row.file_id is not None


class CatalogueIn(serializers.Serializer[Any]):
    """The conditions of the search; without them the whole bank."""

    q = serializers.CharField(max_length=500, allow_blank=True, default="")
    nomination = serializers.ListField(child=serializers.CharField(max_length=40), default=list)
    subject = serializers.ListField(child=serializers.CharField(max_length=40), default=list)
    form = serializers.ListField(child=serializers.CharField(max_length=40), default=list)
    kind = serializers.ListField(child=serializers.CharField(max_length=40), default=list)
    evidence = serializers.ListField(child=serializers.CharField(max_length=40), default=list)


class OwnCatalogues(Endpoint):
    """Catalogues that one has asked for."""

    out = CatalogueOut

    @extend_schema(
        operation_id="own_catalogues_list",
        summary="Свои каталоги для печати",
        responses=CatalogueOut(many=True),
    )
    def get(self, request: ApiRequest) -> Response:
        rows = BankCatalogue.objects.filter(user=self.by.user).order_by("-pk")
        return Response(CatalogueOut(rows, many=True).data)

    @creates("own_catalogues_create", "Сделать каталог банка для печати", CatalogueIn, CatalogueOut)
    def post(self, request: ApiRequest) -> Response:
        """It is made in the background: read it until `is_ready`, then its file."""
        body = self.body(CatalogueIn)
        person = User.objects.filter(pk=self.by.user).first() if self.by.user else None
        if person is None or reader_of_bank(person, memberships_of(person)) is None:
            raise Forbidden
        made = ask_catalogue(Asked(body["q"].strip(), {facet: body[facet] for facet in FACETS}), by=self.by)
        return self.answer(made, status=201)


class OwnCatalogue(Endpoint):
    out = CatalogueOut

    @extend_schema(operation_id="own_catalogues_read", summary="Мой каталог", responses=CatalogueOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(access.catalogue_for(self.by, pk))


class CatalogueFile(FileOperation):
    """The PDF, when it is ready."""

    @extend_schema(
        operation_id="own_catalogues_file",
        summary="Мой каталог, PDF",
        responses={(200, KINDS["pdf"][1]): OpenApiTypes.BINARY},
    )
    def get(self, request: ApiRequest, pk: UUID) -> HttpResponseBase:
        found = access.catalogue_for(self.by, pk)
        if found.file is None:
            raise NotVisible
        return download(found.file)
