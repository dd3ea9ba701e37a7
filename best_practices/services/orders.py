"""A practice that the bank does not have is ordered: a named act of a person of a school, which the city
sees as a wish of that school.
"""

from uuid import UUID, uuid5

from django.db import transaction

from best_practices.access import can_order_practice
from best_practices.letters import PRACTICE_ORDERED, OrderedPractice
from best_practices.models import PracticeOrder
from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.core.entity import one_at_a_time
from portal.core.errors import Forbidden, Invalid
from portal.exchange import send
from portal.search.synonyms import lemmas_of
from tenants.models import School

LONGEST_ORDER = 200


def _key_of(text: str) -> str:
    """What makes two orders alike: the words that mean something, in any form and order."""
    return " ".join(sorted(set(lemmas_of(text))))[:LONGEST_ORDER]


@transaction.atomic
def order_practice(text: str, *, by: Actor) -> bool:
    """Tell the city that this school looks for such a practice. False when the school has told it already.
    Raises Forbidden, Invalid at `text`.
    """
    if by.school is None or not can_order_practice(by):
        raise Forbidden("Заказывают практику педагоги школ города.")
    text, key = " ".join(text.split()), _key_of(text)
    if not key:
        raise Invalid("empty", "Напишите, что вы искали: тему, предмет или трудность.", "text")
    if len(text) > LONGEST_ORDER:
        raise Invalid("long", f"Сократите до {LONGEST_ORDER} знаков: сейчас {len(text)}.", "text")
    one_at_a_time("best_practices.orders")
    topic = uuid5(by.school, key)
    if record_model("Outbox").objects.filter(kind=PRACTICE_ORDERED.code, topic=topic).exists():
        return False
    send(PRACTICE_ORDERED, OrderedPractice(text=text), topic=topic, by=by, title=f"Заказ практики: {text}")
    return True


@transaction.atomic
def keep_order(letter: OrderedPractice, topic: UUID, school: School) -> None:
    """The wish of a school joins those of others; the same one once. Who has pressed is not kept."""
    row, made = PracticeOrder.objects.get_or_create(
        uuid=topic,
        defaults={
            "school": school,
            "text": letter.text,
            "key": _key_of(letter.text),
            "ordered_on": clock.today(),
        },
    )
    if made:
        audit.record(Actor.system(via="post"), "practice_ordered", row)
