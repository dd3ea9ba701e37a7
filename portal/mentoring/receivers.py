"""News from below: orders were registered or given up. A T-08 makes its pair active, wherever it was
registered.
"""

from typing import Any

from portal.core.actor import Actor
from portal.core.errors import Conflict
from portal.mentoring.models import Pair
from portal.mentoring.states import ClosingReason, PairState
from portal.mentoring.workflow import PAIR


def activate_pair(*, order: Any, by: Actor, **_: Any) -> None:
    """Receiver of `local_acts.events.order_registered`. Guards of SM-3 may refuse: then nothing is registered
    at all.
    """
    if order.code != "T-08":
        return
    pair = Pair.objects.filter(uuid=order.subject, state=PairState.ORDER_DRAFT).first()
    if pair is None:
        return
    PAIR.move(pair, "activate", by=by)
    before = pair.predecessor
    if before is not None and before.state == PairState.REPLACING:
        PAIR.move(
            before,
            "hand_on",
            by=Actor.system(school=by.school, via="workflow"),
            closing_reason=ClosingReason.REPLACED,
        )


def take_back_pair(*, order: Any, by: Actor, **_: Any) -> None:
    """Receiver of `local_acts.events.order_taken_back`: the pair waits for its order again. Guards of SM-3
    may refuse: then nothing is taken back.
    """
    pair = (
        Pair.objects.filter(uuid=order.subject, state=PairState.ACTIVE).first()
        if order.code == "T-08"
        else None
    )
    if pair is not None:
        PAIR.move(pair, "take_back", by=Actor.system(school=by.school, via="workflow"))


def keep_order_with_pair(*, order: Any, by: Actor, **_: Any) -> None:
    """Receiver of `local_acts.events.order_cancelled`: a draft of T-08 lives as long as its pair is waiting
    for it.
    """
    waits = (
        order.code == "T-08" and Pair.objects.filter(uuid=order.subject, state=PairState.ORDER_DRAFT).exists()
    )
    if waits and not by.is_system:
        raise Conflict(
            "order_of_pair",
            "Этот приказ ждёт пара. Чтобы не издавать его, отзовите предложение на странице пары.",
        )
