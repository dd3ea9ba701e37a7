"""Papers of what a pair does."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from portal.accounts.request import PortalRequest
from portal.core.errors import Forbidden
from portal.mentoring.access import pair_for
from portal.pair_work.access import programme_for
from portal.pair_work.access.meetings import can_read_meetings
from portal.pair_work.exports.journal import journal_title, meetings_of
from portal.pair_work.exports.tables import meetings_table
from portal.papers import freezing as papers


@require_safe
def programme_paper(request: PortalRequest, pk: UUID) -> HttpResponseBase:
    by = request.actor
    return papers.answer(papers.KINDS["T-11"], programme_for(by, pk), by)


@require_safe
def meeting_journal(request: PortalRequest, pk: UUID) -> HttpResponse:
    """T-12 of one pair."""
    by = request.actor
    row = pair_for(by, pk)
    if not can_read_meetings(by, row):
        raise Forbidden("Журнал встреч видят сама пара и куратор.")
    return meetings_table(meetings_of(row), journal_title(row))
