"""Practices of the bank in programmes: taken, taken out, told about."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from best_practices.outcomes import Outcome
from portal.accounts.api_request import ApiRequest
from portal.core.errors import Forbidden
from portal.documents.personal_data import Kind
from portal.pair_work import access, services
from portal.pair_work.api.serializers import ProgrammeOut
from portal.pair_work.models import Adoption
from portal.pair_work.selectors.adoptions_going import may_tell_of_people
from portal.ui.api import Endpoint, changes


class MeasuredOut(serializers.Serializer[Any]):
    """One indicator, before and after; numbers as text, so that nothing is rounded."""

    indicator = serializers.CharField(max_length=255)
    unit = serializers.CharField(max_length=60, allow_blank=True, default="")
    before = serializers.DecimalField(max_digits=9, decimal_places=2, normalize_output=True)
    after = serializers.DecimalField(max_digits=9, decimal_places=2, normalize_output=True)


class AdoptionOut(serializers.ModelSerializer[Adoption]):
    """A practice in a programme."""

    programme = serializers.UUIDField(source="programme.uuid")
    # DRF makes a list of them, which takes further words than one has
    measured = MeasuredOut(many=True)

    class Meta:
        model = Adoption
        fields: tuple[str, ...] = (
            "uuid",
            "version",
            "programme",
            "practice",
            "card",
            "code",
            "title",
            "revision",
            "is_own",
            "taken_on",
            "in_force_on",
            "ended_on",
            "dropped_on",
            "outcome",
            "measured",
            "hours",
            "words",
            "told_on",
            "names_school",
            "sent_on",
            "sent_words",
        )


class TakeIn(serializers.Serializer[Any]):
    card = serializers.UUIDField(help_text="Практика банка")
    revision = serializers.IntegerField(
        min_value=1, required=False, help_text="Редакция, которую прочитали: с другой вместо неё ответ 409"
    )
    names_school = serializers.BooleanField(
        default=False, help_text="Попросить директора назвать школу на карточке"
    )


class SendIn(serializers.Serializer[Any]):
    with_words = serializers.BooleanField(default=False, help_text="Передать и слова")
    kept = serializers.ListField(
        child=serializers.CharField(max_length=64),
        default=list,
        max_length=100,
        help_text="Ключи мест, которые похожи на имя или класс, но ими не являются",
    )


class PlaceOut(serializers.Serializer[Any]):
    """A place of the answer by which somebody may be known."""

    key = serializers.CharField(help_text="Им называют место в `kept`")
    kind = serializers.ChoiceField(choices=[kind.value for kind in Kind])
    fragment = serializers.CharField()
    sentence = serializers.CharField()
    why = serializers.CharField()


class OutcomeIn(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    # DRF makes a list of them, which takes further words than one has
    measured = MeasuredOut(many=True, required=False, max_length=5)  # type: ignore[call-arg]
    hours = serializers.IntegerField(min_value=0, max_value=2000, allow_null=True, default=None)
    words = serializers.CharField(max_length=1000, allow_blank=True, default="")


class AdoptionsOfProgramme(Endpoint):
    """Practices that were taken into one programme, those taken out included."""

    out = ProgrammeOut  # what a stale If-Match is told of

    @extend_schema(
        operation_id="adoptions_list", summary="Практики в программе", responses=AdoptionOut(many=True)
    )
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        rows = access.programme_for(self.by, pk).adoptions.select_related("programme")
        return Response(AdoptionOut(rows, many=True).data)

    @changes("adoptions_take", "Взять практику в программу", TakeIn, AdoptionOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        """If-Match is the version of the programme."""
        programme, version, body = access.programme_for(self.by, pk), self.version(), self.body(TakeIn)
        taken, is_new = services.take_practice(
            programme, body.pop("card"), by=self.by, version=version, **body
        )
        status, etag = (201 if is_new else 200), f'"{taken.version}"'
        return Response(AdoptionOut(taken).data, status=status, headers={"ETag": etag})


class AdoptionOne(Endpoint):
    out = AdoptionOut

    @extend_schema(operation_id="adoptions_read", summary="Практика в программе", responses=AdoptionOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(access.adoption_for(self.by, pk))


class AdoptionOutcome(Endpoint):
    out = AdoptionOut

    @changes("adoptions_outcome", "Сказать, как сработала практика", OutcomeIn, AdoptionOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        adoption, version, body = access.adoption_for(self.by, pk), self.version(), self.body(OutcomeIn)
        measured = [
            {**row, "before": f"{row['before']:f}", "after": f"{row['after']:f}"}
            for row in body.pop("measured", [])
        ]
        return self.answer(
            services.tell_outcome(adoption, by=self.by, version=version, measured=measured, **body)
        )


class AdoptionSend(Endpoint):
    out = AdoptionOut

    @extend_schema(
        operation_id="adoptions_send_places",
        summary="По каким местам ответа могут узнать человека",
        responses=PlaceOut(many=True),
    )
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        """What the sending asks about, in its words and in names of what was measured."""
        adoption = access.adoption_for(self.by, pk)
        if not access.adoptions.can_tell_outcome(self.by, adoption):
            raise Forbidden
        return Response(PlaceOut(may_tell_of_people(adoption), many=True).data)

    @changes("adoptions_send", "Передать городу, как сработала практика", SendIn, AdoptionOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        adoption, version, body = access.adoption_for(self.by, pk), self.version(), self.body(SendIn)
        return self.answer(services.send_outcome(adoption, by=self.by, version=version, **body))


class AdoptionRenew(Endpoint):
    out = AdoptionOut

    @changes("adoptions_renew", "Перейти на новую редакцию практики", None, AdoptionOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        adoption, version = access.adoption_for(self.by, pk), self.version()
        return self.answer(services.move_to_new_text(adoption, by=self.by, version=version))


class AdoptionDrop(Endpoint):
    out = AdoptionOut

    @changes("adoptions_drop", "Убрать практику из программы", None, AdoptionOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        adoption, version = access.adoption_for(self.by, pk), self.version()
        return self.answer(services.drop_adoption(adoption, by=self.by, version=version))
