"""Papers and scans, each behind the one door of its kind."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from portal.core.actor import Actor
from portal.core.errors import Forbidden, NotVisible
from portal.files.storing import download
from portal.local_acts.access import order_for
from portal.local_acts.exports import order_word
from portal.mentoring.access import consent_for, pair_for, programme_for
from portal.mentoring.access.meetings import can_read_meetings
from portal.mentoring.access.pairs import agreement_for
from portal.mentoring.exports import folder, meetings_table
from portal.mentoring.exports.folder import journal_title, meetings_of
from portal.mentoring.selectors.pairs import pay_order_of
from portal.mentoring.states import PairRole
from portal.papers import freezing as papers


@require_GET
def consent_paper(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    by: Actor = request.actor  # type: ignore[attr-defined]
    row = consent_for(by, pk)
    return papers.answer(papers.KINDS["T-06" if row.role == PairRole.MENTOR else "T-07"], row, by)


@require_GET
def consent_scan(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    row = consent_for(request.actor, pk)  # type: ignore[attr-defined]
    if row.scan is None:
        raise NotVisible
    return download(row.scan)


@require_GET
def pair_paper(request: HttpRequest, pk: UUID, code: str) -> HttpResponseBase:
    """The order (T-08), the agreement (T-09), the order of pay (T-10): each by the rule of that paper."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    row = pair_for(by, pk)
    if row.order is None:
        raise NotVisible
    if code == "T-09":
        return papers.answer(papers.KINDS[code], agreement_for(by, pk), by)
    order = {"T-08": row.order, "T-10": pay_order_of(row)}.get(code)
    if order is None:
        raise NotVisible
    return order_word(order_for(by, order.uuid), by)


@require_GET
def pair_scan(request: HttpRequest, pk: UUID, what: str) -> HttpResponseBase:
    """The scan of the order or of the agreement, by the same rules as their papers."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    row = pair_for(by, pk)
    stored = agreement_for(by, pk).agreement_scan if what == "agreement" else None
    if what == "order" and row.order is not None:
        stored = order_for(by, row.order.uuid).scan
    if stored is None:
        raise NotVisible
    return download(stored)


@require_GET
def programme_paper(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    by: Actor = request.actor  # type: ignore[attr-defined]
    return papers.answer(papers.KINDS["T-11"], programme_for(by, pk), by)


@require_GET
def meeting_journal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """T-12 of one pair."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    row = pair_for(by, pk)
    if not can_read_meetings(by, row):
        raise Forbidden("Журнал встреч видят сама пара и куратор.")
    return meetings_table(meetings_of(row), journal_title(row))


@require_GET
def pair_folder(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Every paper of the pair that may be opened, in one press."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    return folder.pair_folder(pair_for(by, pk), by)
