"""Practices that a person follows, by the API."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from best_practices.followed import followed_by, own_follow_for
from best_practices.models import PracticeFollow
from best_practices.readers import card_to_gather_for
from best_practices.services.followed import follow_practice, stop_following
from portal.accounts.api_request import ApiRequest
from portal.ui.api import Endpoint, changes, creates


class FollowOut(serializers.ModelSerializer[PracticeFollow]):
    """A practice of which the person hears news by a letter."""

    class Meta:
        model = PracticeFollow
        fields = ("uuid", "practice", "title", "revision", "stands", "version")


class FollowIn(serializers.Serializer[Any]):
    card = serializers.UUIDField(help_text="Практика банка")


class Followed(Endpoint):
    """Practices that the person follows."""

    out = FollowOut

    @extend_schema(
        operation_id="own_followed", summary="За какими практиками я слежу", responses=FollowOut(many=True)
    )
    def get(self, request: ApiRequest) -> Response:
        return Response([FollowOut(row).data for row in followed_by(self.by)])

    @creates("own_follow", "Следить за практикой", FollowIn, FollowOut)
    def post(self, request: ApiRequest) -> Response:
        card = card_to_gather_for(self.by, self.body(FollowIn)["card"])
        return self.answer(follow_practice(card, by=self.by), 201)


class FollowStop(Endpoint):
    """No letters about it any more."""

    out = FollowOut

    @changes("own_follow_stop", "Перестать следить за практикой", None, FollowOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found = own_follow_for(self.by, pk)
        found.check_version(self.version())
        stop_following(found, by=self.by)
        return self.answer(found)
