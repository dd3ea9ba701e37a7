"""The page of a pair as a whole, and its journal."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.accounts.request import PortalRequest
from portal.cabinet.selectors import pair_page as about
from portal.cabinet.selectors.next_steps import goals_hint
from portal.cabinet.selectors.owed import owed
from portal.cabinet.selectors.track import track_of
from portal.core.actor import Actor
from portal.core.workflow import Offer
from portal.mentoring.access import pair_for
from portal.mentoring.access import pairs as access
from portal.mentoring.exports.pairs import pay_words
from portal.mentoring.models import Pair
from portal.mentoring.selectors.people import note_about
from portal.mentoring.states import FORMING, PairRole
from portal.mentoring.workflow import PAIR
from portal.pair_work.access.meetings import can_read_meetings
from portal.pair_work.access.programmes import can_read_programme
from portal.pair_work.models import Meeting
from portal.pair_work.workflow.planning import MEETABLE
from portal.ui.shortcuts import page


@require_safe
def pair(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row, seen = _whole(by, pk)
    programme, meetings = about.current_programme(row), seen or []
    papers = about.papers(row, programme, by)
    offers = PAIR.offers(row, by)
    return page(
        request,
        "cabinet/pair.html",
        pair=row,
        programme=programme,
        meetings=meetings[:6],
        all_meetings=len(meetings),
        lane=about.lane(row),
        lead=about.lead_of(row),
        people=[(person, note_about(person)) for person in row.people],
        mentor_note=note_about(row.mentor),
        owed=owed(row, programme, meetings, by),
        papers=papers,
        has_folder=bool(meetings) or any(paper.links for paper in papers),
        conclusion=getattr(row, "compatibility", None) if access.sees_advice(by, row) else None,
        journal=about.journal_of(row, about.belonging_to(row, seen), 6),
        programme_hint=goals_hint(row),
        track=track_of(programme, meetings) if programme and programme.goals.all() else None,
        **_doings(row, offers),
        crumbs=[("Пары", reverse("mentoring:pairs"))],
        is_mentor=row.role_of(by) == PairRole.MENTOR,
        is_of_pair=bool(row.role_of(by)) and row.state in MEETABLE,
        may_settle_pay=row.state in FORMING and access.can_settle_pay(by, row),
        pay=pay_words(row),
        **_open_to(row, by),
    )


def _whole(by: Actor, pk: UUID) -> tuple[Pair, list[Meeting] | None]:
    """The pair with all that its page is made of, and its meetings, if the reader sees them."""
    row = pair_for(by, pk, "compatibility")
    about.read_whole(row)
    return row, list(row.meetings.all()) if can_read_meetings(by, row) else None


def _open_to(row: Pair, by: Actor) -> dict[str, Any]:
    """Which parts of the pair's work the reader may open."""
    sees_meetings = can_read_meetings(by, row)
    return {
        "sees_meetings": sees_meetings,
        "reads_programme": can_read_programme(by, row),
        "sections": [one for one in SECTIONS if one != MEETINGS or sees_meetings],
    }


MEETINGS = ("Встречи", "#meet")
SECTIONS = (
    ("Кто что должен", "#turn"),
    ("Программа", "#plan"),
    MEETINGS,
    ("Документы", "#docs"),
    ("Журнал", "#log"),
)


RARE = ("end_by_dismissal", "end_suspension", "override")
"""Steps of rare days: shown on the day they are possible."""


def _doings(row: Pair, offers: list[Offer]) -> dict[str, Any]:
    """`moves`: what the reader may do at once, shown as their turn; `others` and `links`: what else is
    possible with the pair.
    """
    plain = _plain(offers)
    at_once = [
        offer
        for offer in plain
        if offer.ready and not offer.transition.needs_comment and not offer.transition.quiet
    ]
    return {
        "moves": at_once,
        "others": [offer for offer in plain if offer not in at_once],
        "links": _links(row, offers),
    }


def _plain(offers: list[Offer]) -> list[Offer]:
    """Steps that need no page of their own."""
    return [
        offer
        for offer in offers
        if not offer.transition.page and (offer.ready or offer.transition.verb not in RARE)
    ]


def _links(row: Pair, offers: list[Offer]) -> list[tuple[str, str, bool]]:
    """(label, url, quiet) of steps with a page."""
    found = {offer.transition.page: offer.transition for offer in reversed(offers) if offer.transition.page}
    return [
        (t.label, reverse(f"mentoring:pair_{name}", args=[row.uuid]), t.quiet) for name, t in found.items()
    ]


@require_safe
def journal(request: PortalRequest, pk: UUID) -> HttpResponse:
    by = request.actor
    row = pair_for(by, pk)
    return page(
        request,
        "cabinet/journal.html",
        pair=row,
        journal=about.journal_of(row, about.all_belonging_to(row), 300),
        crumbs=[("Пары", reverse("mentoring:pairs")), (row.title, reverse("cabinet:pair", args=[pk]))],
    )
