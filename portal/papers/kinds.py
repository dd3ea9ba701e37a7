"""Every kind of paper that is signed or registered: one table, filled by the rooms whose papers they are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from portal.core.actor import Actor
from portal.core.wiring import Table
from portal.documents.forms import Form

Door = Callable[[Actor, UUID], Any]
Rows = Callable[[Actor], QuerySet[Any]]


def _always(obj: Any) -> bool:
    return True


def _whoever_sees_it(by: Actor, obj: Any) -> bool:
    return True


def _not_said(obj: Any) -> str:
    return ""


@dataclass(frozen=True)
class PaperKind:
    """One kind. `door` is the one rule of who may read it, whichever address leads to it; it raises
    NotVisible. `readable` says the same of an object that is before the reader already.

    `rows` says it of many at once: the objects whose paper the reader may read; without it no such paper is
    anybody's own (`portal.staff.selectors.own_papers`).

    `signed_by` names the steps of its workflow that make it final: with them it is frozen. `taken_back_by`
    makes it a draft again. `draft` is what a paper that is not signed yet says of itself; `name` is its
    file's name, without the ending.

    A paper of a pair comes by itself to the pair's page, its folder and its address (`mentoring:pair_paper`):
    while `applies` is true, with `signed` (its number and day in words, empty while it is a draft) and
    `scan`, the column that keeps the signed sheet.
    """

    code: str
    title: str
    workflow: str
    signed_by: tuple[str, ...]
    door: Door
    form: Callable[[Any, Actor], Form]
    name: Callable[[Any], str]
    draft: str
    taken_back_by: tuple[str, ...] = ()
    applies: Callable[[Any], bool] = field(default=_always)
    readable: Callable[[Actor, Any], bool] = field(default=_whoever_sees_it)
    signed: Callable[[Any], str] = field(default=_not_said)
    scan: str = ""
    rows: Rows | None = None

    def has_scan(self, obj: Any) -> bool:
        return bool(self.scan) and getattr(obj, f"{self.scan}_id") is not None

    def scan_of(self, obj: Any) -> Any | None:
        """The file of the signed sheet."""
        return getattr(obj, self.scan) if self.has_scan(obj) else None


KINDS: Table[PaperKind] = Table(lambda kind: kind.code)


def kinds_of(workflow: str, obj: Any) -> list[PaperKind]:
    """The papers of this very object."""
    return [kind for kind in KINDS.values() if kind.workflow == workflow and kind.applies(obj)]


def kinds_for(by: Actor, workflow: str, obj: Any) -> list[PaperKind]:
    """Those of them that the actor, who sees the object, may read."""
    return [kind for kind in kinds_of(workflow, obj) if kind.readable(by, obj)]
