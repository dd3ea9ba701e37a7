"""The pool of experts by the API: one's own place in it, and whom to ask about a practice."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from best_practices import access, services
from best_practices.api_reviews import SheetOut
from best_practices.expert_figures import record_of
from best_practices.interest import Conflict
from best_practices.models import ExpertCandidate, ExpertProposal
from best_practices.models.experts import MOST_LOAD
from best_practices.proposing import proposals
from best_practices.selectors import as_expert, proposals_to
from portal.accounts.api_request import ApiRequest
from portal.core.errors import Conflict as AlreadyThere
from portal.core.errors import Forbidden, NotVisible
from portal.municipality.difficulties import ITEMS
from portal.ui.api import Day, Endpoint, Operation, changes, creates


class RecordOut(serializers.Serializer[Any]):
    """Sheets that were handed in; a figure is null where there is none yet. What was declined changes
    nothing.
    """

    done = serializers.IntegerField()
    days = serializers.IntegerField(allow_null=True, help_text="Дней от просьбы до листа, в среднем")
    mean = serializers.FloatField(allow_null=True, help_text="Средняя сумма баллов из 50")
    lowest = serializers.IntegerField(allow_null=True)
    highest = serializers.IntegerField(allow_null=True)


class ExpertOut(serializers.ModelSerializer[ExpertCandidate]):
    """One's own place among the experts of the city."""

    record = serializers.SerializerMethodField()

    class Meta:
        model = ExpertCandidate
        fields = (
            "uuid",
            "subjects",
            "difficulties",
            "most_load",
            "paused_from",
            "paused_until",
            "basis",
            "left_on",
            "record",
            "version",
        )

    @extend_schema_field(RecordOut)
    def get_record(self, expert: ExpertCandidate) -> dict[str, Any]:
        return dict(RecordOut(record_of(expert.user_id)).data)


class ExpertIn(serializers.Serializer[Any]):
    """The own word to be an expert: of what, and how many sheets may wait at once."""

    subjects = serializers.ListField(child=serializers.CharField(max_length=30), max_length=200)
    difficulties = serializers.ListField(
        child=serializers.ChoiceField(choices=list(ITEMS.items())), required=False, max_length=len(ITEMS)
    )
    most_load = serializers.IntegerField(min_value=1, max_value=MOST_LOAD, required=False)


class PauseIn(serializers.Serializer[Any]):
    """The days on which one is not asked; no reason is wanted."""

    first = Day()
    last = Day()


class OwnPlace(Endpoint):
    """One's own place in the pool."""

    out = ExpertOut

    @extend_schema(operation_id="own_expert", summary="Своё место среди экспертов", responses=ExpertOut)
    def get(self, request: ApiRequest) -> Response:
        return self.answer(_own(self))

    @creates("own_expert_join", "Стать экспертом города", ExpertIn, ExpertOut)
    def post(self, request: ApiRequest) -> Response:
        if as_expert(self.by.user) is not None:
            raise AlreadyThere("already_expert", "Вы уже эксперт: измените свои сведения методом PUT.")
        return self.answer(services.join_pool(**self.body(ExpertIn), by=self.by), 201)

    @changes("own_expert_change", "Изменить своё место среди экспертов", ExpertIn, ExpertOut)
    def put(self, request: ApiRequest) -> Response:
        _own(self)
        version = self.version()
        return self.answer(services.join_pool(**self.body(ExpertIn), by=self.by, version=version))


def _own(operation: Operation) -> ExpertCandidate:
    """Raises NotVisible for who is no expert now."""
    found = as_expert(operation.by.user)
    if found is None:
        raise NotVisible
    return found


class OwnLeave(Endpoint):
    """Out of the pool at once."""

    out = ExpertOut

    @changes("own_expert_leave", "Выйти из экспертов", None, ExpertOut)
    def post(self, request: ApiRequest) -> Response:
        found = _own(self)
        found.check_version(self.version())
        services.leave_pool(by=self.by)
        found.refresh_from_db()
        return self.answer(found)


class OwnPause(Endpoint):
    """The days on which one is not asked."""

    out = ExpertOut

    @changes("own_expert_pause", "Взять паузу", PauseIn, ExpertOut)
    def post(self, request: ApiRequest) -> Response:
        _own(self)
        version = self.version()
        return self.answer(services.pause_as_expert(**self.body(PauseIn), by=self.by, version=version))


class OwnPauseEnd(Endpoint):
    """May be asked again."""

    out = ExpertOut

    @changes("own_expert_pause_end", "Закончить паузу", None, ExpertOut)
    def post(self, request: ApiRequest) -> Response:
        _own(self)
        return self.answer(services.end_pause(by=self.by, version=self.version()))


class ProposalToMeOut(serializers.ModelSerializer[ExpertProposal]):
    """A school proposes the reader as an expert of the city."""

    school = serializers.UUIDField(source="school.uuid")

    class Meta:
        model = ExpertProposal
        fields = ("uuid", "school", "subjects", "basis", "created_at")


class OwnProposals(Operation):
    """What schools have proposed to the reader and waits for the answer."""

    @extend_schema(
        operation_id="own_expert_proposals",
        summary="Предложения школ стать экспертом",
        responses=ProposalToMeOut(many=True),
    )
    def get(self, request: ApiRequest) -> Response:
        return Response(ProposalToMeOut(proposals_to(self.by.user), many=True).data)


class AnswerIn(serializers.Serializer[Any]):
    accepted = serializers.BooleanField()


class OwnProposalAnswer(Endpoint):
    """Yes or no; the row goes, the school is told."""

    @creates("own_expert_answer", "Ответить на предложение школы", AnswerIn, AnswerIn)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found = next((one for one in proposals_to(self.by.user) if one.uuid == pk), None)
        if found is None:
            raise NotVisible
        body = self.body(AnswerIn)
        services.answer_proposal(found, accepted=body["accepted"], by=self.by)
        return Response(body, status=201)


class ProposalOut(serializers.Serializer[Any]):
    """Somebody to be asked about a practice, with the reasons; `refusal`: why not now."""

    uuid = serializers.UUIDField(help_text="Место эксперта в составе: его называют при назначении")
    name = serializers.CharField()
    places = serializers.CharField(help_text="Школы, где человек работает сегодня")
    reasons = serializers.ListField(child=serializers.CharField(), source="fit.reasons")
    load = serializers.IntegerField()
    most_load = serializers.IntegerField()
    conflict = serializers.ChoiceField(choices=[(one.value, one.value) for one in Conflict])
    ties = serializers.CharField(help_text="Что известно о связях, словами")
    record = RecordOut()
    refusal = serializers.CharField()


class AssignIn(serializers.Serializer[Any]):
    expert = serializers.UUIDField(help_text="Место эксперта в составе")


class ExpertsOfPractice(Endpoint):
    """Whom to ask about a practice: the few who fit best, others by name; never everybody."""

    out = SheetOut

    @extend_schema(
        operation_id="practice_experts",
        summary="Кого попросить оценить практику",
        responses=ProposalOut(many=True),
        parameters=[OpenApiParameter("name", str), OpenApiParameter("subject", str)],
    )
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        practice = access.practice_for(self.by, pk)
        if not access.can_lead_practice(self.by, practice):
            raise Forbidden
        asked = {key: request.query_params.get(key, "") for key in ("name", "subject")}
        found = proposals(practice, **asked)
        return Response(ProposalOut([*found.free, *found.bound], many=True).data)

    @creates("practice_expert_assign", "Назначить эксперта", AssignIn, SheetOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        practice = access.practice_for(self.by, pk)
        if not access.can_lead_practice(self.by, practice):
            raise Forbidden
        asked = self.body(AssignIn)["expert"]
        expert = ExpertCandidate.objects.filter(uuid=asked).first()
        if expert is None:
            raise NotVisible
        return self.answer(services.assign_expert(practice, expert, by=self.by), 201)
