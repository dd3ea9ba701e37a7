"""What follows for a call of the city when a practice that has named it is published."""

from typing import Any

from best_practices.models import BankPractice, Practice, PracticeOrder
from best_practices.order_answers import answer_row, close_call
from best_practices.workflow import PRACTICE
from portal.core.entity import one_at_a_time
from portal.core.workflow import Move, On


def answer_the_call(practice: Practice, move: Move[Any]) -> None:
    """Whoever has ordered it hears so, once, and the call is closed. Another practice of the same call finds
    nobody who waits.
    """
    card = BankPractice.objects.filter(practice=practice.practice).first()
    if practice.call is None or card is None:
        return
    one_at_a_time("best_practices.orders")
    waiting = PracticeOrder.objects.filter(call=practice.call, answered_on=None).select_related("school")
    for row in waiting.order_by("ordered_on", "pk"):
        answer_row(row, "", card, move.by)
    close_call(practice.call)


FOLLOWS = (
    On(
        PRACTICE,
        "publish",
        answer_the_call,
        why="Тем, кто заказал практику, сообщают, что она появилась, и поиск закрывается.",
    ),
)
