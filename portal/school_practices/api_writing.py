"""A practice of the school is begun, written, deleted, and goes its way."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from best_practices.states import Form, Kind, Licence, Nomination
from portal.accounts.api_request import ApiRequest
from portal.core.errors import Forbidden, Invalid
from portal.municipality.reference import subjects
from portal.school_practices import access, services
from portal.school_practices.api import SchoolPracticeOut, SchoolPractices
from portal.school_practices.models import SchoolPractice
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.staff.models import Person
from portal.staff.selectors import employed_people
from portal.ui.api import Endpoint, MoveIn, changes, creates


def _text(limit: int = 5000) -> serializers.CharField:
    return serializers.CharField(max_length=limit, allow_blank=True, default="")


class PracticeStepIn(serializers.Serializer[Any]):
    """A step of the technology."""

    step, content, tool, duration = _text(250), _text(2000), _text(250), _text(250)


class PracticeResultIn(serializers.Serializer[Any]):
    """What was measured, before and after."""

    indicator, unit, before = _text(250), _text(250), _text(250)
    after, period, people = _text(250), _text(250), _text(250)


class SchoolPracticeIn(serializers.Serializer[Any]):
    """The whole text: what is not sent becomes empty. A draft needs its title and its authors only."""

    title = serializers.CharField(max_length=150)
    authors = serializers.ListField(
        child=serializers.UUIDField(), min_length=1, max_length=5, help_text="Номера сотрудников по порядку"
    )
    annotation = _text(500)
    nomination = serializers.ChoiceField(choices=Nomination.choices, allow_blank=True, default="")
    form = serializers.ChoiceField(choices=Form.choices, allow_blank=True, default="")
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=Kind.choices), default=list)
    subjects = serializers.ListField(
        child=serializers.CharField(max_length=40), default=list, help_text="Названия из справочника города"
    )
    target_group = _text(255)
    problem, goal, novelty, resources = _text(), _text(), _text(), _text()
    timing = _text(255)
    qualitative, risks_and_limits, replication_conditions = _text(), _text(), _text()
    tasks = serializers.ListField(child=serializers.CharField(max_length=1000), default=list, max_length=30)
    # DRF makes a list of them, which takes further words than one has
    steps = PracticeStepIn(many=True, default=list, max_length=20)  # type: ignore[call-arg]
    results = PracticeResultIn(many=True, default=list, max_length=20)  # type: ignore[call-arg]
    keywords = serializers.ListField(child=serializers.CharField(max_length=60), default=list, max_length=30)
    licence = serializers.ChoiceField(choices=Licence.choices, default=Licence.NAMED)
    has_no_pupil_data = serializers.BooleanField(default=False)
    has_image_consents = serializers.BooleanField(default=False)


def _authors(uuids: list[UUID]) -> list[Person]:
    """In the order in which they were named. Raises Invalid at `authors`."""
    found = {person.uuid: person for person in employed_people().filter(uuid__in=uuids)}
    if set(uuids) - set(found):
        raise Invalid("no_person", "В школе нет сотрудника с таким номером.", "authors")
    return [found[uuid] for uuid in dict.fromkeys(uuids)]


def _written(body: dict[str, Any], known: SchoolPractice | None = None) -> dict[str, Any]:
    """What the services take: without empty rows. Raises Invalid at `subjects`."""
    of_city = {title for _, title in subjects().choices()} | set(known.subjects if known else ())
    if set(body["subjects"]) - of_city:
        raise Invalid("no_subject", "Такого предмета нет в справочнике города.", "subjects")
    for name in ("steps", "results"):
        body[name] = [dict(row) for row in body[name] if any(row.values())]
    return {**body, "authors": _authors(body["authors"])}


class PracticesOfSchool(Endpoint, SchoolPractices):
    out = SchoolPracticeOut

    @extend_schema(
        operation_id="school_practices",
        parameters=[OpenApiParameter("q", str, description="Что найти: слова, как в строке поиска")],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @creates("school_practices_draft", "Начать практику", SchoolPracticeIn, SchoolPracticeOut)
    def post(self, request: ApiRequest) -> Response:
        if not access.can_draft_practice(self.by):
            raise Forbidden
        made = services.draft_practice(**_written(self.body(SchoolPracticeIn)), by=self.by)
        return self.answer(access.practice_for(self.by, made.uuid), 201)


class PracticeOne(Endpoint):
    """One practice of the school."""

    out = SchoolPracticeOut

    @extend_schema(operation_id="school_practice", responses=SchoolPracticeOut)
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        return self.answer(access.practice_for(self.by, pk))

    @changes("school_practices_edit", "Изменить практику", SchoolPracticeIn, SchoolPracticeOut)
    def put(self, request: ApiRequest, pk: UUID) -> Response:
        found, version = access.practice_for(self.by, pk), self.version()
        access.refuse_edit(self.by, found)
        body = _written(self.body(SchoolPracticeIn), found)
        return self.answer(services.edit_practice(found, by=self.by, version=version, **body))


class PracticeDiscard(Endpoint):
    """A draft that nobody but its authors has seen is deleted for good; the answer is what it was."""

    out = SchoolPracticeOut

    @changes("school_practices_discard", "Удалить черновик", None, SchoolPracticeOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found, version = access.practice_for(self.by, pk), self.version()
        last = self.answer(found)
        services.discard_draft(found, by=self.by, version=version)
        return last


class PracticeMove(Endpoint):
    """Handed in for the school's review and taken back, accepted or returned, handed over to the city,
    handed over once more, recalled.
    """

    out = SchoolPracticeOut

    @changes("school_practices_move", "Сделать шаг с практикой школы", MoveIn, SchoolPracticeOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found, version, body = access.practice_for(self.by, pk), self.version(), self.body(MoveIn)
        if not SCHOOL_PRACTICE.knows(body["verb"]):
            raise Invalid("no_verb", "Такого шага у практики нет.", "verb")
        return self.answer(
            SCHOOL_PRACTICE.move(found, body["verb"], by=self.by, version=version, comment=body["comment"])
        )
