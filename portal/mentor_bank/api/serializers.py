"""What goes out."""

from typing import Any

from rest_framework import serializers

from portal.mentor_bank.models import MenteeNeed, MentorCard


class ShortPersonOut(serializers.Serializer[Any]):
    """A person by uuid and name."""

    uuid = serializers.UUIDField()
    full_name = serializers.CharField()


class NeedOut(serializers.ModelSerializer[MenteeNeed]):
    person = ShortPersonOut()

    class Meta:
        model = MenteeNeed
        fields = (
            "uuid",
            "version",
            "person",
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
    person = ShortPersonOut()

    class Meta:
        model = MentorCard
        fields = (
            "uuid",
            "version",
            "person",
            "state",
            "confirmed_results",
            "strengths",
            "support_areas",
            "topics",
            "max_mentees",
        )
