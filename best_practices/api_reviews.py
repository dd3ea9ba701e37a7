"""Assignments of experts: one's own with its steps, those of a practice for whoever leads the expertise, the
reserve, and steps of the practice itself.
"""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from best_practices import access, services
from best_practices.api import PracticeOut
from best_practices.blinding import blind_title, for_experts
from best_practices.models import Practice, Review
from best_practices.reserve import users_of
from best_practices.selectors import in_work, opened, own_reviews
from best_practices.sheet import LONGEST_REMARK
from best_practices.states import CRITERIA, Recommendation, Refusal
from best_practices.workflow import PRACTICE, REVIEW
from portal.accounts.api_request import ApiRequest
from portal.ui.api import Day, Endpoint, MoveIn, Operation, asked_by, changes

_ANSWERED = (
    "answer_due_on",
    "due_on",
    "state",
    "refusal",
    "scores",
    "total",
    "comment",
    "recommendation",
    "submitted_at",
    "version",
)


class JudgedAuthorOut(serializers.Serializer[Any]):
    """An author, as the hand-over has named them."""

    full_name = serializers.CharField()
    position = serializers.CharField()
    role = serializers.CharField()


class ReviewOut(serializers.ModelSerializer[Review]):
    """One's own sheet. Whose practice it is, is hidden until the final decision: names are put out of the
    title, too; then the authors and the school stand here, as on the page.
    """

    practice = serializers.UUIDField(source="practice.uuid")
    title = serializers.SerializerMethodField()
    authors = serializers.SerializerMethodField(help_text="Пусто до окончательного решения")
    school = serializers.SerializerMethodField(help_text="Школа авторов; пусто до окончательного решения")

    class Meta:
        model = Review
        fields = ("uuid", "practice", "title", "authors", "school", *_ANSWERED)

    def to_representation(self, review: Review) -> dict[str, Any]:
        if not Review._meta.get_field("practice").is_cached(review):  # one that was told of as stale
            review.practice = for_experts(Review.objects.filter(pk=review.pk))[0].practice
        return dict(super().to_representation(review))

    def _open(self, review: Review) -> Practice | None:
        known: dict[int, Practice] | None = self.context.get("opened")
        return (opened([review]) if known is None else known).get(review.practice_id)

    def get_title(self, review: Review) -> str:
        known = self._open(review)
        return known.title if known else blind_title(review.practice)

    @extend_schema_field(JudgedAuthorOut(many=True))
    def get_authors(self, review: Review) -> Any:
        known = self._open(review)
        return JudgedAuthorOut(known.authors, many=True).data if known else []

    def get_school(self, review: Review) -> str:
        known = self._open(review)
        return known.school.short_name if known else ""


class SheetOut(serializers.ModelSerializer[Review]):
    """A sheet as the officials of the expertise see it: with its expert, by the uuid of a user."""

    instead_of = serializers.UUIDField(
        source="instead_of.uuid", allow_null=True, default=None, help_text="Лист эксперта, которого заменили"
    )

    in_work = serializers.SerializerMethodField(help_text="Лист начат и ещё не сдан; текста здесь нет")

    class Meta:
        model = Review
        fields = ("uuid", "revision", "stage", "in_work", "expert", "instead_of", "gone_because", *_ANSWERED)

    def get_in_work(self, obj: Review) -> bool:
        known = self.context.get("in_work")
        return obj.pk in (in_work([obj]) if known is None else known)


class OwnMoveIn(MoveIn):
    """A step of the expert: accept, decline (with a reason or without), submit (the sheet)."""

    refusal = serializers.ChoiceField(choices=Refusal.choices, allow_blank=True, required=False)
    recommendation = serializers.ChoiceField(choices=Recommendation.choices, required=False)
    remarks = serializers.DictField(
        child=serializers.CharField(max_length=LONGEST_REMARK),
        required=False,
        help_text="Замечания: поле практики и слова; авторы прочитают их без имени эксперта",
    )

    def get_fields(self) -> dict[str, Any]:
        scores = {
            code: serializers.IntegerField(required=False, min_value=1, max_value=10, help_text=title)
            for code, title in CRITERIA.items()
        }
        return {**super().get_fields(), **scores}


class SheetMoveIn(MoveIn):
    """A step of the methodist: replace, prolong (until a day), withdraw, set_aside; each with a comment."""

    until = Day(required=False, help_text="Новый срок ответа или листа")


class ReserveIn(serializers.Serializer[Any]):
    experts = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=services.LONGEST_RESERVE,
        help_text="Номера экспертов по порядку, как их предлагают; пустой список убирает резерв",
    )


class OwnReviews(Operation):
    """One's own assignments of an expert, those that wait first."""

    @extend_schema(operation_id="own_reviews", responses=ReviewOut(many=True))
    def get(self, request: ApiRequest) -> Response:
        rows = own_reviews(self.by)
        return Response(ReviewOut(rows, many=True, context={"opened": opened(rows)}).data)


class OwnReview(Endpoint):
    """One own assignment."""

    out = ReviewOut

    @extend_schema(operation_id="own_review", summary="Своё назначение эксперта", responses=ReviewOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(access.review_for(self.by, pk))


class OwnReviewMove(Endpoint):
    """The expert answers, or hands in the sheet."""

    out = ReviewOut

    @changes("own_review_move", "Согласиться, отказаться или сдать лист", OwnMoveIn, ReviewOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found, version, body = access.review_for(self.by, pk), self.version(), self.body(OwnMoveIn)
        verb = body.pop("verb")
        if "remarks" in body:
            body["remarks"] = tuple(body["remarks"].items())
        asked = asked_by(REVIEW, verb, found, body)
        services.move_review(found, verb, by=self.by, version=version, comment=body["comment"], asked=asked)
        return self.answer(found)


class ReviewsOfPractice(Operation, generics.ListAPIView[Review]):
    """Sheets of one practice, of all its revisions."""

    serializer_class = SheetOut

    def get_queryset(self) -> Any:
        rows = access.practice_for(self.by, self.kwargs["pk"]).reviews.select_related("instead_of")
        return rows.order_by("-revision", "id")

    def get_serializer_context(self) -> dict[str, Any]:
        """Which of them are begun is asked once."""
        return {**super().get_serializer_context(), "in_work": in_work(self.get_queryset())}

    @extend_schema(operation_id="practice_reviews")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class PracticeReserve(Endpoint):
    """Whom the portal invites by itself, in order."""

    out = PracticeOut

    @changes("practice_reserve", "Назвать резерв экспертов", ReserveIn, PracticeOut)
    def put(self, request: ApiRequest, pk: UUID) -> Response:
        found, version = access.practice_for(self.by, pk), self.version()
        services.name_reserve(found, users_of(self.body(ReserveIn)["experts"]), by=self.by, version=version)
        return self.answer(access.practice_for(self.by, pk))


class PracticeMove(Endpoint):
    """A step of the methodist or of the department's specialist."""

    out = PracticeOut

    @changes("practice_move", "Сделать шаг с практикой", MoveIn, PracticeOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found, version, body = access.practice_for(self.by, pk), self.version(), self.body(MoveIn)
        PRACTICE.move(found, body["verb"], by=self.by, version=version, comment=body["comment"])
        return self.answer(access.practice_for(self.by, pk))


class Sheet(Endpoint):
    """An assignment for whoever leads the expertise."""

    out = SheetOut

    @extend_schema(operation_id="sheet", summary="Назначение эксперта", responses=SheetOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(access.led_review_for(self.by, pk))


class SheetMove(Endpoint):
    """The methodist replaces the expert, gives more time, or takes the assignment away."""

    out = SheetOut

    @changes("sheet_move", "Заменить или снять эксперта, продлить срок", SheetMoveIn, SheetOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found, version, body = access.led_review_for(self.by, pk), self.version(), self.body(SheetMoveIn)
        asked = asked_by(REVIEW, body["verb"], found, body)
        services.move_review(
            found, body["verb"], by=self.by, version=version, comment=body["comment"], asked=asked
        )
        return self.answer(found)
