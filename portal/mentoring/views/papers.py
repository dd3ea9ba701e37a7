"""Papers and scans, each behind the door of what it belongs to."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from portal.core.actor import Actor
from portal.core.errors import Forbidden, NotVisible
from portal.documents.forms import Form
from portal.documents.word import WORD
from portal.files.storing import download
from portal.mentoring.access import consent_for, pair_for, programme_for
from portal.mentoring.exports import agreement_form, consent_form, meetings_table, order_form, pay_form, programme_form
from portal.mentoring.models import Pair
from portal.staff.exports import attachment


def _word(form: Form, who: str) -> HttpResponse:
    return attachment(form.docx(), f"{form.file_name.removesuffix('.docx')}, {who}.docx", WORD)


@require_GET
def consent_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = consent_for(request.actor, pk)  # type: ignore[attr-defined]
    return _word(consent_form(row), row.employee.short_name)


@require_GET
def consent_scan(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    row = consent_for(request.actor, pk)  # type: ignore[attr-defined]
    if row.scan is None:
        raise NotVisible
    return download(row.scan)


def _papers_of(by: Actor, row: Pair) -> None:
    if not (by.can("order:read") or by.can("pair:lead")):
        raise Forbidden("Приказы и соглашения видят директор, куратор и кадры.")


@require_GET
def pair_paper(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    by: Actor = request.actor  # type: ignore[attr-defined]
    row = pair_for(by, pk)
    _papers_of(by, row)
    if row.order is None or code not in ("T-08", "T-09", "T-10"):
        raise NotVisible
    form = order_form(row.order, by) if code == "T-08" else agreement_form(row) if code == "T-09" else pay_form(row)
    return _word(form, row.mentor.short_name)


@require_GET
def pair_scan(request: HttpRequest, pk: UUID, what: str) -> HttpResponseBase:
    """The scan of the order (its people may read it, ознакомлены) or of the agreement."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    row = pair_for(by, pk)
    if what == "agreement":
        _papers_of(by, row)
    stored = row.agreement_scan if what == "agreement" else row.order.scan if what == "order" and row.order else None
    if stored is None:
        raise NotVisible
    return download(stored)


@require_GET
def programme_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = programme_for(request.actor, pk)  # type: ignore[attr-defined]
    return _word(programme_form(row), row.pair.mentor.short_name)


@require_GET
def meeting_journal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """T-12 of one pair."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    row = pair_for(by, pk)
    if not (by.can("meeting:read") or row.role_of(by)):
        raise Forbidden("Журнал встреч видят сама пара и куратор.")
    meetings = row.meetings.select_related("pair__mentor").prefetch_related("pair__pair_mentees__mentee").order_by("planned_at", "pk")
    return meetings_table(meetings, f"Журнал встреч, {row.mentor.short_name}")
