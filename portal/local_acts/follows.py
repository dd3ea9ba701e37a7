"""What is done after a step was told: the act whose day has come goes on at once; rooms above that are not
turned yet hear of orders by signals.
"""

from typing import Any

from portal.core import clock
from portal.core.workflow import Move, On
from portal.local_acts import events
from portal.local_acts.models import LocalAct, Order
from portal.local_acts.workflow import ACT, ORDER


def enact_at_once(act: LocalAct, move: Move[Any]) -> None:
    """The night puts in force those whose day comes later."""
    if act.in_force_from and act.in_force_from <= clock.today():
        ACT.move(act, "enact", by=move.by)


def _announce_registered(order: Order, move: Move[Any]) -> None:
    events.order_registered.send(sender=Order, order=order, by=move.by)


def _announce_taken_back(order: Order, move: Move[Any]) -> None:
    events.order_taken_back.send(sender=Order, order=order, by=move.by)


def _announce_cancelled(order: Order, move: Move[Any]) -> None:
    events.order_cancelled.send(sender=Order, order=order, by=move.by)


FOLLOWS = (
    On(ACT, "register", enact_at_once, why="Положение, чей день наступил, начинает действовать сразу."),
    On(ORDER, "register", _announce_registered, why="Об этом узнают комнаты выше."),
    On(ORDER, "take_back", _announce_taken_back, why="Об этом узнают комнаты выше."),
    On(ORDER, "cancel", _announce_cancelled, why="Об этом узнают комнаты выше."),
)
