"""Orders of practices: in the city what schools want and nobody has answered, gathered by like words; in a
school what it has ordered and what was answered.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from best_practices.letters import ORDER_ANSWERED, ORDER_CALLED, PRACTICE_ORDERED, OrderAnswered
from best_practices.models import BankPractice, Practice, PracticeCall, PracticeOrder
from best_practices.waiting import WAITERS
from portal.core import clock
from portal.core.actor import Actor
from portal.core.current_contour import record_model
from portal.core.reading import personal_columns

SHOWN = 50


@dataclass(frozen=True)
class Wanted:
    """One wish of several schools, in the words of the first, or of the call that gathers them."""

    text: str
    schools: list[str]
    first: PracticeOrder
    last: PracticeOrder

    @property
    def call(self) -> PracticeCall | None:
        return self.first.call


def like(order: PracticeOrder) -> list[PracticeOrder]:
    """Orders that wait together with this one, the earliest first: those of its call, else of the same words.
    Of an answered one itself.
    """
    if order.answered_on is not None:
        return [order]
    same = {"call": order.call_id} if order.call_id else {"key": order.key, "call": None}
    rows = PracticeOrder.objects.filter(answered_on=None, **same).select_related("school")
    return list(rows.order_by("ordered_on", "pk"))


def wanted() -> list[Wanted]:
    """What most schools want first."""
    found: dict[int | str, list[PracticeOrder]] = defaultdict(list)
    rows = PracticeOrder.objects.filter(answered_on=None).select_related("school", "call")
    for row in rows.order_by("ordered_on", "pk"):
        found[row.call_id or row.key].append(row)
    groups = [_gathered(rows) for rows in found.values()]
    return sorted(groups, key=lambda one: (-len(one.schools), one.text))


def _gathered(rows: list[PracticeOrder]) -> Wanted:
    """A school stands once, however many of its orders a call has gathered."""
    text = rows[0].call.text if rows[0].call else rows[0].text
    return Wanted(text, list(dict.fromkeys(row.school.short_name for row in rows)), rows[0], rows[-1])


def answered() -> list[tuple[PracticeOrder, BankPractice | None]]:
    """The latest answers, each with the practice that has appeared, while it stands in the bank."""
    rows = PracticeOrder.objects.exclude(answered_on=None).select_related("school")
    latest = list(rows.order_by("-answered_on", "-pk")[:SHOWN])
    cards = BankPractice.objects.filter(uuid__in=[one.card for one in latest if one.card])
    standing = {card.uuid: card for card in cards}
    return [(one, standing.get(one.card) if one.card else None) for one in latest]


def ordered_by(call: PracticeCall) -> list[PracticeOrder]:
    """The orders that a call has gathered, the earliest first."""
    return list(call.orders.select_related("school").order_by("ordered_on", "pk"))


def named_by(call: PracticeCall) -> list[Practice]:
    """Practices that answer it, as schools have handed them over; who wrote them is not read."""
    rows = call.practices.select_related("school").defer(*personal_columns(Practice))
    return list(rows.order_by("created_at", "pk"))


@dataclass(frozen=True)
class Ordered:
    """What this school has ordered: an order without an answer waits. `card`: the practice that has appeared,
    while it stands in the bank. `called_until`: the city looks for it till that day. `is_mine`: the reader
    hears of the answer.
    """

    uuid: UUID
    text: str
    ordered_on: dt.date
    answered_on: dt.date | None = None
    answer: str = ""
    card: UUID | None = None
    title: str = ""
    called_until: dt.date | None = None
    is_mine: bool = False


def orders_of_school(only: UUID | None = None, *, by: Actor | None = None) -> list[Ordered]:
    """The latest orders of this school, or one of them, with the city's answers: its boxes know them for a
    year. `by`: who reads.
    """
    sent = record_model("Outbox").objects.filter(kind=PRACTICE_ORDERED.code)
    rows = list((sent.filter(topic=only) if only else sent).order_by("-pk")[:SHOWN])
    said = record_model("Inbox").objects.filter(
        kind=ORDER_ANSWERED.code, topic__in=[row.topic for row in rows], applied_at__isnull=False
    )
    answers = {row.topic: row for row in said.order_by("pk")}
    found = _without_withdrawn([_with_answer(row, answers.get(row.topic)) for row in rows])
    waited = WAITERS().waited_by(by) if by is not None else frozenset()
    days = _looked_for([one.uuid for one in found if one.answered_on is None])
    return [
        replace(one, called_until=days.get(one.uuid), is_mine=one.answered_on is None and one.uuid in waited)
        for one in found
    ]


def _looked_for(orders: list[UUID]) -> dict[UUID, dt.date]:
    """Till which day the city looks for what was ordered; only while it does."""
    told = record_model("Inbox").objects.filter(
        kind=ORDER_CALLED.code, topic__in=orders, applied_at__isnull=False
    )
    calls = {row.topic: UUID(row.payload["call"]) for row in told.order_by("pk")}
    days = dict(PracticeCall.objects.open().filter(uuid__in=calls.values()).values_list("uuid", "due_on"))
    return {topic: days[call] for topic, call in calls.items() if call in days}


def _without_withdrawn(found: list[Ordered]) -> list[Ordered]:
    cards = BankPractice.objects.filter(uuid__in=[one.card for one in found if one.card])
    standing = set(cards.values_list("uuid", flat=True))
    return [one if one.card in standing else replace(one, card=None) for one in found]


def _with_answer(row: Any, letter: Any) -> Ordered:
    known = Ordered(row.topic, row.payload["text"], _day(row.created_at))
    if letter is None or letter.written_at < row.created_at:
        return known
    said = OrderAnswered.model_validate(letter.payload)
    day = _day(letter.written_at)
    return replace(known, answered_on=day, answer=said.words, card=said.card, title=said.title)


def _day(moment: dt.datetime) -> dt.date:
    return clock.local(moment).date()
