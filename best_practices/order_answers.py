"""What an answer to an order does to its rows, whoever or whatever gives it: the methodist, or a practice
that is published.
"""

from best_practices.letters import ORDER_ANSWERED, OrderAnswered
from best_practices.models import BankPractice, PracticeCall, PracticeOrder
from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock
from portal.core.errors import Invalid
from portal.exchange import send


def answer_row(row: PracticeOrder, words: str, card: BankPractice | None, by: Actor) -> None:
    """One order is answered, and its school hears."""
    row.answered_on, row.answer = clock.today(), words
    row.card = card.uuid if card is not None else None
    row.save_change("answered_on", "answer", "card")
    audit.record(by, "order_answered", row, comment=words)
    said = OrderAnswered(
        text=row.text, words=words, card=row.card, title=card.title if card is not None else ""
    )
    send(ORDER_ANSWERED, said, topic=row.uuid, by=by, school=row.school.uuid)


def close_call(call: PracticeCall) -> None:
    """Nobody waits for what it looks for any more."""
    locked: PracticeCall = lock(PracticeCall, call.pk)
    if locked.closed_on is None:
        locked.closed_on = clock.today()
        locked.save_change("closed_on")


def refuse_long(text: str, longest: int, field: str) -> None:
    """Raises Invalid at the field."""
    if len(text) > longest:
        raise Invalid("long", f"Сократите до {longest} знаков: сейчас {len(text)}.", field)
