"""The browsable API: the printed document in Swagger UI from the package's own assets, with a policy of its
own.
"""

from csp.decorators import csp_update
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

PRINTED = settings.BASE_DIR / "docs" / "openapi.yaml"


@require_safe
def schema(request: HttpRequest) -> FileResponse:
    """The document as it was printed with this version of the portal (a test refuses a stale one)."""
    return FileResponse(PRINTED.open("rb"), content_type="application/yaml; charset=utf-8")


@csp_update({"style-src": ["'unsafe-inline'"]})
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Swagger UI writes style attributes, so this page alone allows them; scripts stay our own files."""
    return render(request, "accounts/api_docs.html")


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The few lines that start Swagger UI."""
    return render(request, "accounts/api_docs.js", content_type="text/javascript; charset=utf-8")
