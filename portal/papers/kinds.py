"""Every kind of paper that is signed or registered: one table, filled by the rooms whose papers they are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from portal.core.actor import Actor
from portal.core.wiring import Table
from portal.documents.forms import Form

Door = Callable[[Actor, UUID], Any]


def _always(obj: Any) -> bool:
    return True


@dataclass(frozen=True)
class PaperKind:
    """One kind. `door` is the one rule of who may read it, whichever address leads to it; it raises
    NotVisible.

    `signed_by` names the steps of its workflow that make it final: with them it is frozen. `taken_back_by`
    makes it a draft again. `draft` is what a paper that is not signed yet says of itself; `name` is its
    file's name, without the ending.
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


KINDS: Table[PaperKind] = Table(lambda kind: kind.code)


def kinds_of(workflow: str, obj: Any) -> list[PaperKind]:
    """The papers of this very object."""
    return [kind for kind in KINDS.values() if kind.workflow == workflow and kind.applies(obj)]
