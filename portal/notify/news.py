"""Who is told what, when states change: a table of each room, read by its receiver of `transitioned`."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from portal.core.actor import Actor
from portal.notify.notices import tell

People = Iterable[UUID | None]
Line = tuple[Callable[[Any], People], Callable[[Any], str], Callable[[Any], str]]
Table = Mapping[tuple[str, str], Line]
"""(workflow, verb) → whom, in which words, and the page where it can be seen."""


def tell_by(table: Table, *, workflow: Any, transition: Any, obj: Any, by: Actor) -> None:
    """Those of the table, but never the actor."""
    line = table.get((workflow.name, transition.verb))
    if line is None:
        return
    people, text, url = line
    tell(
        [user for user in dict.fromkeys(people(obj)) if user != by.user],
        f"{workflow.name}:{transition.verb}",
        text(obj),
        url(obj),
        about=obj,
    )
