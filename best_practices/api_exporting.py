"""Files of the bank through the API: a practice as PDF and as Word."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema

from best_practices import access
from best_practices.exporting import PDF, WORD, file_of
from portal.accounts.api_request import ApiRequest
from portal.files.storing import KINDS
from portal.ui.api import Operation


# A comment, because the printed API takes the docstring of a base for the words of its operations: what is
# answered is a file, whatever the program says that it accepts; refusals are JSON.
class FileOperation(Operation):
    def perform_content_negotiation(self, request: Any, force: bool = False) -> Any:
        return super().perform_content_negotiation(request, force=True)


class BankPdf(FileOperation):
    """A published practice as a tagged PDF, as one downloads it."""

    @extend_schema(
        operation_id="bank_practice_pdf",
        summary="Практика банка, PDF",
        responses={(200, KINDS["pdf"][1]): OpenApiTypes.BINARY},
    )
    def get(self, request: ApiRequest, pk: UUID) -> HttpResponse:
        return file_of(access.bank_practice_for(self.by, pk), PDF)


class BankWord(FileOperation):
    """The same in Word."""

    @extend_schema(
        operation_id="bank_practice_word",
        summary="Практика банка, Word",
        responses={(200, KINDS["docx"][1]): OpenApiTypes.BINARY},
    )
    def get(self, request: ApiRequest, pk: UUID) -> HttpResponse:
        return file_of(access.bank_practice_for(self.by, pk), WORD)
