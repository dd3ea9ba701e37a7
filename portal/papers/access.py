"""The door of a frozen paper is the door of its kind: one rule, whichever address leads to it."""

from typing import Any
from uuid import UUID

from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.core.errors import NotVisible
from portal.papers.kinds import KINDS


def paper_for(by: Actor, pk: UUID) -> Any:
    """A paper as it was signed, for whoever may read it. Raises NotVisible; the reading is noted by the
    kind's door.
    """
    rows = record_model("FrozenPaper").objects.select_related("word", "pdf__file")
    paper = rows.filter(uuid=pk, is_void=False).first()
    kind = KINDS.get(paper.code) if paper else None
    if paper is None or kind is None:
        raise NotVisible
    kind.door(by, paper.subject)
    return paper
