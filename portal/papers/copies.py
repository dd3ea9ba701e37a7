"""Papers to take along in one folder: as they were signed, with their PDF where it is made, or the drafts of
today.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.files.folders import Item
from portal.papers.kinds import PaperKind

FORMER = "Прежние редакции"


def copies(papers: Iterable[tuple[PaperKind, Any]], by: Actor) -> Iterator[Item]:
    """Files of the papers, each of which the actor may read: one query for whatever was ever signed of them.
    A draft is made when it is put in.
    """
    asked = list(papers)
    editions = _editions(asked)
    for kind, obj in asked:
        signed = editions.get((kind.code, obj.uuid), [])
        holds = signed[-1] if signed and not signed[-1].is_void else None
        if holds is not None:
            yield from _signed(holds)
        else:
            yield Item(f"{kind.name(obj)}, проект", partial(_drafted, kind, obj, by), "docx")
        for former in signed:
            if former is not holds and not former.is_void:
                yield from _signed(former, f", редакция документа {former.edition}", FORMER)


def _editions(papers: list[tuple[PaperKind, Any]]) -> dict[tuple[str, Any], list[Any]]:
    rows = record_model("FrozenPaper").objects.filter(
        subject__in=[obj.uuid for _, obj in papers], code__in={kind.code for kind, _ in papers}
    )
    found: dict[tuple[str, Any], list[Any]] = {}
    for row in rows.select_related("word", "pdf__file").defer("text", "facts").order_by("edition"):
        found.setdefault((row.code, row.subject), []).append(row)
    return found


def _signed(paper: Any, mark: str = "", inside: str = "") -> Iterator[Item]:
    yield Item(f"{paper.title}{mark}", paper.word, "docx", inside)
    pdf = getattr(paper, "pdf", None)
    if pdf is not None and pdf.file is not None:
        yield Item(f"{paper.title}{mark}", pdf.file, "pdf", inside)


def _drafted(kind: PaperKind, obj: Any, by: Actor) -> bytes:
    return kind.form(obj, by).docx(draft=kind.draft)
