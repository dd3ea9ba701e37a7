"""The own papers of a person: what was signed and names the person, as a circumstance, whatever offices there
are or were (docs/adr/0044).
"""

from dataclasses import replace
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.accounts.offices import Office
from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.papers.kinds import KINDS
from portal.school_records.models import FrozenPaper
from portal.staff.models import Person


def own_papers(by: Actor) -> QuerySet[FrozenPaper]:
    """Papers that hold and are the reader's own, the newest first. Call it for whoever serves here, or has
    left lately. One query, whatever kinds there are.
    """
    later = FrozenPaper.objects.filter(
        code=OuterRef("code"), subject=OuterRef("subject"), edition__gt=OuterRef("edition")
    )
    holding = FrozenPaper.objects.filter(~Exists(later), is_void=False, people__overlap=_cards_of(by))
    found = holding.filter(_read_by_circumstance(by)).select_related("word", "pdf__file")
    return found.order_by("-created_at", "-pk")


def own_paper_for(by: Actor, pk: UUID) -> FrozenPaper:
    """Raises NotVisible for what is not the reader's own, or holds no longer."""
    paper = own_papers(by).filter(uuid=pk).first()
    if paper is None:
        raise NotVisible
    return paper


def _cards_of(by: Actor) -> list[UUID]:
    """The numbers under which papers name the person: of the card, and of those that lie under it."""
    rows: QuerySet[Person] = Person._base_manager.filter(Q(user=by.user) | Q(merged_into__user=by.user))
    return list(rows.values_list("uuid", flat=True)) if by.user else []


def _read_by_circumstance(by: Actor) -> Q:
    """What the doors of the papers would let somebody read who has no right but to take part: a guest's."""
    bare = replace(by, offices=frozenset({Office.GUEST.value}), permissions=frozenset())
    read = Q(pk__in=[])
    for kind in KINDS.values():
        if kind.rows is not None:
            read |= Q(code=kind.code, subject__in=kind.rows(bare).order_by().values("uuid"))
    return read
