"""Words of readers about practices by the API: written, judged by the methodist, answered by the author."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from best_practices.asked_of_authors import asked_of_author
from best_practices.models import PracticeComment
from best_practices.models.comments import LONGEST_COMMENT, LONGEST_REASON
from best_practices.readers import card_for_reader
from best_practices.services import comments as writing
from best_practices.talk import (
    can_judge_comments,
    comment_to_answer_for,
    judged_comment_for,
    marked,
    own_comment_for,
    own_comments,
    waiting_comments,
)
from portal.accounts.api_request import ApiRequest
from portal.core.errors import Forbidden
from portal.ui.api import Endpoint, Operation, changes, creates


class CommentOut(serializers.ModelSerializer[PracticeComment]):
    """A word about a practice, for its writer; `where`: where it is now, in words."""

    answers = serializers.SerializerMethodField(help_text="На какой отзыв отвечает автор")
    where = serializers.CharField()

    class Meta:
        model = PracticeComment
        fields = (
            "uuid",
            "practice",
            "text",
            "is_question",
            "answers",
            "where",
            "is_shown",
            "judged_on",
            "reason",
            "version",
        )

    def get_answers(self, comment: PracticeComment) -> UUID | None:
        """Its number alone: whoever has written it is not shown, so the row is not read. Lists bring it."""
        if comment.answers_id is None or hasattr(comment, "asked_uuid"):
            return getattr(comment, "asked_uuid", None)
        return PracticeComment.objects.values_list("uuid", flat=True).get(pk=comment.answers_id)


class AskedOut(serializers.ModelSerializer[PracticeComment]):
    """What a colleague has said of a practice of one's own."""

    who = serializers.CharField(source="user.short_name")
    is_answered = serializers.BooleanField()

    class Meta:
        model = PracticeComment
        fields = ("uuid", "practice", "who", "place", "text", "is_question", "is_answered")


class PieceOut(serializers.Serializer[Any]):
    """A piece of the text; `why`: how it may tell of somebody."""

    text = serializers.CharField(trim_whitespace=False)
    why = serializers.CharField(allow_blank=True)


class JudgedOut(CommentOut):
    """A word about a practice, for the methodist, with what may tell of people marked."""

    who = serializers.CharField(source="user.short_name")
    pieces = serializers.SerializerMethodField()

    class Meta(CommentOut.Meta):
        fields = (*CommentOut.Meta.fields, "who", "place", "pieces")  # type: ignore[assignment]

    @extend_schema_field(PieceOut(many=True))
    def get_pieces(self, comment: PracticeComment) -> list[dict[str, str]]:
        return [{"text": one.text, "why": one.why} for one in marked(comment.text)]


class CommentIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST_COMMENT)
    is_question = serializers.BooleanField(default=False)


class CommentNewIn(CommentIn):
    card = serializers.UUIDField(help_text="Практика банка")


class CommentAnswerIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST_COMMENT)


class CommentJudgeIn(serializers.Serializer[Any]):
    show = serializers.BooleanField()
    reason = serializers.CharField(
        max_length=LONGEST_REASON, allow_blank=True, default="", help_text="Почему не показан"
    )


class OwnComments(Endpoint):
    """One's own words about practices."""

    out = CommentOut

    @extend_schema(
        operation_id="own_comments", summary="Свои отзывы о практиках", responses=CommentOut(many=True)
    )
    def get(self, request: ApiRequest) -> Response:
        return Response([CommentOut(row).data for row in own_comments(self.by)])

    @creates("own_comment_write", "Написать отзыв или спросить автора", CommentNewIn, CommentOut)
    def post(self, request: ApiRequest) -> Response:
        said = self.body(CommentNewIn)
        card = card_for_reader(self.by, said.pop("card"))
        return self.answer(writing.write_comment(card, **said, by=self.by), 201)


class OwnComment(Endpoint):
    """One of them."""

    out = CommentOut

    @extend_schema(operation_id="own_comment", summary="Свой отзыв", responses=CommentOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(own_comment_for(self.by, pk))

    @changes("own_comment_change", "Изменить отзыв, пока его не проверили", CommentIn, CommentOut)
    def put(self, request: ApiRequest, pk: UUID) -> Response:
        found, version = own_comment_for(self.by, pk), self.version()
        return self.answer(writing.change_comment(found, **self.body(CommentIn), by=self.by, version=version))


class OwnWithdraw(Endpoint):
    """Gone at once, from the card too."""

    out = CommentOut

    @changes("own_comment_withdraw", "Убрать свой отзыв", None, CommentOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found = own_comment_for(self.by, pk)
        found.check_version(self.version())
        writing.withdraw_comment(found, by=self.by)
        return self.answer(found)


class AskedOfAuthor(Operation):
    """What colleagues have said of one's own practices, questions without an answer first."""

    @extend_schema(
        operation_id="asked_of_author", summary="Отзывы о своих практиках", responses=AskedOut(many=True)
    )
    def get(self, request: ApiRequest) -> Response:
        rows = asked_of_author(self.by).select_related("user")
        return Response([AskedOut(row).data for row in rows])


class AuthorAnswer(Endpoint):
    """The author answers a colleague; the answer waits for the methodist, too."""

    out = CommentOut

    @creates("comment_answer", "Ответить на отзыв как автор", CommentAnswerIn, CommentOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        asked = comment_to_answer_for(self.by, pk)
        made = writing.answer_comment(asked, text=self.body(CommentAnswerIn)["text"], by=self.by)
        return self.answer(made, 201)


class Comments(Operation, generics.ListAPIView[PracticeComment]):
    """What waits for the methodist, the first written first."""

    serializer_class = JudgedOut

    def get_queryset(self) -> Any:
        if not can_judge_comments(self.by):
            raise Forbidden
        return waiting_comments().select_related("user")

    @extend_schema(operation_id="practice_comments", summary="Отзывы, которые ждут проверки")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class Comment(Endpoint):
    """One word about a practice, for the methodist."""

    out = JudgedOut

    @extend_schema(operation_id="practice_comment", summary="Отзыв для проверки", responses=JudgedOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(judged_comment_for(self.by, pk))


class CommentJudge(Endpoint):
    """Let through, or not with a reason."""

    out = JudgedOut

    @changes("practice_comment_judge", "Показать отзыв или не показывать", CommentJudgeIn, JudgedOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found, version = judged_comment_for(self.by, pk), self.version()
        writing.judge_comment(found, **self.body(CommentJudgeIn), by=self.by, version=version)
        return self.answer(judged_comment_for(self.by, pk))
