"""A frozen paper to take along: Word, and PDF where LibreOffice is installed."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.errors import NotVisible
from portal.files.storing import download
from portal.papers.access import paper_for
from portal.papers.printing import ask_for_pdf
from portal.ui.shortcuts import done, page
from tenants.request import ContourRequest


@require_safe
def word(request: ContourRequest, pk: UUID) -> HttpResponseBase:
    """The Word file as it was signed."""
    return download(paper_for(request.actor, pk).word)


@require_http_methods(["GET", "HEAD", "POST"])
def pdf(request: ContourRequest, pk: UUID) -> HttpResponse:
    """POST asks for the PDF, GET shows how far it is."""
    by = request.actor
    found, url = paper_for(by, pk), reverse("papers:pdf", args=[pk])
    if request.method == "POST":
        ask_for_pdf(found, by=by)
        return done(request, url)
    asked = getattr(found, "pdf", None)
    if asked is None:
        raise NotVisible
    waits = asked.is_waiting and not asked.is_stuck
    context = {
        "paper": found,
        "asked": asked,
        "url": url,
        "waits": waits,
        "polls": waits and by.is_person(asked.created_by),
    }
    if request.headers.get("HX-Request"):
        return page(request, "papers/pdf_progress.html", **context) if waits else done(request, url)
    return page(request, "papers/pdf.html", **context)


@require_safe
def pdf_file(request: ContourRequest, pk: UUID) -> HttpResponseBase:
    """The ready PDF."""
    asked = getattr(paper_for(request.actor, pk), "pdf", None)
    if asked is None or asked.file is None:
        raise NotVisible
    return download(asked.file)
