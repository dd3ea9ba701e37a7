"""Whoever the row of a transition names is told, in the transaction of the step."""

from typing import Any

from portal.core.workflow import Move, Transition, Workflow
from portal.notify.notices import tell


def tell_of_transition(
    *, workflow: Workflow[Any], transition: Transition[Any, Any], obj: Any, move: Move[Any], **_: Any
) -> None:
    """Receiver of `transitioned`: whom the row names, but never whoever has made the step."""
    for row in transition.told if isinstance(transition.told, tuple) else ():
        code = row.kind or f"{workflow.name}:{transition.verb}"
        people = [user for user in dict.fromkeys(row.people(obj)) if user and user != move.by.user]
        if row.url_of is None:
            tell(people, code, row.text(obj), row.url(obj), about=obj)
            continue
        for user in people:
            tell([user], code, row.text(obj), row.url_of(obj, user), about=obj)
