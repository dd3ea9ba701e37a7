"""What goes out and what may come in."""

from typing import Any

from rest_framework import serializers

from portal.pair_work.models import Meeting, Programme, ProgrammeActivity, ProgrammeGoal
from portal.pair_work.states import ActivityBlock, MeetingFormat, Responsible, WorkForm
from portal.pair_work.workflow.texts import TEXTS
from portal.ui.api import Day, Moment


class GoalOut(serializers.ModelSerializer[ProgrammeGoal]):
    class Meta:
        model = ProgrammeGoal
        fields = (
            "number",
            "difficulty",
            "target",
            "indicator",
            "baseline",
            "target_level",
            "actual",
            "mentor_rating",
            "mentee_rating",
        )


class ActivityOut(serializers.ModelSerializer[ProgrammeActivity]):
    class Meta:
        model = ProgrammeActivity
        fields = (
            "number",
            "goal_number",
            "block",
            "content",
            "work_form",
            "starts_on",
            "ends_on",
            "responsible",
            "expected",
            "mark",
            "done_on",
            "result",
            "version",
        )


class ProgrammeLineOut(serializers.ModelSerializer[Programme]):
    """A programme in a list."""

    pair = serializers.UUIDField(source="pair.uuid")

    class Meta:
        model = Programme
        fields: tuple[str, ...] = (
            "uuid",
            "version",
            "pair",
            "state",
            "revision",
            "year",
            "title",
            "starts_on",
            "ends_on",
            "approved_on",
        )


class ProgrammeOut(ProgrammeLineOut):
    goals = GoalOut(many=True)
    activities = ActivityOut(many=True)

    class Meta(ProgrammeLineOut.Meta):
        fields = (
            *ProgrammeLineOut.Meta.fields,
            *(name for name in TEXTS if name not in ProgrammeLineOut.Meta.fields),
            "answer",
            "goals",
            "activities",
        )


class GoalIn(serializers.Serializer[Any]):
    difficulty = serializers.CharField(max_length=40)
    target = serializers.CharField(max_length=500)
    indicator = serializers.CharField(max_length=250, allow_blank=True, default="")
    baseline = serializers.IntegerField(min_value=0, max_value=3, allow_null=True, default=None)
    target_level = serializers.IntegerField(min_value=0, max_value=3, allow_null=True, default=None)


class ActivityIn(serializers.Serializer[Any]):
    content = serializers.CharField(max_length=500)
    goal_number = serializers.IntegerField(min_value=1, max_value=20, allow_null=True, default=None)
    block = serializers.ChoiceField(choices=ActivityBlock.choices)
    work_form = serializers.ChoiceField(choices=WorkForm.choices)
    starts_on = Day()
    ends_on = Day()
    responsible = serializers.ChoiceField(choices=Responsible.choices, default=Responsible.BOTH)
    expected = serializers.CharField(max_length=300, allow_blank=True, default="")


class ProgrammeIn(serializers.Serializer[Any]):
    """The whole text of a programme."""

    title = serializers.CharField(max_length=150)
    problem = serializers.CharField(min_length=30, max_length=5000)
    goal = serializers.CharField(min_length=30, max_length=5000)
    tasks = serializers.CharField(min_length=30, max_length=5000)
    expected = serializers.CharField(min_length=30, max_length=5000)
    evaluation = serializers.CharField(max_length=5000)
    frequency = serializers.CharField(max_length=100)
    place = serializers.CharField(max_length=100, allow_blank=True, default="")
    channel = serializers.CharField(max_length=100, allow_blank=True, default="")
    roles = serializers.CharField(max_length=300, allow_blank=True, default="")
    difficulty_items = serializers.ListField(child=serializers.CharField(max_length=40), allow_empty=True)
    free_difficulty = serializers.CharField(max_length=200, allow_blank=True, default="")
    length_reason = serializers.CharField(max_length=300, allow_blank=True, default="")
    starts_on = Day()
    ends_on = Day()
    # DRF makes a list of them, which takes further words than one has
    goals = GoalIn(many=True, max_length=20)  # type: ignore[call-arg]
    activities = ActivityIn(many=True, max_length=60)  # type: ignore[call-arg]


class MeetingOut(serializers.ModelSerializer[Meeting]):
    """A meeting. Feedback is private to the pair and does not leave by the API."""

    pair = serializers.UUIDField(source="pair.uuid")
    moved_to = serializers.UUIDField(source="moved_to.uuid", allow_null=True, default=None)

    class Meta:
        model = Meeting
        fields = (
            "uuid",
            "version",
            "pair",
            "state",
            "planned_at",
            "started_at",
            "duration_min",
            "format",
            "place",
            "topic",
            "content",
            "recommendations",
            "task",
            "task_due",
            "recorded_by",
            "confirmed_by_mentor_at",
            "confirmed_by_mentee_at",
            "answer",
            "moved_to",
        )


class MeetingIn(serializers.Serializer[Any]):
    topic = serializers.CharField(max_length=200)
    planned_at = Moment()
    format = serializers.ChoiceField(choices=MeetingFormat.choices, default=MeetingFormat.IN_PERSON)
    place = serializers.CharField(max_length=200, allow_blank=True, default="")


class MeetingRecordIn(serializers.Serializer[Any]):
    duration_min = serializers.IntegerField(min_value=1, max_value=1440)
    started_at = Moment(required=False)
    format = serializers.ChoiceField(choices=MeetingFormat.choices, required=False)
    content = serializers.CharField(max_length=10_000, allow_blank=True, required=False)
    recommendations = serializers.CharField(max_length=10_000, allow_blank=True, required=False)
    task = serializers.CharField(max_length=500, allow_blank=True, required=False)
    task_due = Day(required=False)


class MeetingConfirmIn(serializers.Serializer[Any]):
    feedback = serializers.IntegerField(required=False, min_value=1, max_value=5)


class MeetingMoveIn(serializers.Serializer[Any]):
    """`move` wants a new moment, `dispute` a comment, `cancel` nothing."""

    verb = serializers.ChoiceField(choices=["move", "cancel", "dispute", "accept"])
    planned_at = Moment(required=False)
    comment = serializers.CharField(max_length=2000, allow_blank=True, default="")
