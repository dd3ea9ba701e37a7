"""«Папка пары»: every paper of the pair that the reader may open, in one zip. What may be opened is asked of
the rules of each paper.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Q
from django.http import FileResponse

from portal.core import clock
from portal.core.actor import Actor
from portal.files.folders import Folder, Item
from portal.local_acts.models import Order
from portal.local_acts.states import OrderCode, OrderState
from portal.mentoring.access.pairs import consents_visible_to
from portal.mentoring.models import Pair
from portal.mentoring.states import PairRole
from portal.pair_work.access.meetings import can_read_meetings
from portal.pair_work.exports.journal import journal_title, meetings_of
from portal.pair_work.exports.tables import meetings_book
from portal.pair_work.models import Programme
from portal.pair_work.states import ProgrammeState
from portal.papers.copies import copies
from portal.papers.kinds import KINDS, PaperKind, kinds_for


def pair_folder(pair: Pair, by: Actor) -> FileResponse:
    """The zip. So many queries, however many papers were signed; a draft is composed anew."""
    folder = Folder(f"Папка пары {pair.title} {clock.today():%d.%m.%Y}")
    consents = list(_consents(pair, by))
    orders = list(_orders(pair, by))
    programmes = list(_programmes(pair, by))
    of_pair = kinds_for(by, "pair", pair)
    papers: list[tuple[PaperKind, Any]] = [
        (KINDS["T-06" if consent.role == PairRole.MENTOR else "T-07"], consent) for consent in consents
    ]
    papers += [(KINDS[order.code], order) for order in orders if order.code in KINDS]
    papers += [(kind, pair) for kind in of_pair]
    papers += [(KINDS["T-11"], programme) for programme in programmes]
    scans = (*_scans(consents, orders), *_scans_of(pair, of_pair))
    for item in (*copies(papers, by), *scans, *_journal(pair, by)):
        folder.add(item)
    return folder.answer(
        "Здесь то, что вам можно открыть на странице пары. Проект значит, что документ ещё не подписан."
    )


def _consents(pair: Pair, by: Actor) -> Iterator[Any]:
    for consent in (
        consents_visible_to(by)
        .filter(pair=pair)
        .select_related("person", "scan")
        .prefetch_related("person__employments")
    ):
        consent.pair = pair
        yield consent


def _orders(pair: Pair, by: Actor) -> Any:
    """Of the pair, of its pay, and those that have changed either."""
    own = Q(pk=pair.order_id) | Q(code=OrderCode.PAY, subject=pair.uuid)
    of_pair = (
        own
        | Q(amends=pair.order_id, amends__isnull=False)
        | Q(amends__code=OrderCode.PAY, amends__subject=pair.uuid)
    )
    return (
        Order.objects.visible_to(by)
        .filter(of_pair)
        .exclude(state=OrderState.CANCELLED)
        .select_related("scan", "amends")
        .order_by("id")
    )


def _programmes(pair: Pair, by: Actor) -> Iterator[Programme]:
    """All years; one that was given up before it was approved is no paper."""
    rows = (
        Programme.objects.visible_to(by)
        .filter(pair=pair)
        .exclude(state=ProgrammeState.CANCELLED, approved_on=None)
    )
    for programme in rows.prefetch_related("goals", "activities", "revisions", "confirmations").order_by(
        "id"
    ):
        programme.pair = pair
        yield programme


def _scans(consents: list[Any], orders: list[Order]) -> Iterator[Item]:
    for consent in consents:
        if consent.scan:
            yield Item(
                f"{KINDS['T-06' if consent.role == PairRole.MENTOR else 'T-07'].name(consent)}, скан",
                consent.scan,
            )
    for order in orders:
        if order.scan:
            yield Item(
                f"{KINDS[order.code].name(order) if order.code in KINDS else order.title}, скан", order.scan
            )


def _scans_of(pair: Pair, kinds: list[PaperKind]) -> Iterator[Item]:
    for kind in kinds:
        scan = kind.scan_of(pair)
        if scan is not None:
            yield Item(f"{kind.name(pair)}, скан", scan)


def _journal(pair: Pair, by: Actor) -> Iterator[Item]:
    """T-12, once there is something in it."""
    meetings = list(meetings_of(pair)) if can_read_meetings(by, pair) else []
    if meetings:
        yield Item(
            f"{journal_title(pair)} {clock.today():%d.%m.%Y}",
            partial(meetings_book, meetings, journal_title(pair)),
            "xlsx",
        )
