"""What the text of a practice tells of people, and the answers."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.core.errors import Forbidden
from portal.documents.personal_data import Kind
from portal.school_practices import access, answering
from portal.school_practices.api import SchoolPracticeOut
from portal.school_practices.checking import Asked, asked_about
from portal.ui.api import Endpoint, changes

ANSWERS = {
    "remove": answering.remove_find,
    "keep": answering.keep_find,
    "ask": answering.ask_find_again,
}


class PracticeFindOut(serializers.Serializer[Asked]):
    """A place of the text by which somebody may be known."""

    key = serializers.CharField(source="find.key", help_text="Им называют место в ответе")
    kind = serializers.ChoiceField(source="find.kind", choices=[kind.value for kind in Kind])
    where = serializers.CharField(help_text="В каких полях практики")
    fragment = serializers.CharField(source="find.fragment")
    sentence = serializers.CharField(source="find.sentence")
    why = serializers.CharField(source="find.why")
    instead = serializers.SerializerMethodField(help_text="Предложение, если место убрать")
    kept = serializers.SerializerMethodField(help_text="Уже решили оставить")

    def get_instead(self, obj: Asked) -> str:
        return "".join(obj.find.instead)

    def get_kept(self, obj: Asked) -> bool:
        return obj.answer is not None


class PracticeFindIn(serializers.Serializer[Any]):
    """An answer about one place."""

    find = serializers.CharField(max_length=64, help_text="Ключ места из списка")
    answer = serializers.ChoiceField(
        choices=[("remove", "убрать"), ("keep", "оставить"), ("ask", "спросить снова")]
    )
    everywhere = serializers.BooleanField(
        default=False, help_text="И обо всех других местах с тем же словом, которые ждут ответа"
    )


class PracticeFinds(Endpoint):
    """What the check before the hand-over asks about one practice."""

    out = SchoolPracticeOut

    @extend_schema(
        operation_id="school_practice_finds",
        summary="О чём спрашивает проверка перед передачей",
        responses=PracticeFindOut(many=True),
    )
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        found = access.practice_for(self.by, pk)
        if not access.can_answer_finds(self.by, found):
            raise Forbidden
        answer = [PracticeFindOut(one).data for one in asked_about(found)]
        return Response(answer, headers={"ETag": f'"{found.version}"'})

    @changes(
        "school_practice_finds_answer",
        "Ответить о месте в тексте практики",
        PracticeFindIn,
        SchoolPracticeOut,
    )
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found, version, said = access.practice_for(self.by, pk), self.version(), self.body(PracticeFindIn)
        which = answering.Which(said["find"], said["everywhere"])
        ANSWERS[said["answer"]](found, which, by=self.by, version=version)
        return self.answer(access.practice_for(self.by, pk))
