"""A file made on the fly, as an answer."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def attachment(content: bytes, name: str, media_type: str) -> HttpResponse:
    """For keeping, under its own name; nobody between us and the person keeps a copy. A name that ends with initials brings its own dot."""
    name = name.replace("..", ".")
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-cache"
    return response
