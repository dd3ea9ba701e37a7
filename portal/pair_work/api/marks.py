"""What a pair marks on its way: deeds of the plan, goals at the end, a meeting that nobody had planned."""

from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.mentoring import access as pairs_access
from portal.pair_work import access, services
from portal.pair_work.api.serializers import ActivityOut, MeetingOut, MeetingRecordIn, ProgrammeOut
from portal.pair_work.states import Achieved, ActivityMark
from portal.pair_work.workflow.meetings import Held
from portal.ui.api import Day, Endpoint, Moment, changes, creates


class ActivityMarkIn(serializers.Serializer[Any]):
    """How it is with a deed of the plan."""

    mark = serializers.ChoiceField(choices=ActivityMark.choices)
    done_on = Day(required=False, allow_null=True, help_text="Когда сделано; без дня это сегодня")
    result = serializers.CharField(max_length=300, allow_blank=True, default="")


class ActivityMarked(Endpoint):
    """Either of the pair marks a line of the plan. If-Match is the version of the line."""

    out = ActivityOut

    @changes("activities_mark", "Отметить дело программы", ActivityMarkIn, ActivityOut)
    def post(self, request: ApiRequest, pk: UUID, number: int) -> Response:
        programme, version = access.programme_for(self.by, pk), self.version()
        body = self.body(ActivityMarkIn)
        return self.answer(services.mark_activity(programme, number, by=self.by, version=version, **body))


class GoalRatingIn(serializers.Serializer[Any]):
    number = serializers.IntegerField(min_value=1, max_value=20)
    rating = serializers.ChoiceField(choices=Achieved.choices)


class GoalRatingsIn(serializers.Serializer[Any]):
    """One's own half: every goal of the programme."""

    # DRF makes a list of them, which takes further words than one has
    goals = GoalRatingIn(many=True, max_length=20)  # type: ignore[call-arg]


class GoalRatings(Endpoint):
    """Each of the pair rates the goals at the end."""

    out = ProgrammeOut

    @changes("programmes_rate_goals", "Оценить цели программы", GoalRatingsIn, ProgrammeOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        programme, version = access.programme_for(self.by, pk), self.version()
        ratings = {one["number"]: one["rating"] for one in self.body(GoalRatingsIn)["goals"]}
        services.rate_goals(programme, ratings, by=self.by, version=version)
        return self.answer(access.programme_for(self.by, pk))


class MeetingLogIn(MeetingRecordIn):
    """A meeting that has taken place, and was not planned."""

    topic = serializers.CharField(max_length=200)
    started_at = Moment()


class MeetingLogged(Endpoint):
    """Planned and recorded at once."""

    out = MeetingOut

    @creates("meetings_log", "Записать встречу, которую не назначали", MeetingLogIn, MeetingOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        pair, body = pairs_access.pair_for(self.by, pk), self.body(MeetingLogIn)
        topic, started_at = body.pop("topic"), body.pop("started_at")
        made = services.record_unplanned(
            pair, by=self.by, topic=topic, started_at=started_at, held=Held(**body)
        )
        return self.answer(made, 201)
