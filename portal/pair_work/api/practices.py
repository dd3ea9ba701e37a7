"""A practice from a programme."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from portal.accounts.api_request import ApiRequest
from portal.pair_work import access, services
from portal.school_practices.api import SchoolPracticeOut
from portal.ui.api import REPEAT, Endpoint, RefusalOut


class ProgrammeAsPractice(Endpoint):
    """Made once; asked for again, it answers 200 with the same draft."""

    out = SchoolPracticeOut

    @extend_schema(
        operation_id="programmes_practice",
        summary="Сделать практику из программы",
        request=None,
        responses={
            200: SchoolPracticeOut,
            201: SchoolPracticeOut,
            **dict.fromkeys((403, 404, 409), RefusalOut),
        },
        parameters=[REPEAT],
    )
    def post(self, request: ApiRequest, pk: UUID) -> Response:
        told, is_new = services.draft_from_programme(access.programme_for(self.by, pk), by=self.by)
        return self.answer(told, 201 if is_new else 200)
