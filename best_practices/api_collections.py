"""Collections of cards by the API: one's own, the city's for the methodist, those that all read."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from best_practices.collecting import collection_for, collections_of, shown_collection_for, shown_collections
from best_practices.models import Collection
from best_practices.models.collections import LONGEST_NOTE, LONGEST_TEXT, LONGEST_TITLE
from best_practices.services import collections as gathering
from portal.accounts.api_request import ApiRequest
from portal.core.errors import Forbidden
from portal.ui.api import Endpoint, Operation, changes, creates


class CollectionItemOut(serializers.Serializer[Any]):
    """A practice of a collection: its number in its school, what it was called when it was put in."""

    practice = serializers.UUIDField()
    title = serializers.CharField()
    note = serializers.CharField()


class CollectionOut(serializers.ModelSerializer[Collection]):
    """One's own, or one of the city."""

    items = CollectionItemOut(many=True)
    is_of_city = serializers.BooleanField(help_text="Подборка города")

    class Meta:
        model = Collection
        fields = ("uuid", "title", "text", "items", "is_of_city", "is_shown", "version")


class CollectionNewIn(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=LONGEST_TITLE)
    text = serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True, default="")
    of_city = serializers.BooleanField(default=False, help_text="Подборка города: её собирает методист")


class CollectionItemIn(serializers.Serializer[Any]):
    practice = serializers.UUIDField()
    note = serializers.CharField(max_length=LONGEST_NOTE, allow_blank=True, default="")


class CollectionIn(serializers.Serializer[Any]):
    """The whole collection: practices in their order."""

    title = serializers.CharField(max_length=LONGEST_TITLE)
    text = serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True, default="")
    items = CollectionItemIn(many=True)


class CollectionShowIn(serializers.Serializer[Any]):
    show = serializers.BooleanField()


class ShownCardOut(serializers.Serializer[Any]):
    """A practice of a collection of the city."""

    uuid = serializers.UUIDField(source="card.uuid")
    code = serializers.CharField(source="card.code")
    title = serializers.CharField(source="card.title")
    note = serializers.CharField(source="item.note")


class ShownCollectionOut(serializers.Serializer[Any]):
    """A collection of the city with the practices that stand in the bank."""

    uuid = serializers.UUIDField(source="collection.uuid")
    title = serializers.CharField(source="collection.title")
    text = serializers.CharField(source="collection.text")
    cards = ShownCardOut(many=True)


class OwnCollections(Endpoint):
    """One's own collections, and for the methodist the city's."""

    out = CollectionOut

    @extend_schema(
        operation_id="own_collections", summary="Свои подборки", responses=CollectionOut(many=True)
    )
    def get(self, request: ApiRequest) -> Response:
        return Response([CollectionOut(row).data for row in collections_of(self.by)])

    @creates("own_collection_make", "Начать подборку", CollectionNewIn, CollectionOut)
    def post(self, request: ApiRequest) -> Response:
        return self.answer(gathering.make_collection(**self.body(CollectionNewIn), by=self.by), 201)


class OwnCollection(Endpoint):
    """One of them."""

    out = CollectionOut

    @extend_schema(operation_id="own_collection", summary="Подборка", responses=CollectionOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(collection_for(self.by, pk))

    @changes("own_collection_change", "Изменить подборку", CollectionIn, CollectionOut)
    def put(self, request: ApiRequest, pk: UUID) -> Response:
        found, version, said = collection_for(self.by, pk), self.version(), self.body(CollectionIn)
        practices = [(one["practice"], one["note"]) for one in said.pop("items")]
        changed = gathering.change_collection(found, **said, by=self.by, version=version)
        return self.answer(gathering.fill_collection(changed, practices, by=self.by))


class OwnCollectionDelete(Endpoint):
    """Gone at once."""

    out = CollectionOut

    @changes("own_collection_delete", "Удалить подборку", None, CollectionOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found = collection_for(self.by, pk)
        found.check_version(self.version())
        gathering.delete_collection(found, by=self.by)
        return self.answer(found)


class CollectionShow(Endpoint):
    """A collection of the city on the front page of the bank, or off it."""

    out = CollectionOut

    @changes("own_collection_show", "Показать подборку города или убрать", CollectionShowIn, CollectionOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found, version = collection_for(self.by, pk), self.version()
        show = self.body(CollectionShowIn)["show"]
        return self.answer(gathering.show_collection(found, show=show, by=self.by, version=version))


class ShownCollections(Operation):
    """Collections of the city, the last shown first."""

    @extend_schema(
        operation_id="bank_collections",
        summary="Подборки города",
        responses=ShownCollectionOut(many=True),
    )
    def get(self, request: ApiRequest) -> Response:
        if not (self.by.can("bank:read") or self.by.can("city_bank:read")):
            raise Forbidden
        return Response([ShownCollectionOut(one).data for one in shown_collections(self.by)])


class ShownOne(Operation):
    """One of them."""

    @extend_schema(operation_id="bank_collection", summary="Подборка города", responses=ShownCollectionOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return Response(ShownCollectionOut(shown_collection_for(self.by, pk)).data)
