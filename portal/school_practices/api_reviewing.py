"""The school's review of a practice, and teachers whom the school proposes as experts of the city."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from best_practices.states import CRITERIA, Recommendation
from portal.accounts.api_request import ApiRequest
from portal.core.errors import Forbidden, Invalid
from portal.school_practices import access, services
from portal.school_practices.api import SchoolPracticeOut
from portal.school_practices.models import ExpertOffer, SchoolReview
from portal.staff.selectors import working_people
from portal.ui.api import Endpoint, changes, creates


class SchoolReviewOut(serializers.ModelSerializer[SchoolReview]):
    """A sheet of the school's review; who wrote it is not told, as on the page."""

    class Meta:
        model = SchoolReview
        fields = ("uuid", "revision", "scores", "total", "comment", "recommendation", "version")


class SchoolReviewIn(serializers.Serializer[Any]):
    """Five criteria, a conclusion, an advice."""

    comment = serializers.CharField(max_length=5000)
    recommendation = serializers.ChoiceField(choices=Recommendation.choices)

    def get_fields(self) -> dict[str, Any]:
        scores = {
            code: serializers.IntegerField(min_value=1, max_value=10, help_text=title)
            for code, title in CRITERIA.items()
        }
        return {**scores, **super().get_fields()}


class PracticeReviews(Endpoint):
    """Sheets of the school about the present text."""

    out = SchoolPracticeOut  # what a stale If-Match is told of

    @extend_schema(
        operation_id="school_practice_reviews",
        summary="Оценки практики в школе",
        responses=SchoolReviewOut(many=True),
    )
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        found = access.practice_for(self.by, pk)
        if not access.can_see_reviews(self.by, found):
            raise Forbidden
        rows = [review for review in found.reviews.all() if review.revision == found.revision]
        return Response(SchoolReviewOut(sorted(rows, key=lambda row: row.pk), many=True).data)

    @changes("school_practices_review", "Оценить практику в школе", SchoolReviewIn, SchoolReviewOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        """If-Match is the version of the practice; one's own second sheet replaces the first."""
        found, version, body = access.practice_for(self.by, pk), self.version(), self.body(SchoolReviewIn)
        scores = {code: body.pop(code) for code in CRITERIA}
        made = services.review_practice(found, by=self.by, version=version, scores=scores, **body)
        return Response(SchoolReviewOut(made).data, headers={"ETag": f'"{made.version}"'})


class ExpertOfferOut(serializers.ModelSerializer[ExpertOffer]):
    """Whom the school has proposed, and what the person has said: null while there is no answer."""

    person = serializers.UUIDField(source="person.uuid")

    class Meta:
        model = ExpertOffer
        fields = ("uuid", "person", "subjects", "basis", "accepted", "answered_on", "version")


class ExpertOfferIn(serializers.Serializer[Any]):
    person = serializers.UUIDField(help_text="Номер сотрудника, который уже вошёл в портал")
    subjects = serializers.ListField(
        child=serializers.CharField(max_length=30), min_length=1, max_length=50, help_text="Коды предметов"
    )
    basis = serializers.CharField(
        max_length=250, help_text="Эти слова увидит человек, а согласится — и город"
    )


class ExpertOffers(Endpoint):
    """Teachers whom the school has proposed as experts, the latest first."""

    out = ExpertOfferOut

    @extend_schema(
        operation_id="expert_offers",
        summary="Кого школа предложила в эксперты",
        responses=ExpertOfferOut(many=True),
    )
    def get(self, request: ApiRequest) -> Response:
        self._may()
        rows = ExpertOffer.objects.select_related("person").order_by("-pk")[:100]
        return Response(ExpertOfferOut(rows, many=True).data)

    @creates("expert_offers_propose", "Предложить эксперта городу", ExpertOfferIn, ExpertOfferOut)
    def post(self, request: ApiRequest) -> Response:
        self._may()
        body = self.body(ExpertOfferIn)
        person = working_people().filter(uuid=body.pop("person")).first()
        if person is None:
            raise Invalid("no_person", "В школе сейчас не работает сотрудник с таким номером.", "person")
        return self.answer(services.propose_expert(person, by=self.by, **body), 201)

    def _may(self) -> None:
        if not access.can_propose_expert(self.by):
            raise Forbidden("Экспертов городу предлагают директор и куратор.")
