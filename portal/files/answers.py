"""A file made on the fly, as an answer."""

from typing import IO

from django.http import FileResponse, HttpResponse

from portal.files.names import disposition


def attachment(content: bytes, name: str, media_type: str) -> HttpResponse:
    """For keeping, under its own name; nobody between us and the person keeps a copy."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = disposition(name)
    response["Cache-Control"] = "private, no-cache"
    return response


def leaving(file: IO[bytes], name: str, media_type: str) -> FileResponse:
    """The same for what is too large to be held in memory: it is read as it goes, and closed with the
    answer.
    """
    response = FileResponse(file, content_type=media_type)
    response["Content-Disposition"] = disposition(name)
    response["Cache-Control"] = "private, no-cache"
    return response
