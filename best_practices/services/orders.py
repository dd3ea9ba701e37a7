"""A practice that the bank does not have is ordered: a named act of a person of a school, which the city
sees as a wish of that school, and answers.
"""

from uuid import UUID, uuid5

from django.db import transaction

from best_practices.access import can_answer_order, can_order_practice
from best_practices.letters import (
    PRACTICE_ORDERED,
    OrderAnswered,
    OrderCalled,
    OrderedPractice,
)
from best_practices.models import BankPractice, PracticeOrder
from best_practices.order_answers import answer_row, close_call, refuse_long
from best_practices.orders import like
from best_practices.waiting import WAITERS
from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.core.entity import lock, one_at_a_time
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.text import quoted
from portal.exchange import send
from portal.notify import tell
from portal.search.synonyms import lemmas_of
from tenants.addresses import school_url
from tenants.context import school_here
from tenants.models import School

LONGEST_ORDER, LONGEST_ANSWER = 200, 300


def _key_of(text: str) -> str:
    """What makes two orders alike: the words that mean something, in any form and order."""
    return " ".join(sorted(set(lemmas_of(text))))[:LONGEST_ORDER]


@transaction.atomic
def order_practice(text: str, *, by: Actor) -> tuple[UUID, bool]:
    """Tell the city that this school looks for such a practice; whoever asks hears of the answer. Returns the
    order's uuid, and False when the school has told it already. Raises Forbidden, Invalid at `text`.
    """
    if by.school is None or not can_order_practice(by):
        raise Forbidden("Заказывают практику педагоги школ города.")
    text, key = " ".join(text.split()), _key_of(text)
    if not key:
        raise Invalid("empty", "Напишите, что вы искали: тему, предмет или трудность.", "text")
    refuse_long(text, LONGEST_ORDER, "text")
    one_at_a_time("best_practices.orders")
    topic = uuid5(by.school, key)
    WAITERS().add(topic, by)
    if record_model("Outbox").objects.filter(kind=PRACTICE_ORDERED.code, topic=topic).exists():
        return topic, False
    send(PRACTICE_ORDERED, OrderedPractice(text=text), topic=topic, by=by, title=f"Заказ практики: {text}")
    return topic, True


@transaction.atomic
def keep_order(letter: OrderedPractice, topic: UUID, school: School) -> None:
    """The wish of a school joins those of others; the same one once, and once more when it was answered (the
    school has forgotten it by then). Who has pressed is not kept.
    """
    row, made = PracticeOrder.objects.get_or_create(
        uuid=topic,
        defaults={
            "school": school,
            "text": letter.text,
            "key": _key_of(letter.text),
            "ordered_on": clock.today(),
        },
    )
    if row.answered_on is not None:
        row.ordered_on, row.answered_on, row.answer, row.card = clock.today(), None, "", None
        row.call = None
        row.save_change("ordered_on", "answered_on", "answer", "card", "call")
        made = True
    if made:
        audit.record(Actor.system(via="post"), "practice_ordered", row)


@transaction.atomic
def answer_order(
    order: PracticeOrder, *, words: str, code: str = "", by: Actor, version: int | None = None
) -> int:
    """Tell every school that waits for the same what has become of it: the practice of this number of the
    bank, or words alone (it will not be). Returns how many schools hear. Raises Forbidden, Conflict
    (answered), Stale, Invalid at `code` and `words`.
    """
    if not can_answer_order(by, order):
        raise Forbidden("На заказы школ отвечает методист.")
    one_at_a_time("best_practices.orders")
    locked: PracticeOrder = lock(PracticeOrder, order.pk)
    if locked.answered_on is not None:
        raise Conflict("answered", "На этот заказ уже ответили: школы знают.")
    locked.check_version(version)
    card = _card_of(code)
    words, rows = _said(words, card), like(locked)
    for row in rows:
        answer_row(row, words, card, by)
    if locked.call is not None:
        close_call(locked.call)
    return len(rows)


def _said(words: str, card: BankPractice | None) -> str:
    """Raises Invalid at `words`."""
    said = " ".join(words.split())
    if not said and card is None:
        raise Invalid("empty", "Назовите практику или напишите, почему её не будет.", "words")
    refuse_long(said, LONGEST_ANSWER, "words")
    return said


def _card_of(code: str) -> BankPractice | None:
    """The practice of this number. Raises Invalid at `code`."""
    number = "".join(code.split()).upper()
    card = BankPractice.objects.filter(code=number).first() if number else None
    if number and card is None:
        raise Invalid(
            "no_practice",
            "В банке нет практики с таким номером. Он стоит на её странице: ЛП-2026-0001.",
            "code",
        )
    return card


def hear_answer(letter: OrderAnswered, topic: UUID) -> None:
    """In the school that has ordered: everybody who waits for it is told, once. What was ordered so long ago
    that nobody knows it any more is told to nobody.
    """
    if not _is_known(topic):
        return
    code = school_here().code
    if letter.card is not None:
        text = f"В банке есть практика, которую вы заказали: {quoted(letter.title)}"
        url = school_url(code, "bank:practice", letter.card)
    else:
        text = f"Ответ на заказ {quoted(letter.text)}: {letter.words}"
        url = school_url(code, "practice_orders:new")
    tell(WAITERS().of_order(topic), "order_answered", text, url)
    WAITERS().forget(topic)


def hear_called(letter: OrderCalled, topic: UUID) -> None:
    """The same, when the city has announced a search for it."""
    if _is_known(topic):
        text = f"По заказу {quoted(letter.text)} город объявил поиск до {letter.due_on:%d.%m.%Y}"
        url = school_url(school_here().code, "practice_orders:new")
        tell(WAITERS().of_order(topic), "order_called", text, url)


def _is_known(topic: UUID) -> bool:
    return bool(record_model("Outbox").objects.filter(kind=PRACTICE_ORDERED.code, topic=topic).exists())


def stop_waiting(order: UUID, *, by: Actor) -> None:
    """One press: the person hears no more of this order; the order stays."""
    if by.school is None or not can_order_practice(by):
        raise Forbidden("Заказывают практику педагоги школ города.")
    WAITERS().leave(order, by)
