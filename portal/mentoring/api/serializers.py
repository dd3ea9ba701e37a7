"""What goes out and what may come in."""

from typing import Any

from rest_framework import serializers

from portal.mentoring.models import (
    Meeting,
    MenteeNeed,
    MentorCard,
    MentoringConsent,
    Pair,
    Programme,
    ProgrammeActivity,
    ProgrammeGoal,
)
from portal.mentoring.states import (
    ActivityBlock,
    MeetingFormat,
    MentoringForm,
    MentoringKind,
    Responsible,
    RoleModel,
    WorkForm,
)
from portal.mentoring.workflow.texts import TEXTS


class PersonOut(serializers.Serializer[Any]):
    """A person by uuid and name."""

    uuid = serializers.UUIDField()
    full_name = serializers.CharField()


class NeedOut(serializers.ModelSerializer[MenteeNeed]):
    employee = PersonOut()

    class Meta:
        model = MenteeNeed
        fields = (
            "uuid",
            "version",
            "employee",
            "state",
            "category",
            "reason",
            "request",
            "difficulty_items",
            "free_difficulty",
            "desired_form",
            "desired_kinds",
            "urgency",
            "wanted_from",
            "wanted_to",
            "actualised_on",
        )


class CardOut(serializers.ModelSerializer[MentorCard]):
    employee = PersonOut()

    class Meta:
        model = MentorCard
        fields = (
            "uuid",
            "version",
            "employee",
            "state",
            "confirmed_results",
            "strengths",
            "support_areas",
            "topics",
            "max_mentees",
        )


class PairConsentOut(serializers.ModelSerializer[MentoringConsent]):
    """An answer to «согласны ли вы». The private reason of a refusal does not leave the person's own page."""

    pair = serializers.UUIDField(source="pair.uuid")
    employee = PersonOut()

    class Meta:
        model = MentoringConsent
        fields = (
            "uuid",
            "version",
            "pair",
            "employee",
            "role",
            "state",
            "method",
            "asked_on",
            "given_on",
            "answered_on",
            "withdrawn_on",
            "shows_profile",
            "wishes",
        )


class PairOut(serializers.ModelSerializer[Pair]):
    mentor = PersonOut()
    mentees = PersonOut(many=True, source="people")

    class Meta:
        model = Pair
        fields = (
            "uuid",
            "version",
            "state",
            "unit_kind",
            "form",
            "role_model",
            "kinds",
            "mentor",
            "mentees",
            "goal",
            "planned_from",
            "planned_to",
            "started_on",
            "ended_on",
            "closing_reason",
            "channel",
            "schedule",
            "reaction_hours",
            "selection",
            "mentee_gives",
        )


YEARS = (2000, 2199)
"""Days outside belong to no school year: a mistyped year is told at its field."""


class Day(serializers.DateField):
    def to_internal_value(self, value: Any) -> Any:
        return _sensible(super().to_internal_value(value))


class Moment(serializers.DateTimeField):
    def to_internal_value(self, value: Any) -> Any:
        return _sensible(super().to_internal_value(value))


def _sensible(day: Any) -> Any:
    """Raises ValidationError for a year that no pair lives in."""
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise serializers.ValidationError(f"Проверьте год: {day.year}.")
    return day


class PairIn(serializers.Serializer[Any]):
    """A proposal. People are uuids of employees of this school."""

    mentor = serializers.UUIDField()
    mentees = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=15)
    form = serializers.ChoiceField(choices=MentoringForm.choices)
    role_model = serializers.ChoiceField(choices=RoleModel.choices, allow_blank=True, default="")
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=MentoringKind.choices), min_length=1)
    planned_from = Day()
    planned_to = Day()
    goal = serializers.CharField(max_length=300, allow_blank=True, default="")
    selection = serializers.CharField(max_length=300, allow_blank=True, default="")
    channel = serializers.CharField(max_length=200, allow_blank=True, default="")
    schedule = serializers.CharField(max_length=300, allow_blank=True, default="")
    reaction_hours = serializers.IntegerField(min_value=1, max_value=240, allow_null=True, default=None)
    mentee_gives = serializers.CharField(max_length=200, allow_blank=True, default="")
    subject_as_expert = serializers.BooleanField(default=False)
    ask = serializers.BooleanField(default=False, help_text="Сразу попросить согласия (куратор)")


class MoveIn(serializers.Serializer[Any]):
    """A step of a workflow by its verb; the reason where the step needs one."""

    verb = serializers.CharField(max_length=40)
    comment = serializers.CharField(max_length=2000, allow_blank=True, default="")


class PairMoveIn(MoveIn):
    ends_on = Day(required=False, help_text="Для give_notice: с какого дня закончить")


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
    goals = GoalIn(many=True, max_length=20)
    activities = ActivityIn(many=True, max_length=60)


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


class ErrorOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()
    fields = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))  # type: ignore[assignment]


class RefusalOut(serializers.Serializer[Any]):
    error = ErrorOut()
