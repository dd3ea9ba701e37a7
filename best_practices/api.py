"""Reads of the bank (both contours) and of practices in the city."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from best_practices import access
from best_practices.citing import citation, short_address
from best_practices.counted import evidence_of, with_grades
from best_practices.evidence import Grade
from best_practices.models import BankPractice, Practice, PracticeEvidence, SearchWord
from best_practices.proved_first import PROVED
from best_practices.questions import FACETS, Asked
from best_practices.search import PAGE, search_bank, similar_to
from best_practices.selectors import practices_visible_to
from best_practices.services import note_question
from best_practices.talk import talk_of
from portal.accounts.api_request import ApiRequest
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Forbidden
from portal.core.text import whole_number
from portal.search.engine import BY_FIT, NEWEST
from portal.ui.api import Operation


class BankPracticeOut(serializers.ModelSerializer[BankPractice]):
    """A published practice; `grade`: how well it is proved, in words."""

    grade = serializers.CharField(read_only=True)

    class Meta:
        model = BankPractice
        fields: tuple[str, ...] = (
            "uuid",
            "code",
            "title",
            "annotation",
            "nomination",
            "form",
            "kinds",
            "subjects",
            "content",
            "authors",
            "school_name",
            "published_on",
            "revision",
            "grade",
        )


class SignOut(serializers.Serializer[Any]):
    """A plain sign and where it was taken from."""

    word = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]


class EvidenceOut(serializers.ModelSerializer[PracticeEvidence]):
    """How well a practice is proved: by one function, with its reasons and what lifts it."""

    grade = serializers.ChoiceField(choices=Grade.choices)
    grade_word = serializers.CharField(source="get_grade_display")
    reasons = serializers.ListField(child=serializers.CharField())
    lifts = serializers.ListField(child=serializers.CharField())
    cost = SignOut()
    effect = SignOut()
    outcomes = serializers.DictField(child=serializers.IntegerField())
    told = serializers.ListField(child=serializers.DictField())

    class Meta:
        model = PracticeEvidence
        fields = (
            "grade",
            "grade_word",
            "reasons",
            "lifts",
            "cost",
            "effect",
            "in_work",
            "ever",
            "outcomes",
            "told",
        )


class SimilarOut(serializers.Serializer[Any]):
    """A practice told in the same rare words, and these words."""

    uuid = serializers.UUIDField(source="card.uuid")
    code = serializers.CharField(source="card.code")
    title = serializers.CharField(source="card.title")
    words = serializers.ListField(child=serializers.CharField())


class AnswerOfAuthorOut(serializers.Serializer[Any]):
    """What the author has answered."""

    who = serializers.CharField()
    place = serializers.CharField()
    text = serializers.CharField()
    on = serializers.CharField(help_text="дд.мм.гггг")


class CommentOnCardOut(AnswerOfAuthorOut):
    """What a colleague has said of the practice, let through by the methodist."""

    uuid = serializers.UUIDField()
    is_question = serializers.BooleanField(help_text="Вопрос автору")
    answers = AnswerOfAuthorOut(many=True)


class BankPracticeReadOut(BankPracticeOut):
    """A published practice with those that are like it, the most similar first."""

    similar = SimilarOut(many=True)
    evidence = EvidenceOut()
    address = serializers.URLField(help_text="Короткий адрес страницы практики: он стоит на бумаге")
    citation = serializers.CharField(help_text="Строка для списка литературы")
    comments = CommentOnCardOut(many=True)
    thanks = serializers.IntegerField(help_text="Сколько педагогов поблагодарили авторов")

    class Meta(BankPracticeOut.Meta):
        added = ("similar", "evidence", "address", "citation", "comments", "thanks")
        fields = (*BankPracticeOut.Meta.fields, *added)


class FoundOut(serializers.Serializer[Any]):
    """What was found, the best first, with how the question was understood."""

    total = serializers.IntegerField()
    whole = serializers.IntegerField(help_text="В скольких из них есть все слова запроса: они стоят первыми")
    page = serializers.IntegerField()
    corrected = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="Слово из запроса и чем оно заменено",
    )
    unknown = serializers.ListField(
        child=serializers.CharField(), help_text="Слова запроса, которых нет ни в одной практике"
    )
    layout_fixed = serializers.CharField(help_text="Запрос в другой раскладке, если она была перепутана")
    facets = serializers.DictField(
        child=serializers.DictField(child=serializers.IntegerField()),
        help_text="Сколько ответов у каждого значения каждого условия",
    )
    results = BankPracticeOut(many=True)


class PracticeOut(serializers.ModelSerializer[Practice]):
    """A practice in the city's hands."""

    school = serializers.UUIDField(source="school.uuid")

    class Meta:
        model = Practice
        fields = (
            "uuid",
            "practice",
            "school",
            "revision",
            "title",
            "content",
            "authors",
            "state",
            "remarks",
            "ahead",
            "ahead_on",
            "reserve",
            "code",
            "version",
        )


class BankSearch(Operation):
    """Search of the bank."""

    @extend_schema(
        operation_id="bank_search",
        responses=FoundOut,
        parameters=[
            OpenApiParameter("q", str),
            OpenApiParameter("page", int),
            OpenApiParameter("order", str, enum=[BY_FIT, NEWEST, PROVED]),
            OpenApiParameter("as_typed", bool, description="Не исправлять опечатки и раскладку"),
            *(OpenApiParameter(facet, str, many=True) for facet in FACETS),
        ],
    )
    def get(self, request: ApiRequest) -> Response:
        number = min(whole_number(request.query_params.get("page", "1")) or 1, 500)
        filters = {facet: request.query_params.getlist(facet) for facet in FACETS}
        _reader(self.by)
        found, shown = search_bank(
            self.by,
            request.query_params.get("q", ""),
            filters,
            number,
            order=Asked.order_of(request.query_params.get("order")),
            as_typed=request.query_params.get("as_typed") in ("1", "true"),
        )
        if number == 1 and not any(filters.values()):
            note_question(request.query_params.get("q", ""), found)
        corrected = {typed: list(words) for typed, words in found.understood.corrected.items()}
        out = {
            "total": found.total,
            "whole": found.whole,
            "page": number,
            "page_size": PAGE,
            "corrected": corrected,
            "unknown": list(found.understood.unknown),
            "layout_fixed": found.understood.layout_fixed,
            "facets": {
                facet: {count.value: count.number for count in counts}
                for facet, counts in found.facets.items()
            },
            "results": with_grades(row.card for row in shown),
        }
        return Response(FoundOut(out).data)


def _reader(by: Actor) -> None:
    if not (by.can("bank:read") or by.can("city_bank:read")):
        raise Forbidden


class BankRead(Operation):
    """One published practice."""

    @extend_schema(operation_id="bank_practice", responses=BankPracticeReadOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        card = access.bank_practice_for(self.by, pk)
        similar = SimilarOut(similar_to(self.by, card), many=True).data
        with_grades([card])
        told = EvidenceOut(evidence_of(card)).data
        cited = {"address": short_address(card), "citation": citation(card, clock.today())}
        talk = talk_of(card)
        said = {"comments": CommentOnCardOut(talk.rows, many=True).data, "thanks": talk.thanks}
        out = {**BankPracticeOut(card).data, "similar": similar, "evidence": told, **cited, **said}
        return Response(out)


class Practices(Operation, generics.ListAPIView[Practice]):
    """Practices that schools handed over; for officials of the city."""

    serializer_class = PracticeOut

    def get_queryset(self) -> Any:
        if not self.by.can("practice:read"):
            raise Forbidden
        return practices_visible_to(self.by)

    @extend_schema(operation_id="practices")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class PracticeRead(Operation):
    """One practice that was handed over."""

    @extend_schema(operation_id="practice", responses=PracticeOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        found = access.practice_for(self.by, pk)
        return Response(PracticeOut(found).data, headers={"ETag": f'"{found.version}"'})


class SearchWordOut(serializers.ModelSerializer[SearchWord]):
    """Names of one notion: whoever asks by one of them finds the others."""

    class Meta:
        model = SearchWord
        fields = ("uuid", "names", "is_used", "version")


@extend_schema_view(
    get=extend_schema(operation_id="search_words_list", summary="Слова, которые понимает поиск")
)
class SearchWords(Operation, generics.ListAPIView[SearchWord]):
    """For everybody who has signed in: search of the bank says them anyway."""

    serializer_class = SearchWordOut

    def get_queryset(self) -> Any:
        return SearchWord.objects.order_by("pk")
