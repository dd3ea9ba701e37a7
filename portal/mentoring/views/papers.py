"""Papers and scans of pairs, each behind the one door of its kind."""

from uuid import UUID

from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from portal.accounts.request import PortalRequest
from portal.core.errors import NotVisible
from portal.files.storing import download
from portal.local_acts.access import order_for
from portal.local_acts.exports import order_word
from portal.mentoring.access import consent_for, pair_for
from portal.mentoring.models import Pair
from portal.mentoring.selectors.orders import pay_order_of
from portal.mentoring.states import PairRole
from portal.papers import freezing as papers
from portal.papers.kinds import PaperKind, kinds_of


@require_safe
def consent_paper(request: PortalRequest, pk: UUID) -> HttpResponseBase:
    by = request.actor
    row = consent_for(by, pk)
    return papers.answer(papers.KINDS["T-06" if row.role == PairRole.MENTOR else "T-07"], row, by)


@require_safe
def consent_scan(request: PortalRequest, pk: UUID) -> HttpResponseBase:
    row = consent_for(request.actor, pk)
    if row.scan is None:
        raise NotVisible
    return download(row.scan)


@require_safe
def pair_paper(request: PortalRequest, pk: UUID, code: str) -> HttpResponseBase:
    """A paper of the pair, or one of its two orders: each by the rule of that paper."""
    by = request.actor
    row = pair_for(by, pk)
    kind = _kind(row, code)
    if kind is not None:
        return papers.answer(kind, kind.door(by, pk), by)
    order = {"T-08": row.order, "T-10": pay_order_of(row)}.get(code) if row.order else None
    if order is None:
        raise NotVisible
    return order_word(order_for(by, order.uuid), by)


@require_safe
def pair_scan(request: PortalRequest, pk: UUID, what: str) -> HttpResponseBase:
    """The scan of the order, or of a paper of the pair by its code: by the same rules as the papers."""
    by = request.actor
    row = pair_for(by, pk)
    kind = _kind(row, what)
    stored = kind.scan_of(kind.door(by, pk)) if kind is not None else None
    if what == "order" and row.order is not None:
        stored = order_for(by, row.order.uuid).scan
    if stored is None:
        raise NotVisible
    return download(stored)


def _kind(pair: Pair, code: str) -> PaperKind | None:
    return next((kind for kind in kinds_of("pair", pair) if kind.code == code), None)
