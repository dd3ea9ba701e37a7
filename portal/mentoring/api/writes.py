"""Writes of pairs: one class per operation, the same services as the pages."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.core.errors import Invalid
from portal.mentoring import access, services
from portal.mentoring.api import serializers as s
from portal.mentoring.api.reads import PairsList
from portal.mentoring.models import Pair
from portal.mentoring.workflow import PAIR
from portal.staff.models import Person
from portal.ui.api import Endpoint, asked_by, changes, creates


def _people(uuids: list[UUID], field: str) -> list[Person]:
    found = {
        person.uuid: person
        for person in Person.objects.at_hand().prefetch_related("employments").filter(uuid__in=uuids)
    }
    if set(uuids) - set(found):
        raise Invalid("no_person", "В школе нет ни сотрудника, ни гостя с таким номером.", field)
    return [found[uuid] for uuid in uuids]


def _read(pair: Pair) -> Pair:
    """As it is stored, with its people."""
    return Pair.objects.with_people().get(pk=pair.pk)


class Pairs(Endpoint, PairsList):
    out = s.PairOut

    @extend_schema(operation_id="pairs_list", summary="Пары", responses=s.PairOut(many=True))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @creates("pairs_propose", "Предложить пару", s.PairIn, s.PairOut)
    def post(self, request: ApiRequest) -> Response:
        body = self.body(s.PairIn)
        mentor, mentees = _people([body.pop("mentor")], "mentor")[0], _people(body.pop("mentees"), "mentees")
        return self.answer(
            _read(services.propose_pair(by=self.by, mentor=mentor, mentees=mentees, **body)), 201
        )


class PairOne(Endpoint):
    out = s.PairOut

    @extend_schema(operation_id="pairs_read", summary="Пара", responses=s.PairOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(access.pair_for(self.by, pk))


class PairMove(Endpoint):
    out = s.PairOut

    @changes("pairs_move", "Сделать шаг с парой", s.PairMoveIn, s.PairOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        pair, version, body = access.pair_for(self.by, pk), self.version(), self.body(s.PairMoveIn)
        if not PAIR.knows(body["verb"]):
            raise Invalid("no_verb", "Такого шага у пары нет.", "verb")
        PAIR.move(
            pair,
            body["verb"],
            by=self.by,
            version=version,
            comment=body["comment"],
            asked=asked_by(PAIR, body["verb"], pair, body),
        )
        return self.answer(_read(pair))
