"""What goes out and what may come in."""

from typing import Any

from rest_framework import serializers

from portal.mentor_bank.api.serializers import ShortPersonOut
from portal.mentor_bank.states import MentoringForm, MentoringKind
from portal.mentoring.models import MentoringConsent, Pair
from portal.mentoring.states import RoleModel
from portal.mentoring.workflow import PAIR
from portal.ui.api import Day, MoveIn, with_columns_asked_by


class PairConsentOut(serializers.ModelSerializer[MentoringConsent]):
    """An answer to «согласны ли вы». The private reason of a refusal does not leave the person's own page."""

    pair = serializers.UUIDField(source="pair.uuid")
    person = ShortPersonOut()

    class Meta:
        model = MentoringConsent
        fields = (
            "uuid",
            "version",
            "pair",
            "person",
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
    mentor = ShortPersonOut()
    mentees = ShortPersonOut(many=True, source="people")

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


class PairIn(serializers.Serializer[Any]):
    """A proposal. People are uuids of people of this school."""

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


@with_columns_asked_by(PAIR)
class PairMoveIn(MoveIn):
    """A step of a pair, and what it asks."""
