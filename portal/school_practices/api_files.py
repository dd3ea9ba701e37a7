"""Files of a practice: added, taken away. A file comes as a form (multipart), the rest of the API is JSON."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import parsers, serializers
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.core.text import plain
from portal.school_practices import access, services
from portal.school_practices.api import SchoolPracticeOut
from portal.school_practices.models import PracticeAttachment
from portal.ui.api import Endpoint, changes, creates


class PracticeFileOut(serializers.ModelSerializer[PracticeAttachment]):
    """An attached file: its number names it where it is taken away."""

    uuid = serializers.UUIDField(source="file.uuid")
    name = serializers.CharField(source="file.name")

    class Meta:
        model = PracticeAttachment
        fields = ("uuid", "name", "title", "version")


class PracticeFileIn(serializers.Serializer[Any]):
    file = serializers.FileField(help_text="Word, Excel, PDF, презентация или снимок")
    title = serializers.CharField(max_length=150, allow_blank=True, default="", help_text="Что это")


class PracticeFiles(Endpoint):
    """Files of one practice; they stay in the school."""

    out = PracticeFileOut
    parser_classes = (parsers.MultiPartParser,)

    @extend_schema(
        operation_id="school_practice_files",
        summary="Файлы практики",
        responses=PracticeFileOut(many=True),
    )
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        rows = access.practice_for(self.by, pk).attachments.all()
        return Response(PracticeFileOut(sorted(rows, key=lambda row: row.pk), many=True).data)

    @creates("school_practices_attach", "Приложить файл к практике", PracticeFileIn, PracticeFileOut)
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        found = access.practice_for(self.by, pk)
        access.refuse_edit(self.by, found)
        body = self.body(PracticeFileIn)
        made = services.attach_file(found, body["file"], title=plain(body["title"]), by=self.by)
        return self.answer(made, 201)


class PracticeFileRemove(Endpoint):
    """A file is taken away. If-Match is the version of the practice."""

    out = SchoolPracticeOut

    @changes("school_practices_file_remove", "Убрать файл практики", None, SchoolPracticeOut)
    def post(self, request: ApiRequest, pk: UUID, file: UUID) -> Response:
        found, version = access.practice_for(self.by, pk), self.version()
        access.refuse_edit(self.by, found)
        found.check_version(version)
        services.remove_attachment(found, file, by=self.by)
        return self.answer(found)
