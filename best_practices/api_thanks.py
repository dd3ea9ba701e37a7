"""Thanks to the authors of a practice by the API."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from best_practices.models import PracticeThanks
from best_practices.models.thanks import LONGEST_THANKS
from best_practices.readers import card_for_reader
from best_practices.services import thanks as giving
from best_practices.thanking import given_by, own_thanks_for, thanks_to
from portal.accounts.api_request import ApiRequest
from portal.ui.api import Endpoint, Operation, changes, creates


class ThanksOut(serializers.ModelSerializer[PracticeThanks]):
    """One's own thanks."""

    class Meta:
        model = PracticeThanks
        fields = ("uuid", "practice", "words", "version")


class ThanksToMeOut(serializers.ModelSerializer[PracticeThanks]):
    """What a colleague has said to the person as an author."""

    who = serializers.CharField(source="user.short_name")

    class Meta:
        model = PracticeThanks
        fields = ("uuid", "practice", "who", "place", "words")


class ThanksIn(serializers.Serializer[Any]):
    card = serializers.UUIDField(help_text="Практика банка")
    words = serializers.CharField(
        max_length=LONGEST_THANKS, allow_blank=True, default="", help_text="За что: одним предложением"
    )


class OwnThanks(Endpoint):
    """Thanks that the person has given; once a practice."""

    out = ThanksOut

    @extend_schema(operation_id="own_thanks", summary="Кого я поблагодарил", responses=ThanksOut(many=True))
    def get(self, request: ApiRequest) -> Response:
        return Response([ThanksOut(row).data for row in given_by(self.by)])

    @creates("own_thanks_give", "Поблагодарить авторов практики", ThanksIn, ThanksOut)
    def post(self, request: ApiRequest) -> Response:
        said = self.body(ThanksIn)
        card = card_for_reader(self.by, said["card"])
        return self.answer(giving.thank_authors(card, words=said["words"], by=self.by), 201)


class OwnThanksBack(Endpoint):
    """Taken back at once."""

    out = ThanksOut

    @changes("own_thanks_back", "Взять благодарность назад", None, ThanksOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found = own_thanks_for(self.by, pk)
        found.check_version(self.version())
        giving.take_thanks_back(found, by=self.by)
        return self.answer(found)


class ThanksToMe(Operation):
    """What colleagues have said to the person as an author."""

    @extend_schema(
        operation_id="thanks_to_me", summary="Кто благодарит меня", responses=ThanksToMeOut(many=True)
    )
    def get(self, request: ApiRequest) -> Response:
        return Response([ThanksToMeOut(row).data for row in thanks_to(self.by).select_related("user")])
