"""A sheet that is written: it saves itself, as the text of a practice does, and is found again."""

from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from best_practices import access, services
from best_practices.forms_of_remarks import CitySheetForm
from best_practices.models import Review, SheetDraft
from portal.accounts.request import PortalRequest
from portal.core import clock
from portal.core.errors import DomainError, Stale
from portal.core.reading import weighing
from portal.ui.hidden_fields import UNREADABLE, read_version
from portal.ui.versions import differences

TAB, DRAFT, LATER = "tab", "draft", "later"
"""The number of the browser's tab, the version of the draft, and the button that only saves."""


def written_in(request: HttpRequest, form: CitySheetForm) -> services.Written:
    """What stands on the page."""
    version = read_version(request.POST.get(DRAFT) or UNREADABLE)
    return services.Written(form.typed, tab_of(request), version)


def tab_of(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get(TAB, ""))
    except ValueError:
        return None


@require_POST
def save(request: PortalRequest, pk: UUID) -> HttpResponse:
    """A save by itself, each few seconds. Stale: both texts, at the place."""
    try:
        with weighing():
            found = access.review_for(request.actor, pk)
            form = CitySheetForm(request.POST)
            draft = services.save_draft(found, written_in(request, form), by=request.actor)
    except Stale as stale:
        return _both(request, found, cast(SheetDraft, stale.current))
    except DomainError as refusal:
        context = {"sentence": refusal.sentence}
        return render(request, "best_practices/review/refused.html", context, status=refusal.status)
    return render(request, "best_practices/review/saved.html", _context(found, draft))


def _context(review: Review, draft: SheetDraft | None) -> dict[str, Any]:
    return {
        "review": review,
        "draft": draft,
        "at": clock.local(draft.updated_at if draft else clock.now()),
        "save_url": reverse("expertise:save", args=[review.uuid]),
    }


def _both(request: PortalRequest, review: Review, draft: SheetDraft) -> HttpResponse:
    """409: what stands here and what another tab has saved, where they differ."""
    form = CitySheetForm(request.POST, typed=draft.typed)
    form.is_valid()
    found = [(one, str(draft.typed.get(one.name, ""))) for one in differences(form, draft)]
    if not found:
        return render(request, "best_practices/review/saved.html", _context(review, draft))
    context = {**_context(review, draft), "found": found}
    answer = render(request, "best_practices/review/both.html", context, status=HTTPStatus.CONFLICT)
    answer["HX-Retarget"] = "#conflict"
    return answer
