"""What comes from outside before anybody looks at it: a foreign Host, HEAD, characters that no text has, an
address without end.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, DisallowedHost
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict

from config import errors
from tenants.addresses import is_api

Handler = Callable[[HttpRequest], HttpResponse]
QUESTION, LONGEST_QUESTION = "q", 500
"""The field of every search, and how many signs of it are read."""
LONGEST_ADDRESS = 16_000


class KnownHost:
    """A Host header of nobody's is refused here, by a page that needs no address of its own. Everything
    inside may ask for the host.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.get_host()
        except DisallowedHost:
            return errors.foreign_host(request)
        return self.get_response(request)


class HeadIsGet:
    """HEAD is answered as GET everywhere, whatever a view allows; the web server leaves the body out."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        try:
            return self.get_response(request)
        finally:
            request.method = "HEAD"


class Readable:
    """NUL is in no text, and the database would refuse it in the middle of the work: in the address, its
    question and cookies. POST: WriteOnce.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            "\x00" in request.path_info
            or has_nul(request.GET)
            or any("\x00" in text for text in request.COOKIES.values())
        ):
            raise BadRequest("a character that no text has")
        return self.get_response(request)


class ShortQuestion:
    """A question longer than we read is cut at a word, and that is said; an address without end is a 414."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get(QUESTION, "")
        if len(asked) > LONGEST_QUESTION:
            if is_api(request.path_info):
                return errors.api_error(422, "invalid", TOO_LONG, {QUESTION: [TOO_LONG]})
            self._shorten(request, asked)
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
            return errors.long_address(request)
        return self.get_response(request)

    def _shorten(self, request: HttpRequest, asked: str) -> None:
        """Both the fields and the address itself: sign-in leads back to it."""
        fields = request.GET.copy()
        fields[QUESTION] = short = cut_at_word(asked)
        request.GET = fields  # type: ignore[assignment]
        request.META["QUERY_STRING"] = fields.urlencode()
        end = " ".join(short.split()[-4:])[-80:]
        messages.info(
            request, f"Вопрос длиннее {LONGEST_QUESTION} знаков. Ищем по его началу, до слов «{end}»."
        )


TOO_LONG = f"Вопрос длиннее {LONGEST_QUESTION} знаков. Сократите его до главного."


def cut_at_word(text: str, longest: int = LONGEST_QUESTION) -> str:
    """The beginning of the text without half a word at its end; one endless word is cut where it must be."""
    if len(text) <= longest:
        return text
    whole = text[:longest] if text[longest].isspace() else text[:longest].rpartition(" ")[0]
    return whole.strip() or text[:longest]


def has_nul(fields: QueryDict | MultiValueDict[str, Any]) -> bool:
    return any("\x00" in text for name, texts in fields.lists() for text in (name, *texts))
