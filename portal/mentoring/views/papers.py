"""Papers and scans of pairs, each behind the one door of its kind."""

from uuid import UUID

from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from portal.accounts.request import PortalRequest
from portal.core.errors import NotVisible
from portal.files.storing import download
from portal.local_acts.access import order_for
from portal.local_acts.exports import order_word
from portal.mentoring.access import consent_for, pair_for
from portal.mentoring.access.pairs import agreement_for
from portal.mentoring.selectors.orders import pay_order_of
from portal.mentoring.states import PairRole
from portal.papers import freezing as papers


@require_GET
def consent_paper(request: PortalRequest, pk: UUID) -> HttpResponseBase:
    by = request.actor
    row = consent_for(by, pk)
    return papers.answer(papers.KINDS["T-06" if row.role == PairRole.MENTOR else "T-07"], row, by)


@require_GET
def consent_scan(request: PortalRequest, pk: UUID) -> HttpResponseBase:
    row = consent_for(request.actor, pk)
    if row.scan is None:
        raise NotVisible
    return download(row.scan)


@require_GET
def pair_paper(request: PortalRequest, pk: UUID, code: str) -> HttpResponseBase:
    """The order (T-08), the agreement (T-09), the order of pay (T-10): each by the rule of that paper."""
    by = request.actor
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
def pair_scan(request: PortalRequest, pk: UUID, what: str) -> HttpResponseBase:
    """The scan of the order or of the agreement, by the same rules as their papers."""
    by = request.actor
    row = pair_for(by, pk)
    stored = agreement_for(by, pk).agreement_scan if what == "agreement" else None
    if what == "order" and row.order is not None:
        stored = order_for(by, row.order.uuid).scan
    if stored is None:
        raise NotVisible
    return download(stored)
