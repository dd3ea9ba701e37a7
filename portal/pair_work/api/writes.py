"""Writes of programmes and meetings: one class per operation, the same services as the pages."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.core.errors import Invalid
from portal.core.workflow import Nothing
from portal.mentoring import access as pairs_access
from portal.pair_work import access, services
from portal.pair_work.api import serializers as s
from portal.pair_work.api.reads import MeetingsOfPair
from portal.pair_work.models import Programme
from portal.pair_work.workflow import MEETING, PROGRAMME
from portal.pair_work.workflow.meetings import Held, Opinion
from portal.ui import api as ui_api
from portal.ui.api import Endpoint, changes, creates


class ProgrammesOfPair(Endpoint):
    out = s.ProgrammeOut

    @creates("programmes_create", "Написать программу", s.ProgrammeIn, s.ProgrammeOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        pair = pairs_access.pair_for(self.by, pk)
        return self.answer(services.write_programme(pair, by=self.by, **self.body(s.ProgrammeIn)), 201)


class ProgrammeOne(Endpoint):
    out = s.ProgrammeOut

    @extend_schema(operation_id="programmes_read", summary="Программа", responses=s.ProgrammeOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(access.programme_for(self.by, pk))

    @changes("programmes_update", "Изменить программу", s.ProgrammeIn, s.ProgrammeOut)
    def put(self, request: ApiRequest, pk: UUID) -> Response:
        programme, version = access.programme_for(self.by, pk), self.version()
        return self.answer(
            services.write_programme(
                programme.pair, by=self.by, programme=programme, version=version, **self.body(s.ProgrammeIn)
            )
        )


class ProgrammeMove(Endpoint):
    out = s.ProgrammeOut

    @changes("programmes_move", "Сделать шаг с программой", ui_api.MoveIn, s.ProgrammeOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        programme, version, body = access.programme_for(self.by, pk), self.version(), self.body(ui_api.MoveIn)
        PROGRAMME.move(programme, body["verb"], by=self.by, version=version, comment=body["comment"])
        return self.answer(
            Programme.objects.prefetch_related("goals", "activities")
            .select_related("pair")
            .get(pk=programme.pk)
        )


class Meetings(Endpoint, MeetingsOfPair):
    out = s.MeetingOut

    @extend_schema(operation_id="meetings_list", summary="Встречи пары", responses=s.MeetingOut(many=True))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @creates("meetings_plan", "Назначить встречу", s.MeetingIn, s.MeetingOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(
            services.plan_meeting(pairs_access.pair_for(self.by, pk), by=self.by, **self.body(s.MeetingIn)),
            201,
        )


class MeetingOne(Endpoint):
    out = s.MeetingOut

    @extend_schema(operation_id="meetings_read", summary="Встреча", responses=s.MeetingOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(access.meeting_for(self.by, pk))


class MeetingRecord(Endpoint):
    out = s.MeetingOut

    @changes("meetings_record", "Записать встречу", s.MeetingRecordIn, s.MeetingOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        meeting, version = access.meeting_for(self.by, pk), self.version()
        held = Held(**self.body(s.MeetingRecordIn))
        return self.answer(MEETING.move(meeting, "record", by=self.by, version=version, asked=held))


class MeetingConfirm(Endpoint):
    out = s.MeetingOut

    @changes("meetings_confirm", "Подтвердить встречу", s.MeetingConfirmIn, s.MeetingOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        meeting, version = access.meeting_for(self.by, pk), self.version()
        return self.answer(
            services.confirm_meeting(meeting, by=self.by, version=version, **self.body(s.MeetingConfirmIn))
        )


class MeetingMove(Endpoint):
    out = s.MeetingOut

    @changes("meetings_move", "Перенести, отменить или поправить встречу", s.MeetingMoveIn, s.MeetingOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        meeting, version, body = access.meeting_for(self.by, pk), self.version(), self.body(s.MeetingMoveIn)
        verb, comment = body["verb"], body["comment"]
        if verb != "move":
            asked = Opinion() if verb == "accept" else Nothing()
            return self.answer(
                MEETING.move(meeting, verb, by=self.by, version=version, comment=comment, asked=asked)
            )
        if body.get("planned_at") is None:
            raise Invalid("planned_at", "Укажите новый день и время.", "planned_at")
        return self.answer(
            services.move_meeting(meeting, by=self.by, version=version, planned_at=body["planned_at"])
        )
