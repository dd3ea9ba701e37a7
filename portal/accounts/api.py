"""Who is asking, and what they may do in this contour."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.accounts.models import Membership, User
from portal.core.next_steps import steps_for
from portal.ui.api import Operation


class MembershipOut(serializers.ModelSerializer[Membership]):
    """Where and as whom; `school` is the school's code, empty for the city."""

    school = serializers.CharField(source="school.code", default=None, allow_null=True)

    class Meta:
        model = Membership
        fields = ("uuid", "school", "office", "valid_from", "valid_to", "basis")


class MeOut(serializers.ModelSerializer[Any]):
    """The person of the session or of the key."""

    memberships = MembershipOut(many=True)
    permissions = serializers.ListField(
        child=serializers.CharField(), help_text="что разрешено в этом контуре должностями"
    )
    via = serializers.ChoiceField(choices=["session", "token"], help_text="вошли в браузере или по ключу")

    class Meta:
        model = User
        fields = (
            "uuid",
            "email",
            "last_name",
            "first_name",
            "middle_name",
            "memberships",
            "permissions",
            "via",
        )


class NextStepOut(serializers.Serializer[object]):
    """Whose move it is, why, and where; `mine` says whether the baton is with the asking person, else `who`
    holds it.
    """

    situation = serializers.CharField()
    title = serializers.CharField()
    why = serializers.CharField()
    url = serializers.CharField(help_text="адрес страницы портала")
    mine = serializers.BooleanField()
    who = serializers.CharField()
    due = serializers.DateField(allow_null=True)
    waiting_since = serializers.DateField(allow_null=True)


class NextSteps(Operation):
    """«Что дальше», as the home page tells it: own steps first."""

    @extend_schema(summary="Что дальше", responses=NextStepOut(many=True))
    def get(self, request: ApiRequest) -> Response:
        return Response(NextStepOut(steps_for(self.by), many=True).data)


class Me(Operation):
    """Who am I."""

    @extend_schema(summary="Кто я", responses=MeOut)
    def get(self, request: ApiRequest) -> Response:
        person, actor = request.person, self.by
        shown = {
            name: getattr(person, name)
            for name in ("uuid", "email", "last_name", "first_name", "middle_name")
        }
        return Response(
            MeOut(
                {
                    **shown,
                    "memberships": request.memberships,
                    "permissions": sorted(actor.permissions),
                    "via": actor.via,
                }
            ).data
        )
