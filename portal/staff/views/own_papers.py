"""«Мои документы»: for everybody who serves in the school, and for a year for whoever has left it."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.accounts.request import PortalRequest
from portal.core.errors import NotVisible
from portal.files.storing import download
from portal.papers.freezing import blocks_of_paper
from portal.staff.selectors.own_papers import own_paper_for, own_papers
from portal.ui.shortcuts import page

TITLE = "Мои документы"


@require_safe
def papers(request: PortalRequest) -> HttpResponse:
    found = list(own_papers(request.actor).defer("text", "facts"))
    return page(request, "staff/own_papers.html", papers=found, left=request.left, title=TITLE)


@require_safe
def paper(request: PortalRequest, pk: UUID) -> HttpResponse:
    """What the paper says, and its files."""
    found = own_paper_for(request.actor, pk)
    return page(
        request,
        "staff/own_paper.html",
        paper=found,
        blocks=blocks_of_paper(found),
        pdf=_pdf(found),
        left=request.left,
        crumbs=[(TITLE, reverse("staff:own_papers"))],
    )


@require_safe
def word(request: PortalRequest, pk: UUID) -> HttpResponseBase:
    """The Word file as it was signed."""
    return download(own_paper_for(request.actor, pk).word)


@require_safe
def pdf(request: PortalRequest, pk: UUID) -> HttpResponseBase:
    """The PDF, where it was made: nothing is made for whoever only reads."""
    made = _pdf(own_paper_for(request.actor, pk))
    if made is None:
        raise NotVisible
    return download(made)


def _pdf(found: object) -> object | None:
    made = getattr(found, "pdf", None)
    return getattr(made, "file", None)
