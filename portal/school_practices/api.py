"""Reads of the school's practices."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import generics, serializers

from portal.school_practices.models import CONTENT_FIELDS, SchoolPractice
from portal.school_practices.search import FoundPractices
from portal.school_practices.selectors import practices_visible_to
from portal.school_practices.standing import Standing, standing_of
from portal.ui.api import Operation


class StandingOut(serializers.Serializer[Standing]):
    """The step in words, what is next and until when, what is expected of the authors."""

    step = serializers.CharField()
    ahead = serializers.CharField(help_text="Что будет дальше; пусто, когда ждать нечего")
    until = serializers.DateField(allow_null=True, help_text="До какого дня; нет, когда день не назначен")
    expected = serializers.CharField(help_text="Что нужно от авторов")


class SchoolPracticeOut(serializers.ModelSerializer[SchoolPractice]):
    """A practice of the school, with where it is now."""

    authors = serializers.SerializerMethodField(help_text="Номера сотрудников по порядку")

    standing = serializers.SerializerMethodField()

    class Meta:
        model = SchoolPractice
        fields = (
            "uuid",
            "state",
            "revision",
            "authors",
            *CONTENT_FIELDS,
            "answers_call",
            "mirror_code",
            "mirror_comment",
            "thanks",
            "thanks_schools",
            "standing",
            "version",
        )

    @extend_schema_field(StandingOut)
    def get_standing(self, obj: SchoolPractice) -> Any:
        return StandingOut(standing_of(obj)).data

    def get_authors(self, obj: SchoolPractice) -> list[UUID]:
        return [authorship.person.uuid for authorship in obj.authorships.all()]


class SchoolPractices(Operation, generics.ListAPIView[SchoolPractice]):
    """Own practices, the school's bank, and for reviewers what waits for a review; with a question, what
    answers it, the best first.
    """

    serializer_class = SchoolPracticeOut

    def get_queryset(self) -> Any:
        text = self.request.query_params.get("q", "").strip()
        return (
            FoundPractices(self.by, text)
            if text
            else practices_visible_to(self.by).order_by("title_key", "id")
        )
