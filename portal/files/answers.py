"""A file made on the fly, as an answer."""

from django.http import HttpResponse

from portal.files.names import disposition


def attachment(content: bytes, name: str, media_type: str) -> HttpResponse:
    """For keeping, under its own name; nobody between us and the person keeps a copy."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = disposition(name)
    response["Cache-Control"] = "private, no-cache"
    return response
