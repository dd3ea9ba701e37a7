"""Orders of practices that are like are gathered into one call: the city looks for the practice until a day,
and a practice that answers the call answers the orders.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from best_practices.access import can_announce_call
from best_practices.letters import ORDER_CALLED, OrderCalled
from best_practices.models import PracticeCall, PracticeOrder
from best_practices.models.calls import LONGEST_CALL, LONGEST_WORDS
from best_practices.order_answers import refuse_long
from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import lock, one_at_a_time
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.exchange import send

NOT_YOURS = "Поиск практики объявляет методист."
LONGEST_SEARCH = dt.timedelta(days=366)


@transaction.atomic
def announce_call(
    orders: Sequence[UUID], *, text: str, words: str = "", due_on: dt.date, by: Actor
) -> PracticeCall:
    """Look for what these orders want, and all orders that are alike with one of them. Their schools hear of
    it, every school sees the call. Raises Forbidden, Invalid at `orders`, `text`, `words`, `due_on`.
    """
    if not can_announce_call(by):
        raise Forbidden(NOT_YOURS)
    one_at_a_time("best_practices.orders")
    said = _said(text, words, due_on)
    rows = _gathered(orders)
    if not rows:
        raise Invalid("orders", "Выберите хотя бы один заказ, который ждёт ответа.", "orders")
    call = PracticeCall.objects.create(**said, announced_on=clock.today(), created_by=by.user)
    audit.record(by, "call_announced", call, changes={"orders": len(rows)})
    for row in rows:
        row.call = call
        row.save_change("call")
        letter = OrderCalled(text=row.text, call=call.uuid, due_on=call.due_on)
        send(ORDER_CALLED, letter, topic=row.uuid, by=by, school=row.school.uuid)
    return call


def _gathered(orders: Sequence[UUID]) -> list[PracticeOrder]:
    """The chosen ones and whatever is alike, that wait and are in no call yet."""
    waiting = PracticeOrder.objects.filter(answered_on=None, call=None)
    keys = waiting.filter(uuid__in=list(orders)).values("key")
    return list(waiting.filter(key__in=keys).select_related("school").order_by("ordered_on", "pk"))


@transaction.atomic
def change_call(
    call: PracticeCall, *, text: str, words: str = "", due_on: dt.date, by: Actor, version: int | None = None
) -> PracticeCall:
    """Say it otherwise, or look longer. Raises Forbidden, Conflict (closed), Stale, Invalid."""
    if not can_announce_call(by):
        raise Forbidden(NOT_YOURS)
    locked: PracticeCall = lock(PracticeCall, call.pk)
    if locked.closed_on is not None:
        raise Conflict("closed", "Этот поиск закрыт: школам ответили.")
    locked.check_version(version)
    changed = {
        name: value for name, value in _said(text, words, due_on).items() if getattr(locked, name) != value
    }
    for name, value in changed.items():
        setattr(locked, name, value)
    if changed:
        locked.save_change(*changed)
        audit.record(by, "call_changed", locked, changes={"fields": sorted(changed)})
    return locked


def _said(text: str, words: str, due_on: dt.date) -> dict[str, Any]:
    """Raises Invalid at the field."""
    text, words, today = " ".join(text.split()), words.strip(), clock.today()
    if not text:
        raise Invalid("empty", "Напишите, какую практику ищет город.", "text")
    refuse_long(text, LONGEST_CALL, "text")
    refuse_long(words, LONGEST_WORDS, "words")
    if not today < due_on <= today + LONGEST_SEARCH:
        raise Invalid("day", "Назовите день после сегодняшнего, не позже чем через год.", "due_on")
    return {"text": text, "words": words, "due_on": due_on}
