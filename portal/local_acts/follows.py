"""What is done after a step was told: the act whose day has come goes on at once."""

from typing import Any

from portal.core import clock
from portal.core.workflow import Move, On
from portal.local_acts.models import LocalAct
from portal.local_acts.workflow import ACT


def enact_at_once(act: LocalAct, move: Move[Any]) -> None:
    """The night puts in force those whose day comes later."""
    if act.in_force_from and act.in_force_from <= clock.today():
        ACT.move(act, "enact", by=move.by)


FOLLOWS = (
    On(ACT, "register", enact_at_once, why="Положение, чей день наступил, начинает действовать сразу."),
)
